"""What a message tells, as far as we act on it: which needs are named for sure, which are hedged, who it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from community.bot.meaning import HARMLESS, NEEDS, Meaning, Urgency
from community.bot.talk import Talk
from community.support.matching import ADULT_FROM, OLDER_FROM, Person
from community.support.needs import ANY, AT_HOME, MAYBE_CHILD

OWN: Final = "own_behaviour"
CHILD: Final = "child_safety"
HOME: Final = "domestic_abuse"
MOST_NEEDS: Final = 3
"""As many needs as are kept of a talk, surest first."""
_AT_SCHOOL: Final = "at_school"
_OF_ONES_OWN: Final = frozenset({"man", "older", "deaf", "about_child", "childhood"})
"""Facets that say more of who should be named than that a parent is spoken of."""


def person_of(facets: Iterable[str], age: int | None) -> Person:
    """The person to be helped, in support's words. That they are a child is known from their own words only: what a
    model makes of them is no age."""
    known = frozenset(facets)
    about = "child" if "about_child" in known else "other" if "other" in known else "self"
    return Person(age=age, is_child=_AT_SCHOOL in known, about=about, facets=known)  # type: ignore[arg-type]


def weighed(meaning: Meaning, talk: Talk) -> Meaning:
    """A meaning without what may be wrong to act on. The line for those who hurt somebody is named to nobody who has
    not said so clearly, and never once they asked for help with something else. The children's teams are not named on a
    guess to a grown-up; to somebody old or cared for, and to whoever says that they are 18 or over, those for grown-ups
    are instead."""
    facets = talk.facets | meaning.facets
    person = person_of(facets, talk.age if meaning.age is None else meaning.age)
    topics = fitting(meaning.topics, person)
    maybe = [need for need in meaning.maybe if need != OWN]
    if _is_at_risk(person):
        maybe = fitting(maybe, person)
    clear = meaning.sure or meaning.urgency is Urgency.emergency
    if OWN in topics and not (topics[0] == OWN and clear and set(talk.needs) <= {OWN}):
        topics.remove(OWN)
    return replace(meaning, topics=tuple(topics) or ("menu",), maybe=tuple(n for n in maybe if n not in topics))


def likely_needs(meaning: Meaning, person: Person, *, names_a_parent: bool) -> tuple[str, ...]:
    """The needs to name a line for, likeliest first, in support's words; none: somebody to talk to."""
    told = needs_of(meaning)
    if "housing" in person.facets and not meaning.sure:
        return (ANY,)  # who helps with a roof stands there
    likely = tuple(dict.fromkeys((*told, *meaning.maybe)))[:MOST_NEEDS]
    if names_a_parent and person.served_as is None and not person.facets & _OF_ONES_OWN:
        likely = tuple(need for need in likely if need in told or need != CHILD)
        likely = tuple(AT_HOME if need in (HOME, CHILD) else need for need in likely)
    elif not (meaning.sure and CHILD in told) and not _is_for_a_child(person):
        likely = tuple(MAYBE_CHILD if need == CHILD else need for need in likely)
    return tuple(dict.fromkeys(likely))


def fitting(needs: Iterable[str], person: Person) -> list[str]:
    """The needs, each once; harm to a child, told by somebody who is none and speaks of none, is harm at home."""
    is_none = person.age is not None and person.age >= ADULT_FROM and "childhood" not in person.facets
    is_grown = (is_none and not person.is_about_child) or _is_at_risk(person)
    return list(dict.fromkeys(HOME if need == CHILD and is_grown else need for need in needs))


def needs_of(meaning: Meaning) -> tuple[str, ...]:
    return tuple(topic for topic in meaning.topics if topic in NEEDS)


def tells_harm(meaning: Meaning) -> bool:
    return meaning.urgency is Urgency.urgent or bool(needs_of(meaning))


def is_harm(meaning: Meaning) -> bool:
    """Harm, or a cry for help that does not say for what, or something that may be harm; and having no roof."""
    may_be = not meaning.sure and bool(meaning.maybe)
    return tells_harm(meaning) or may_be or ("housing" in meaning.facets and meaning.topics[0] in HARMLESS)


def learn(talk: Talk, meaning: Meaning, *, guessing: bool = False) -> Talk:
    """What is known after a message: the newest needs first, facets added up, the last age said. guessing: where it is
    not sure what it is about, all that it may be about counts too, but a child's safety of somebody grown up."""
    facets = talk.facets | meaning.facets
    age = talk.age if meaning.age is None else meaning.age
    told = needs_of(meaning) if meaning.sure else ()
    if guessing and not meaning.sure:
        guessed = (*needs_of(meaning), *meaning.maybe)
        person = person_of(facets, age)
        may_be_child = _is_for_a_child(person) or person.served_as is None
        told = tuple(need for need in guessed if need != CHILD or may_be_child)
    needs = fitting((*told, *talk.needs), person_of(facets, age))
    return replace(talk, needs=tuple(needs[:MOST_NEEDS]), facets=facets, age=age)


def _is_for_a_child(person: Person) -> bool:
    is_child = person.served_as is not None and person.served_as < ADULT_FROM
    return person.is_about_child or person.seems_a_child or is_child


def _is_at_risk(person: Person) -> bool:
    """Old or cared for, as far as is known, and not speaking of a child."""
    old = person.age is not None and person.age >= OLDER_FROM
    return (old or "older" in person.facets) and not person.is_about_child
