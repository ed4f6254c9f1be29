"""What a person asked for, by name, as what is counted: which wave, question, places and days. Wrong names are answered
with the ones there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Final

from community.insights import queries
from community.places.kinds import CHILDREN_GATHER
from community.shared.errors import UserError
from community.surveys.fielding import Fielding
from community.surveys.questionnaire import ATTRIBUTES, Kind, Question
from community.surveys.service import waves
from community.surveys.tallies import NO_PLACE

BY: Final = ("place", "area", "ward", "poster", "age", "daypart", "date", "week", "wave", "channel", *ATTRIBUTES[1:])
_MOST_NAMES: Final = 12


class UnknownName(UserError):
    """Something was asked for that is not there."""


class BadDates(UserError):
    """Days that are no days, or in the wrong order."""


@dataclass(frozen=True)
class Where:
    """The places counted. slug, name: of the place, area or ward chosen; None when everywhere. children: mostly
    children answer there (a school)."""

    place_ids: tuple[int, ...]
    kind: str | None = None
    slug: str | None = None
    name: str | None = None
    children: bool = False


@dataclass(frozen=True)
class PlaceRow:
    """A place as far as it is counted."""

    id: int
    slug: str
    name: str
    kind: str
    ward_code: str | None


def every_place() -> dict[int, PlaceRow]:
    """id -> place, in the order of their names."""
    return {row.id: PlaceRow(*row) for row in queries.places()}


def where(name: str | None, places: dict[int, PlaceRow]) -> Where:
    """The area with this slug, else the place (a town centre may be both), else the ward with this code; everywhere
    (and nowhere in particular) when None. Raises UnknownName."""
    if name is None:
        return Where((NO_PLACE, *places))
    areas = queries.areas()
    inside = [row for row in areas if row.slug == name]
    if inside:
        ids = tuple(row.place_id for row in inside if row.place_id is not None)
        return Where(ids, "area", name, inside[0].name)
    for place in places.values():
        if place.slug == name:
            return Where((place.id,), "place", place.slug, place.name, place.kind in CHILDREN_GATHER)
    for code, ward_name in queries.wards():
        if code.casefold() == name.casefold():
            ids = tuple(place.id for place in places.values() if place.ward_code == code)
            return Where(ids, "ward", code, ward_name)
    known = [place.slug for place in places.values()] + list(dict.fromkeys(row.slug for row in areas))
    raise UnknownName(
        f"There is no place, area or ward called {name[:80]!r}. {_near(name, known)}"
        "`places list` shows them all; a ward goes by its code."
    )


def fieldings(survey: str, wave: int | None) -> list[Fielding]:
    """The waves of a survey, latest opening first; one of them when a number is given. Raises UnknownName."""
    found = waves.waves_of(survey)
    if not found:
        raise UnknownName(f"The survey {survey!r} has not been opened yet, so there is nothing to count.")
    if wave is None:
        return found
    chosen = [fielding for fielding in found if fielding.number == wave]
    if not chosen:
        numbers = ", ".join(str(fielding.number) for fielding in reversed(found))
        raise UnknownName(f"{survey!r} has no wave {wave}. Waves there are: {numbers}.")
    return chosen


def asking(found: Sequence[Fielding], key: str | None) -> list[tuple[Fielding, Question]]:
    """The waves that ask a question and how each words it; without a key, the opening question of the first of them.
    Raises UnknownName, also for a question that is answered in words."""
    key = key or found[0].questionnaire.opening.key
    pairs = [(f, f.questionnaire.question(key)) for f in found if f.questionnaire.has_question(key)]
    countable = list(dict.fromkeys(q.key for f in found for q in f.questionnaire.questions if q.kind is not Kind.text))
    if not pairs:
        raise UnknownName(f"There is no question {key[:60]!r} in this survey. Questions: {', '.join(countable)}.")
    if pairs[0][1].kind is Kind.text:
        raise UnknownName(f"{key!r} is answered in words, which are not counted. Questions: {', '.join(countable)}.")
    return pairs


def breakdown(by: str | None) -> str | None:
    """The same, once it is known. Raises UnknownName."""
    if by is not None and by not in BY:
        raise UnknownName(f"Answers cannot be split by {by[:40]!r}. Split them by one of: {', '.join(BY)}.")
    return by


def day(text: str | date | None, which: str) -> date | None:
    """A day as typed, such as 2026-11-20. Raises BadDates."""
    if text is None or isinstance(text, date):
        return text
    try:
        return date.fromisoformat(text.strip())
    except ValueError as exc:
        raise BadDates(f"--{which} is {text[:40]!r}: write a day as 2026-11-20 (year, month, day).") from exc


def stretch(first: str | date | None, last: str | date | None) -> tuple[date | None, date | None]:
    """Both days, in order. Raises BadDates."""
    start, end = day(first, "from"), day(last, "to")
    if start and end and start > end:
        raise BadDates(f"--from {start} is after --to {end}: change them round.")
    return start, end


def _near(name: str, known: Iterable[str]) -> str:
    names = list(known)
    near = get_close_matches(name.casefold(), names, n=3)
    if near:
        return f"Did you mean {' or '.join(near)}? "
    return f"Some there are: {', '.join(names[:_MOST_NAMES])}. " if names else "There are no places yet. "
