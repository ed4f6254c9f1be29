"""From needs, a person and the hour to the few lines of a text: who is named, in which order, in how many letters.

Support chooses and orders the services; this only puts them into the room that a text has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from community.bot.line_words import COUNCIL, ages, compose, contact, label, short
from community.bot.wording import gives_away, part
from community.messaging.segments import length
from community.support.catalogue import Service
from community.support.matching import AS_A_CHILD, BOROUGH, Match, Person
from community.support.needs import OF_WHICH_WORD_IS_BROUGHT

Matching = Callable[[Sequence[str], Person, datetime], Sequence[Match]]
"""Support's `matching.match` over the services that there are."""

MOST_FIRST: Final = 3
MOST_LATER: Final = 4
_FOR_ANYONE: Final = frozenset({"samaritans"})
MOST_LETTERS: Final = 60
"""Of the numbers that stand in the gap of a later sentence."""
AS_A_GROWN_UP: Final = 40
"""An age at which nobody is sent to a line for children."""
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
    """The best for each likely need, at most three, one of them open day and night, in `room` letters or fewer. sure:
    the first need is the one; otherwise each need has a line before any has two."""
    wanted = tuple(needs) or (NOT_ASKED_FOR,)
    found = [_best(match((need,), person, now), person) for need in wanted]
    groups = [group for group, _ in found]
    more = [also for _, also in found]
    groups = [groups[0], more[0], *groups[1:], *more[1:]] if sure else [*groups, *more]
    groups = [group for group in groups if group]
    always = _always_there(wanted, person, now, match)
    if "deaf" in person.facets:
        return _lines(_fitted([always, *groups], person, room), person)
    word = _takes_word(wanted, person, now, match)
    soon = word if wanted[0] in OF_WHICH_WORD_IS_BROUGHT else ()
    orders = [[groups[0], soon, *groups[1:], word], [groups[0], always, soon, *groups[1:], word]]
    if not any(one.is_open for one in groups[0]):
        orders = []  # who does not answer now does not stand first
    fitted = [_fitted(order, person, room) for order in (*orders, [always, *groups, word])]
    return _lines(next((chosen for chosen in fitted if _is_for_all(chosen, person)), fitted[-1]), person)


def _is_for_all(group: Sequence[Match], person: Person) -> bool:
    """Whether somebody of these listens day and night, whatever the age may be."""
    there = [one.service for one in group if one.service.is_helpline]
    if person.served_as is not None or person.is_about_child:
        return bool(there)
    return all(any(service.takes(years) for service in there) for years in (AS_A_CHILD, AS_A_GROWN_UP))


def _always_there(needs: Sequence[str], person: Person, now: datetime, match: Matching) -> tuple[Match, ...]:
    """Who listens day and night, whatever the age: one line, or where it is not known and the best is for some ages
    only, one for each. For somebody who cannot hear a call, by text."""
    likely = [*match(needs[:1], person, now), *match(needs, person, now), *match((), person, now)]
    if "deaf" in person.facets:
        return tuple(one for one in match((BY_TEXT,), person, now) if one.service.is_helpline and one.service.sms)[:1]
    there = [one for one in likely if one.service.is_helpline and one.service.free and one.service.phone]
    is_known = person.served_as is not None or person.is_about_child
    return tuple(there[:1] if is_known else _for_all_ages(there, person))


def _for_all_ages(there: Sequence[Match], person: Person) -> Sequence[Match]:
    """The first of them, and beside it who takes those whom it does not."""
    first = there[0]
    if not ages(first.service, person):
        return [first]
    missed = (first.service.age_min or 0) - 1 if first.service.age_min else (first.service.age_max or 0) + 1
    return [first, *[one for one in there if one.service.takes(missed)][:1]]


def _takes_word(needs: Sequence[str], person: Person, now: datetime, match: Matching) -> tuple[Match, ...]:
    """Who takes word of something by phone, where people often write because they know of it; never the police."""
    if "hurt" in person.facets or not (of_these := tuple(need for need in needs if need in OF_WHICH_WORD_IS_BROUGHT)):
        return ()
    takers = (one for one in match(of_these, person, now) if not one.service.listens and one.service.phone)
    return tuple(one for one in takers if not one.service.is_police)[:1]


def _lines(chosen: Sequence[Match], person: Person) -> Lines:
    return Lines(compose(chosen, person, quiet=True), tuple(one.service.id for one in chosen))


