"""What other rooms and pages ask of support. Nothing here needs the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from community.support.catalogue import Service, by_id, load, needs_check, shown
from community.support.harm import HelpBox, Line, help_for, least_age, line_of
from community.support.help_pages import PAGES, HelpPage, on_page
from community.support.matching import Match, Person, match, shortlist
from community.support.wording import ErrorLine, error_lines

__all__ = [
    "ErrorLine",
    "Match",
    "NoSuchTopic",
    "Person",
    "error_lines",
    "for_everyone",
    "for_under_13s",
    "help_box",
    "match_needs",
    "overdue",
    "page",
    "services_for",
    "shortlist",
    "text_lines",
]

GROWN_FROM = 18


class NoSuchTopic(LookupError):
    """There is no help page of that name."""


def page(slug: str) -> HelpPage:
    """The help page at this address. Raises NoSuchTopic."""
    if slug not in PAGES:
        raise NoSuchTopic(slug)
    return PAGES[slug]


def services_for(help_page: HelpPage, *, today: date) -> tuple[Service, ...]:
    """Who stands on a help page on this London day, in its order. Those not checked for 180 days are left out, unless
    they are of the national core; a line open day and night is always among them."""
    return on_page(help_page, [service for service in load() if shown(service, today)])


def help_box(topics: Iterable[str], age_band: str | None, *, today: date) -> HelpBox:
    """The help for these topics on this day; see `harm.help_for`."""
    return help_for(topics, age_band, today=today)


def match_needs(needs: Sequence[str], person: Person, *, now: datetime) -> tuple[Match, ...]:
    """Who is named for these needs, to this person, at this moment (aware, in London); see `matching.match`."""
    return match(needs, person, now, load())


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


def overdue(*, today: date) -> tuple[Service, ...]:
    """Services that nobody has checked for more than 90 days, longest first: staff are told."""
    return tuple(sorted((s for s in load() if needs_check(s, today)), key=lambda service: service.checked_on))


def _lines(*ids: str) -> tuple[Line, ...]:
    services = by_id(load())
    return tuple(line_of(services[id]) for id in ids)
