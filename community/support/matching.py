"""Needs, a person and the hour of the day, turned into an ordered, explained choice of services.

The first line is the one that knows most about the need and is not shut. Somebody is always there day and night: a
24-hour line for that age is always among the ones named. The rules of age are those of `routes` (trust B4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Final, Literal

from community.support.catalogue import Service, by_id, load, shown
from community.support.needs import (
    ABOUT_A_CHILD,
    ABOUT_A_CHILD_REASON,
    ANY,
    FACET_REASONS,
    FOLLOW_A_CHILDS_OWN,
    FOLLOW_THE_CHILDRENS_TEAM,
    LAST,
    LEADS,
    NEED_REASONS,
    NEEDS,
    SECONDS,
)
from community.support.routes import GROWN_FROM

ADULT_FROM: Final = 18
AS_A_CHILD: Final = 15
"""The age by which somebody is served who is known to be under 18 and no more: never as 16 or over."""
OLDER_FROM: Final = 60
"""The age from which those for older people are named."""
FOR_A_CHILD: Final = ("childline",)
"""Who is named first to somebody who seems to be a child."""
BOROUGH: Final = "Barking and Dagenham"


@dataclass(frozen=True)
class Person:
    """What is known of the person who asks. age: their own, in years. is_child: they have said that they are under 18.
    about: whom they ask for: themselves, another grown-up, or a child. facets: as in `needs`; "child" is a guess."""

    age: int | None = None
    is_child: bool = False
    about: Literal["self", "other", "child"] = "self"
    facets: frozenset[str] = frozenset()

    @property
    def served_as(self) -> int | None:
        """The age by which services are chosen; None when it is not known."""
        if self.age is not None:
            return self.age
        if self.is_child:
            return AS_A_CHILD
        return ADULT_FROM if "childhood" in self.facets else None

    @property
    def seems_a_child(self) -> bool:
        """A guess, and so no age: lines for children come first, and those for others stand beside them."""
        return self.served_as is None and "child" in self.facets and not self.is_about_child

    @property
    def is_about_child(self) -> bool:
        return self.about == "child" or "about_child" in self.facets

    @property
    def is_grown_up(self) -> bool:
        """Sixteen or over, or nothing says otherwise."""
        return self.served_as is None or self.served_as >= GROWN_FROM


@dataclass(frozen=True)
class Match:
    """A service to name. why: a plain reason, words that follow its name. is_open: known to be open at that moment.
    opens: "opens Monday 9am" when it is known to be shut; "" when it is open or its hours are not known."""

    service: Service
    why: str
    is_open: bool
    opens: str

    @property
    def is_shut(self) -> bool:
        return bool(self.opens)


def match(needs: Sequence[str], person: Person, now: datetime, services: Sequence[Service]) -> tuple[Match, ...]:
    """Who is named, best first, each once; never empty, and always with a line open day and night.

    needs: surest first; of `needs.NEEDS`, any other counts as "anything". now: aware, in London. services: those
    there are; the ones that the public may not see today are left out here too. Should they hold nobody for this person
    at this hour, the national lines of the catalogue stand in."""
    allowed = by_id(service for service in services if shown(service, now.date()))
    reasons: dict[str, str] = {}
    lists: list[list[Service]] = []
    for need in dict.fromkeys(need if need in NEEDS else ANY for need in needs or (ANY,)):
        named = [allowed[id] for id in _named(need, person, reasons) if id in allowed]
        lists.append(_open_first([service for service in named if _takes(service, person)], now))
    chosen = list(dict.fromkeys(service for row in zip_longest(*lists) for service in row if service))
    if not any(service.is_helpline for service in chosen):
        chosen += [service for service in _fallback(person) if service not in chosen]
    return tuple(_match(service, reasons, now) for service in chosen)


def shortlist(matches: Sequence[Match], most: int) -> tuple[Match, ...]:
    """The first few of them, as many as fit; the last one gives way to a 24-hour line when they hold none."""
    kept = list(matches[:most])
    if not any(found.service.is_helpline for found in kept):
        kept[-1:] = [next(found for found in matches if found.service.is_helpline)]
    return tuple(kept)


def _named(need: str, person: Person, reasons: dict[str, str]) -> tuple[str, ...]:
    """Service ids for one need, best first; notes why each is named."""
    age = person.served_as
    route = NEEDS[need]
    if person.is_about_child and person.is_grown_up:
        base = ABOUT_A_CHILD.get(need, ABOUT_A_CHILD[ANY])
    elif age is None:
        base = route.not_known
    else:
        base = route.from_16 if person.is_grown_up else route.under_16
    ids = list(base)
    if person.seems_a_child:
        _put(ids, FOR_A_CHILD, at=0)
    for facet in reversed(_facets(person)):
        _put(ids, SECONDS.get((facet, need), ()), at=1 if person.is_grown_up else LAST)
    for facet in reversed(_facets(person)):
        _put(ids, LEADS.get((facet, need), ()), at=_place(facet, person))
    for facet in _facets(person):
        for id in (*LEADS.get((facet, need), ())[:1], *SECONDS.get((facet, need), ())):
            reasons.setdefault(id, FACET_REASONS[facet])
    for id in ids:
        asked_for_a_child = id in ABOUT_A_CHILD[ANY] and person.is_about_child
        reasons.setdefault(id, ABOUT_A_CHILD_REASON if asked_for_a_child else NEED_REASONS[need])
    return tuple(ids)


def _place(facet: str, person: Person) -> int:
    """Where those go whom a facet leads with."""
    if not person.is_grown_up:
        return FOLLOW_A_CHILDS_OWN.get(facet, LAST)
    return FOLLOW_THE_CHILDRENS_TEAM.get(facet, 2) if person.is_about_child else 0


def _facets(person: Person) -> tuple[str, ...]:
    """The facets that change who is named, in the order of the tables; an age may be one."""
    old = {"older"} if person.age is not None and person.age >= OLDER_FROM else set()
    return tuple(facet for facet in FACET_REASONS if facet in person.facets | old)


def _put(ids: list[str], more: Iterable[str], *, at: int) -> None:
    """Put these at a place of the list, or leave those that stand before it already."""
    new = [id for id in more if id not in ids[:at]]
    kept = [id for id in ids[at:] if id not in new]
    ids[at:] = [*new, *kept]


def _takes(service: Service, person: Person) -> bool:
    """Whether a service is for them, or, asked for a child by a grown-up, for the child or for the grown-up."""
    if "man" in person.facets and service.gender == "women":
        return False
    age = person.served_as
    if not (person.is_about_child and person.is_grown_up):
        return service.takes(age)
    return service.takes(age) or service.takes(AS_A_CHILD)


def _open_first(named: list[Service], now: datetime) -> list[Service]:
    """A line that is shut does not stand first when another of them answers a call or text now; one of which nobody
    knows when it is open, when another is open day and night."""
    if not named or named[0].is_open(now) or not (named[0].opens(now) or named[0].phone or named[0].sms):
        return named
    is_shut = bool(named[0].opens(now))
    able = [one for one in named if one.is_open(now) and (one.phone or one.sms) and not one.is_police]
    answering = next((one for one in able if is_shut or one.is_helpline), None)
    return named if answering is None else [answering, *(one for one in named if one is not answering)]


def _fallback(person: Person) -> tuple[Service, ...]:
    catalogue: Mapping[str, Service] = by_id(load())
    route = NEEDS[ANY]
    ids = route.not_known if person.served_as is None else route.from_16 if person.is_grown_up else route.under_16
    return tuple(catalogue[id] for id in ids if catalogue[id].takes(person.served_as))[:2]


def _ages(service: Service) -> tuple[str, ...]:
    """For whom it is by age: () when it is for all ages."""
    if service.age_min is None:
        return () if service.age_max is None else (f"under {service.age_max + 1}",)
    return (f"{service.age_min} or over" if service.age_max is None else f"{service.age_min} to {service.age_max}",)


def _match(service: Service, reasons: Mapping[str, str], now: datetime) -> Match:
    parts = [reasons.get(service.id, NEED_REASONS[ANY]), *_ages(service)]
    if service.area.startswith(BOROUGH):
        parts.append("in the borough")
    if service.is_helpline:
        parts.append("day and night")
    return Match(service, ", ".join(parts), bool(service.is_open(now)), service.opens(now))