def _fitted(groups: Iterable[Sequence[Match]], person: Person, room: int) -> Sequence[Match]:
    """As many groups as there is room for, those before first; a group is never torn. The first is always in."""
    chosen: list[Match] = []
    for group in groups:
        more = list(_each_once([*chosen, *group]))
        if not chosen or (len(more) <= MOST_FIRST and length(compose(more, person, quiet=True)) <= room):
            chosen = more
    return chosen


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
        chosen = [*chosen[: MOST_LATER - 1], _always_open(everyone, person)]
    chosen.sort(key=lambda found: bool(found.service.phone or found.service.sms) and not found.is_open)
    while True:
        text = compose(chosen, person, quiet=False)
        if length(text) <= room or len(chosen) == 1:
            return Lines(text, tuple(found.service.id for found in chosen))
        chosen.pop(-2 if chosen[-1].service.is_helpline else -1)


def numbers(needs: Sequence[str], person: Person, now: datetime, match: Matching, *, room: int) -> str:
    """The best numbers for each need, without a word about them but ages where it matters, in `room` letters or fewer.
    One that is open day and night is always among them; none is shut now."""
    best = [_best(match((need,), person, now), person) for need in needs or (NOT_ASKED_FOR,)]
    found = [group for first, also in best for group in (first, also if person.is_about_child else ())]
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


def numbers_and_word(needs: Sequence[str], person: Person, now: datetime, match: Matching, *, room: int) -> str:
    """For somebody who plainly has word of something: who listens, and who takes it, in `room` letters; else ""."""
    taker = _takes_word(needs, person, now, match) if "knows" in person.facets else ()
    if not taker:
        return ""
    told = numbers(needs[:1], person, now, match, room=room)
    told += f". {part('head_word')}: {contact(taker[0].service, person, quiet=True)}"
    return told if length(told) <= room else ""


def _number(service: Service, person: Person) -> str:
    who = label(service, quiet=True) if service.id not in _FOR_ANYONE else ""
    note = ages(service, person) if service.age_max is not None else who
    reach = contact(service, person, quiet=True)
    return f"{reach} ({note})" if note else reach


def best_number(
    needs: Sequence[str], person: Person, now: datetime, match: Matching, *, room: int = MOST_LETTERS
) -> str:
    """Somebody to talk to, free and open day and night, to be named beside other things: one line, or two with their
    ages where that of the person is not known and the best is not for all."""
    # Who worries about a child talks for themselves here: the child's own line is not for them.
    as_one = replace(person, age=AS_A_GROWN_UP, about="self", facets=person.facets - {"about_child"})
    told = _always_there(tuple(needs), as_one if person.is_about_child and person.is_grown_up else person, now, match)
    said = part("or").join(_with_ages(one.service, person) for one in told)
    anyone = _always_there((), person, now, match)[0]
    return said if length(said) <= room else contact(anyone.service, person)


def _with_ages(service: Service, person: Person) -> str:
    note = ages(service, person)
    return f"{contact(service, person)} ({note})" if note else contact(service, person)


def _best(matches: Sequence[Match], person: Person) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
    """(who must stand in a first text, who else should if there is room).

    Where the age is not known and the line has an age, the one for the others must stand beside it. The next one should
    where it knows most about the need and stands back only because it is not known to be open. The police are never in
    a first text: they are named once somebody has said that it is safe. Nor is who only takes word of something."""
    trained = [found for found in matches if found.service.listens]
    able = [found for found in trained if _can_be_reached(found.service, person)]
    if not able:
        return (() if "deaf" in person.facets else (_always_open(matches, person),)), ()
    first, age = able[0], person.served_as
    knows_most = tuple(one for one in able[1:2] if not one.is_open and not one.service.area.startswith(BOROUGH))
    other_age = (first.service.age_min or 0) - 1 if first.service.age_min else (first.service.age_max or 0) + 1
    if age is None and (first.service.age_min or first.service.age_max is not None):
        spoken = [found for found in trained if found.service.phone and "deaf" not in person.facets]
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


def _always_open(matches: Sequence[Match], person: Person) -> Match:
    """A line that is open day and night, for every age if there is one; matching puts one in every answer."""
    there = [found for found in matches if found.service.is_helpline and found.service.free]
    return next((found for found in there if not ages(found.service, person)), there[0] if there else matches[0])


def _each_once(matches: Iterable[Match]) -> Iterable[Match]:
    return {found.service.id: found for found in matches}.values()
