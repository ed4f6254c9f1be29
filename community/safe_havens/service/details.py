"""What a venue changes by its own link: details, people, hours, single days. Sane changes are shown at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from community.extensions import db
from community.safe_havens.models import HavenContact, HavenException, SafeHaven
from community.safe_havens.sanity import strange, strange_days
from community.safe_havens.service import letters, life, links, pacing
from community.safe_havens.service.applying import Contact
from community.safe_havens.service.life import NotNow
from community.safe_havens.service.team_codes import ACTIVE
from community.staff import audit
from community.support.week_in_words import week_in_words


def open_to_change(haven: SafeHaven) -> None:
    """Hold a venue's row for a change by its link. Raises NotNow for one that is not in the scheme."""
    life.hold(haven)
    in_the_scheme(haven)


def in_the_scheme(haven: SafeHaven) -> None:
    """Raises NotNow for a venue that is not, or no longer: nothing of it is shown to be changed."""
    if haven.status not in ACTIVE:
        raise NotNow(f"{haven.name} is not in the scheme, so nothing of it can be changed here.")


def change_offers(
    haven: SafeHaven, *, offers: Sequence[str], languages: Sequence[str], least_staff: int, consents: bool, on: date
) -> None:
    """What it can offer, languages, staff at work, and whether it is listed. Flushed."""
    open_to_change(haven)
    before = (haven.offers, haven.languages, haven.least_staff, haven.consents)
    if before == (list(offers), list(languages), least_staff, consents):
        return
    haven.offers, haven.languages = list(offers), list(languages)
    haven.least_staff, haven.consents = least_staff, consents
    _changed(haven, "details_changed", on)


def change_people(haven: SafeHaven, contact: Contact, deputy: Contact | None, *, link: str, now: datetime) -> None:
    """Who speaks for it. Every link that was sent before ends, but the one at hand while its holder stays. Those now,
    those before and the coordinators are told that it changed, and nothing of each other. Flushed. link: the token by
    which it is changed. now: aware, in London."""
    open_to_change(haven)
    wanted = {"contact": contact, **({"deputy": deputy} if deputy else {})}
    there = {one.role: one for one in haven.contacts}
    before = {one.email.lower(): one.email for one in haven.contacts}
    if {role: Contact(one.name, one.email, one.phone) for role, one in there.items()} == wanted:
        return
    for role in there.keys() - wanted.keys():
        haven.contacts.remove(there[role])
    for role, person in wanted.items():
        row = there.get(role)
        if row is None:
            haven.contacts.append(HavenContact(role=role, name=person.name, email=person.email, phone=person.phone))
        else:
            row.name, row.email, row.phone = person.name, person.email, person.phone
    links.end(haven, but=link)
    _changed(haven, "details_changed", now.date())
    _tell_of_people(haven, before, now)


def _tell_of_people(haven: SafeHaven, before: Mapping[str, str], now: datetime) -> None:
    """before: those who spoke for it until now, small letters -> as written."""
    people = {one.email.lower(): one.email for one in haven.contacts}
    for known_as, email in people.items():
        if known_as in before or pacing.may_write(email, now):  # an address that is new may be anybody's
            letters.send_one(haven, email, "people_changed")
    for known_as in before.keys() - people.keys():
        letters.send_to(before[known_as], "people_gone", name=haven.name)
    letters.to_coordinators("people_to_look_at", name=haven.name, reference=haven.reference)


def change_hours(haven: SafeHaven, opening: str, *, on: date) -> bool:
    """New opening hours; flushed. True when they hold at once, False when a coordinator looks at them first."""
    open_to_change(haven)
    if opening == haven.opening:
        haven.opening_proposed = None
        db.session.flush()
        return True
    because = strange(haven.opening, opening) if haven.status != "applied" else ""
    if because and opening == haven.opening_proposed:
        return False
    if because:
        haven.opening_proposed = opening
        _changed(haven, "hours_proposed", on, because=because)
        letters.send(haven, "hours_waiting", hours=week_in_words(opening))
        letters.to_coordinators("hours_to_look_at", name=haven.name)
        return False
    haven.opening, haven.opening_proposed = opening, None
    _changed(haven, "hours_changed", on, opening=opening)
    letters.send(haven, "hours_changed", hours=week_in_words(opening))
    return True


def change_days(haven: SafeHaven, days: Sequence[tuple[date, str]], *, on: date) -> None:
    """Days from today on with hours of their own; those that are over stay. They hold at once; of those that are quite
    different from other days the venue and the coordinators are told. Flushed."""
    open_to_change(haven)
    wanted = {day: opening for day, opening in days if day >= on}
    there = {one.on_day: one for one in haven.exceptions if one.on_day >= on}
    before = [(day, one.opening) for day, one in there.items()]
    if dict(before) == wanted:
        return
    for day in there.keys() - wanted.keys():
        haven.exceptions.remove(there[day])
    for day, opening in wanted.items():
        if day in there:
            there[day].opening = opening
        else:
            haven.exceptions.append(HavenException(on_day=day, opening=opening))
    _changed(haven, "hours_changed", on)
    known = strange_days(haven.opening, before)
    because = [words for words in strange_days(haven.opening, list(wanted.items())) if words not in known]
    if because and haven.status != "applied":
        letters.send(haven, "days_changed", because=because)
        letters.to_coordinators("days_to_look_at", name=haven.name, because=because)


def _changed(haven: SafeHaven, event: str, on: date, **detail: str) -> None:
    life.happened(haven, event, on)
    audit.record(f"haven.{event.replace('_', '-')}", haven.slug, detail, otherwise="venue")
    db.session.flush()
