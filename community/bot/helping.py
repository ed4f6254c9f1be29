"""From needs, a person and the hour to the few lines of a text: who is named, in which order, in how many letters.

Support chooses and orders the services; this only puts them into the room that a text has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from community.bot.line_words import COUNCIL, ages, compose, contact, label, short
from community.bot.wording import gives_away, part
from community.messaging.segments import length
from community.support.catalogue import Service
from community.support.matching import BOROUGH, Match, Person

Matching = Callable[[Sequence[str], Person, datetime], Sequence[Match]]
"""Support's `matching.match` over the services that there are."""

MOST_FIRST: Final = 3
MOST_LATER: Final = 4
_FOR_ANYONE: Final = frozenset({"samaritans"})
BY_TEXT: Final = "suicide"
"""The need whose lines hold one that anybody can text."""
NOT_ASKED_FOR: Final = "anything"
"""The need of somebody who has not said what it is."""


@dataclass(frozen=True)
class Lines:
    """text: without a full stop. named: ids of the services in it."""

    text: str
    named: tuple[str, ...]


def first_lines(
    needs: Sequence[str], person: Person, now: datetime, match: Matching, *, room: int, sure: bool = True
) -> Lines:
    """The best for each likely need, at most three, one of them open now, in `room` letters or fewer. sure: the first
    need is the one; otherwise each need has a line before any has two."""
    found = [_best(match((need,), person, now), person) for need in needs or (NOT_ASKED_FOR,)]
    groups = [group for group, _ in found]
    more = [also for _, also in found]
    groups = [groups[0], more[0], *groups[1:], *more[1:]] if sure else [*groups, *more]
    if "deaf" in person.facets and not any(_is_silent(one.service) for one in groups[0]):
        groups.insert(0, tuple(one for one in match((BY_TEXT,), person, now) if one.service.sms)[:1])
    open_now = (_always_open(match(tuple(needs), person, now)),)
    if any(one.is_open for one in groups[0]):
        return _fitted(groups, person, room)
    is_silent = "deaf" in person.facets and any(_is_silent(one.service) for one in groups[0])
    by_voice = [open_now, *groups]
    lines = _fitted([groups[0], open_now, *groups[1:]] if is_silent else by_voice, person, room)
    return lines if open_now[0].service.id in lines.named else _fitted([open_now, *groups], person, room)


def _fitted(groups: Iterable[Sequence[Match]], person: Person, room: int) -> Lines:
    """As many groups as there is room for, those before first; a group is never torn. The first is always in."""
    chosen: list[Match] = []
    text = ""
    for group in groups:
        more = list(_each_once([*chosen, *group]))
        words = compose(more, person, quiet=True)
        if not chosen or (len(more) <= MOST_FIRST and length(words) <= room):
            chosen, text = more, words
    return Lines(text, tuple(one.service.id for one in chosen))


def further_lines(
    needs: Sequence[str], person: Person, now: datetime, match: Matching, *, named: Iterable[str], room: int
) -> Lines:
    """The next few who have not been named, those open now first, in `room` letters or fewer; no lines when all have.
    A line open day and night is among them, or has been named."""
    everyone = [found for found in match(tuple(needs), person, now) if contact(found.service, person)]
    known = set(named)
    chosen = [found for found in everyone if found.service.id not in known][:MOST_LATER]
    if not chosen:
        return Lines("", ())
    if not any(found.service.is_helpline for found in everyone if found in chosen or found.service.id in known):
        chosen = [*chosen[: MOST_LATER - 1], _always_open(everyone)]
    chosen.sort(key=lambda found: bool(found.service.phone or found.service.sms) and not found.is_open)
    while True:
        text = compose(chosen, person, quiet=False)
        if length(text) <= room or len(chosen) == 1:
            return Lines(text, tuple(found.service.id for found in chosen))
        chosen.pop(-2 if chosen[-1].service.is_helpline else -1)


