"""What one response adds to the tallies, as a pure function; any change is the difference of two such sums.

An answer, a change of mind, a late age, a flag, a withdrawal and an import all go the same way:
`difference(contributions(before), contributions(after))`. Nothing else may move a tally.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

ANSWERED = "_answered"
"""Mark counted once for each response that chose something real in a multiple-choice question: its base."""
ALWAYS = ("channel", "daypart", "poster")
"""Attributes that every response has; each of the three alone adds up to everyone."""
NO_POSTER = "-"
NO_PLACE = 0


class Key(NamedTuple):
    """Where a response is counted; sorts in the order in which rows are written, so that writers never cross."""

    wave_id: int
    attribute: str
    question: str
    place_id: int
    day: date
    option: str
    group: str
    flagged: int


@dataclass(frozen=True)
class Snapshot:
    """A stored response, as far as it is counted. answers: question -> options and marks, nothing empty."""

    wave_id: int
    poster_id: int | None
    place_id: int | None
    answered_on: date
    daypart: str
    channel: str
    flags: int
    answers: Mapping[str, tuple[str, ...]]


def contributions(
    snapshot: Snapshot | None,
    *,
    attributes: Mapping[str, str],
    several: frozenset[str],
    missing: Mapping[str, frozenset[str]],
) -> Counter[Key]:
    """Key -> 1 for all that a response is counted under; empty for None, a response that is not there.

    Marks (_skipped, _not_asked, _written) are counted under `daypart` alone: how many are missing is asked of everyone,
    not of groups. attributes: question -> the attribute it gives (age -> age). several: questions that take several
    options. missing: question -> its options that are not an answer (prefer not to say). A group is an attribute's
    option; a response with no such answer is in no group of it, and is found as everyone less the groups."""
    counted: Counter[Key] = Counter()
    if snapshot is None:
        return counted
    groups = [("channel", snapshot.channel), ("daypart", snapshot.daypart)]
    groups.append(("poster", str(snapshot.poster_id) if snapshot.poster_id else NO_POSTER))
    for question, attribute in attributes.items():
        groups += [(attribute, option) for option in snapshot.answers.get(question, ()) if not option.startswith("_")]
    everyone = [("daypart", snapshot.daypart)]
    flagged = int(snapshot.flags > 0)
    for question, options in snapshot.answers.items():
        for option in _with_base(question, options, several, missing):
            for attribute, group in everyone if is_mark(option) else groups:
                counted[
                    Key(
                        snapshot.wave_id,
                        attribute,
                        question,
                        snapshot.place_id or NO_PLACE,
                        snapshot.answered_on,
                        option,
                        group,
                        flagged,
                    )
                ] = 1
    return counted


def is_mark(option: str) -> bool:
    """Whether an option is a mark of something missing or written, rather than something chosen."""
    return option.startswith("_") and option != ANSWERED


def _with_base(
    question: str, options: Sequence[str], several: frozenset[str], missing: Mapping[str, frozenset[str]]
) -> Sequence[str]:
    if question not in several:
        return options
    none = missing.get(question, frozenset())
    real = any(not option.startswith("_") and option not in none for option in options)
    return [*options, ANSWERED] if real else options


def difference(before: Counter[Key], after: Counter[Key]) -> list[tuple[Key, int]]:
    """(key, change) for every key whose count changes, in key order."""
    if not before:
        return sorted(after.items())
    keys = before.keys() | after.keys()
    return sorted((key, after[key] - before[key]) for key in keys if after[key] != before[key])
