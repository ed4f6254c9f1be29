"""From sums of tallies to the rows of a table: bases, shares, ranges, with and without flagged answers. Pure.

Counts here are (group, option, flagged 0 or 1) -> responses. In *answers* the option ANSWERED holds each group's base.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from community.insights.hiding import Figures
from community.insights.wilson import wilson
from community.surveys.questionnaire import AGE, IMPORTED_AGE, Kind, Question
from community.surveys.tallies import ANSWERED, is_mark

Counts = Counter[tuple[str, str, int]]


@dataclass(frozen=True)
class Row:
    """One cell of a table: how many of a group chose an option."""

    group: str
    option: str
    figures: Figures


def answers(counts: Mapping[tuple[str, str, int], int], question: Question) -> Counts:
    """Only what is an answer: marks and options that say nothing (prefer not to say) go. The base of a single choice
    is the sum of its answers; a multiple choice brings its own, since one person may choose several."""
    none = {option.key for option in question.options if option.missing}
    kept: Counts = Counter()
    for (group, option, flagged), n in counts.items():
        if is_mark(option) or option in none:
            continue
        kept[group, option, flagged] += n
        if question.kind is not Kind.multiple:
            kept[group, ANSWERED, flagged] += n
    return kept


def options_of(questions: Sequence[Question], found: Iterable[str]) -> tuple[str, ...]:
    """The options of a table: those of the first question in its order, then what earlier wordings had besides, then
    what else was found (numbers, places, the age band of older surveys), where it belongs. Under 13 only when somebody
    is: their answers are deleted, so a nought would not mean that there were none."""
    chosen = {option for option in found if option != ANSWERED}
    known = dict.fromkeys(
        o.key
        for question in questions
        for o in question.options
        if not o.missing and (question.key != AGE or o.key != "under_13" or o.key in chosen)
    )
    return in_order(tuple(known), chosen)


def in_order(known: Sequence[str], found: Iterable[str]) -> tuple[str, ...]:
    """The known keys, then those found besides: numbers by size, the rest by letter, 13-17 beside its halves."""
    more = sorted(
        set(found) - set(known), key=lambda key: (not key.isdecimal(), int(key) if key.isdecimal() else 0, key)
    )
    ordered = [*known, *more]
    if IMPORTED_AGE in more and "16-17" in known:
        ordered.remove(IMPORTED_AGE)
        ordered.insert(ordered.index("16-17") + 1, IMPORTED_AGE)
    return tuple(ordered)


def groups_of(question: Question, found: Iterable[str]) -> tuple[str, ...]:
    """The groups an attribute's question makes, in its order, also those nobody is in; under 13 only when somebody is
    (their answers are deleted, so nobody should be)."""
    found = set(found)
    known = [o.key for o in question.options if question.key != AGE or o.key != "under_13" or o.key in found]
    return in_order(known, found)


def everyone_but(everyone: Counts, groups: Counts, name: str) -> Counts:
    """Those who are in none of the groups, as a group of this name; only for groups that nobody is in twice."""
    rest: Counts = Counter()
    for (_, option, flagged), n in everyone.items():
        rest[name, option, flagged] += n
    for (_, option, flagged), n in groups.items():
        rest[name, option, flagged] -= n
    return +rest


def rows(counts: Counts, groups: Sequence[str], options: Sequence[str]) -> list[Row]:
    """A row for each group and option, in this order; what nobody chose stands with 0. counts: answers."""
    return [Row(group, option, figures(counts, group, option)) for group in groups for option in options]


def figures(counts: Counts, group: str, option: str) -> Figures:
    """Count, base, share and range of one cell; count and share again without flagged answers."""
    unflagged, flagged = counts[group, option, 0], counts[group, option, 1]
    base_unflagged, base_flagged = counts[group, ANSWERED, 0], counts[group, ANSWERED, 1]
    count, base = unflagged + flagged, base_unflagged + base_flagged
    bounds = wilson(count, base)
    return Figures(
        count=count,
        base=base,
        share=count / base if base else None,
        low=bounds[0] if bounds else None,
        high=bounds[1] if bounds else None,
        count_unflagged=unflagged,
        base_unflagged=base_unflagged,
        share_unflagged=unflagged / base_unflagged if base_unflagged else None,
    )


def base(counts: Counts) -> int:
    """How many answered, over all groups."""
    return sum(n for (_, option, _), n in counts.items() if option == ANSWERED)
