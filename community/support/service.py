"""What other rooms and pages ask of support. Help is always there: the catalogue is a file in memory, over which the
checks that staff made are laid when the database can be reached."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from community.extensions import db
from community.shared.errors import UserError
from community.support.catalogue import Service, by_id, hidden_from, load, load_all, needs_check, shown
from community.support.checks import forget as forget_checks
from community.support.checks import known, overlay
from community.support.harm import HelpBox, Line, help_for, least_age, line_of
from community.support.help_pages import ONCE_AT, PAGES, HelpPage, on_page
from community.support.matching import Match, Person, match, shortlist
from community.support.models import SupportCheck
from community.support.wording import ErrorLine, error_lines

__all__ = [
    "ErrorLine",
    "Match",
    "NoSuchService",
    "NoSuchTopic",
    "NotConfirmed",
    "Person",
    "Standing",
    "confirm",
    "directory",
    "error_lines",
    "for_everyone",
    "for_under_13s",
    "forget_checks",
    "help_box",
    "match_needs",
    "overdue",
    "page",
    "services_for",
    "shortlist",
    "soon_hidden",
    "standings",
    "text_lines",
]

GROWN_FROM = 18
LONGEST_SIGNATURE = 120
SOON: Final = timedelta(days=30)
"""How long before a service is hidden staff are told that it will be."""


class NoSuchService(UserError):
    """There is no service of that id."""


class NotConfirmed(UserError):
    """This check cannot be taken. Says why."""


@dataclass(frozen=True)
class Standing:
    """How a service stands with the public. status: "public"; "held back" until a person confirms it; "hidden" because
    nobody checked it for 180 days. is_due: staff should check it now."""

    service: Service
    status: str
    is_due: bool
    days_unchecked: int


class NoSuchTopic(LookupError):
    """There is no help page of that number, and there was none of that name."""


def page(number: str) -> HelpPage:
    """The help page of this number, or the one that stood at this address when addresses were words. Raises
    NoSuchTopic."""
    found = PAGES.get(number) or ONCE_AT.get(number)
    if found is None:
        raise NoSuchTopic(number)
    return found


def services_for(help_page: HelpPage, *, today: date) -> tuple[Service, ...]:
    """Who stands on a help page on this London day, in its order. Those not checked for 180 days are left out, unless
    they are of the national core; a line open day and night is always among them."""
    return on_page(help_page, directory(today=today))


def directory(*, today: date) -> tuple[Service, ...]:
    """Every service that the public may see on this London day, in the catalogue's order."""
    return tuple(service for service in _all() if shown(service, today))


def help_box(topics: Iterable[str], age_band: str | None, *, today: date) -> HelpBox:
    """The help for these topics on this day; see `harm.help_for`."""
    return help_for(topics, age_band, services=directory(today=today))


def match_needs(needs: Sequence[str], person: Person, *, now: datetime) -> tuple[Match, ...]:
    """Who is named for these needs, to this person, at this moment (aware, in London); see `matching.match`."""
    return match(needs, person, now, directory(today=now.date()))


def for_everyone() -> tuple[Line, ...]:
    """Who listens to anyone about anything, for the end of a survey and the like. All are of the national core."""
    return _lines("samaritans", "childline", "nat_da_helpline", "victim_support")


def for_under_13s() -> tuple[Line, ...]:
    """Who listens to a child."""
    return _lines("childline")


def text_lines(age_band: str | None = None) -> tuple[Line, ...]:
    """The one line that stands above a free-text box, so that its notice stays within 40 words."""
    age = least_age(age_band)
    return _lines("samaritans" if age is not None and age >= GROWN_FROM else "childline")


def standings(*, today: date) -> tuple[Standing, ...]:
    """Every entry of the catalogue as it stands on this London day: those to check first, longest unchecked first."""
    found = [_standing(service, today) for service in _all()]
    return tuple(sorted(found, key=lambda one: (not one.is_due, one.service.checked_on)))


def overdue(*, today: date) -> tuple[Service, ...]:
    """Services that nobody has checked for more than 90 days, longest first: staff are told, on their home page and by
    letter (`alerts`). Not those that wait to be confirmed for the first time: nobody sees them, and some cannot be
    confirmed, so that a letter about them would never end."""
    due = (one for one in _all() if one.verified and needs_check(one, today))
    return tuple(sorted(due, key=lambda one: one.checked_on))


def soon_hidden(*, today: date) -> tuple[Service, ...]:
    """Services that the public sees today and will not in 30 days or sooner, unless somebody checks them; the first to
    go first."""
    going = ((hidden_from(one), one) for one in _all())
    soon = [(on, one) for on, one in going if on is not None and today < on <= today + SOON]
    return tuple(one for _, one in sorted(soon, key=lambda pair: pair[0]))


def confirm(service_id: str, *, by: str, on: date, today: date) -> Service:
    """Store that somebody asked the service on a London day and that its facts hold; flushed, not committed. The
    service as the public sees it from then on. Raises NoSuchService; NotConfirmed for a day to come, for one before the
    last check, for a check by nobody, and for an entry that gives no way to reach the service."""
    found = by_id(_all()).get(service_id)
    if found is None:
        raise NoSuchService(f"There is no service {service_id!r}. `flask support list` names them all.")
    signed = " ".join(by.split())
    if not signed or len(signed) > LONGEST_SIGNATURE:
        raise NotConfirmed(f"Say who asked the service with --by, in at most {LONGEST_SIGNATURE} letters.")
    if on > today:
        raise NotConfirmed(f"{on} is still to come. Give the day on which the service was asked.")
    if found.verified and on < found.checked_on:
        raise NotConfirmed(f"{service_id} was checked later than that, on {found.checked_on}.")
    if not found.can_be_reached:
        raise NotConfirmed(f"{service_id} has no number or address yet. Write what it told you in services.yaml first.")
    db.session.merge(SupportCheck(service=service_id, checked_on=on, checked_by=signed))
    db.session.flush()
    return replace(found, checked_on=on, checked_by=signed, verified=True)


def _standing(service: Service, today: date) -> Standing:
    status = "public" if shown(service, today) else "hidden" if service.verified else "held back"
    days = (today - service.checked_on).days
    return Standing(service, status, needs_check(service, today) or not service.verified, days)


def _all() -> tuple[Service, ...]:
    return overlay(load_all(), known())


def _lines(*ids: str) -> tuple[Line, ...]:
    services = by_id(load())
    return tuple(line_of(services[id]) for id in ids)