def numbers(needs: Sequence[str], person: Person, now: datetime, match: Matching, *, room: int) -> str:
    """The best numbers for each need, without a word about them but ages where it matters, in `room` letters or fewer.
    One that is open day and night is always among them; none is shut now."""
    found = [_best(match((need,), person, now), person)[0] for need in needs or (NOT_ASKED_FOR,)]
    groups = [group for group in (tuple(one for one in each if not one.is_shut) for each in found) if group]
    if not groups or not any(one.service.is_helpline for one in groups[0]):
        likely = [*match(tuple(needs), person, now), *match((), person, now)]
        helplines = [one for one in likely if one.service.is_helpline and one.service.free and one.service.phone]
        for_anyone = [one for one in helplines if person.served_as is not None or not ages(one.service, person)]
        helpline = min(for_anyone or helplines, key=lambda one: length(one.service.phone or ""))
        first = groups[0] if groups else ()
        is_open = any(one.is_open for one in first)
        groups = [(*first, helpline), *groups[1:]] if is_open else [(helpline,), *groups]
    text = ""
    for count in range(1, len(groups) + 1):
        told = _each_once([one for group in groups[:count] for one in group])
        words = part("or").join(_number(one.service, person) for one in told)
        text = words if length(words) <= room or not text else text
    return text


def _number(service: Service, person: Person) -> str:
    who = label(service, quiet=True) if service.id not in _FOR_ANYONE else ""
    note = ages(service, person) if service.age_max is not None else who
    reach = contact(service, person, quiet=True)
    return f"{reach} ({note})" if note else reach


def best_number(needs: Sequence[str], person: Person, now: datetime, match: Matching) -> str:
    """The one line, free and open day and night, to be named beside other things."""
    everyone = match(tuple(needs), person, now)
    if "deaf" in person.facets:
        everyone = [one for one in (*everyone, *match((BY_TEXT,), person, now)) if one.service.sms]
    return contact(_always_open(everyone).service, person)


def _best(matches: Sequence[Match], person: Person) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
    """(who must stand in a first text, who else should if there is room).

    Where the age is not known and the line has an age, the one for the others must stand beside it. The next one should
    where it knows most about the need and stands back only because it is not known to be open. The police are never in
    a first text: they are named once somebody has said that it is safe."""
    trained = [found for found in matches if not found.service.is_police]
    able = [found for found in trained if _can_be_reached(found.service, person)]
    if not able:
        return (_always_open(matches),), ()
    first, age = able[0], person.served_as
    knows_most = tuple(one for one in able[1:2] if not one.is_open and not one.service.area.startswith(BOROUGH))
    other_age = (first.service.age_min or 0) - 1 if first.service.age_min else (first.service.age_max or 0) + 1
    if age is None and (first.service.age_min or first.service.age_max is not None):
        spoken = [found for found in trained if found.service.phone or found.service.sms]
        others = [found for found in (*able, *spoken) if found.service.takes(other_age)]
        others.sort(key=lambda found: not found.is_open)
        return (first, *others[:1]), knows_most
    return (first,), knows_most


def _can_be_reached(service: Service, person: Person) -> bool:
    """Whether a first text can say how: by voice or text; for somebody who cannot hear a call, without voice."""
    return _is_silent(service) if "deaf" in person.facets else bool(service.phone or service.sms)


def _is_silent(service: Service) -> bool:
    """By text, or by a page of its own whose address gives nobody away."""
    page = short(service.web or "")
    return bool(service.sms) or (page not in ("", COUNCIL) and not gives_away(page))


def _always_open(matches: Sequence[Match]) -> Match:
    """A line that is open day and night; matching puts one in every answer."""
    return next((found for found in matches if found.service.is_helpline and found.service.free), matches[0])


def _each_once(matches: Iterable[Match]) -> Iterable[Match]:
    return {found.service.id: found for found in matches}.values()
