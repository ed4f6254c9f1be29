"""Free words as an analyst may read them: under their place and month where enough people wrote there then, all others
together without either. Pure.

A place counts as an attribute (design, section 2.2): what one person wrote must not be told from few by where and when
they wrote it. Months are the finest time, whatever days are asked for, so that no two lists differ by a day's words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from community.insights import hiding
from community.insights.spans import month_after
from community.surveys.questionnaire import AGE_FROM, IMPORTED_AGE, SENSITIVE_FROM, Question, least_age

PAGE: Final = 50
"""Texts on one page."""


@dataclass(frozen=True)
class Group:
    """How many wrote at a place (0: none) in a month (its first day)."""

    place_id: int
    month: date
    n: int


@dataclass(frozen=True)
class Stretch:
    """Texts to fetch: those of one group, or, when that is None, of all that stand without place and month. skip: so
    many of them stand on pages before."""

    group: Group | None
    skip: int
    take: int


def least_listed(question: Question, *, children: bool) -> int:
    """The fewest comments that stand under their place and month. Whoever writes is not asked how old they are here: 1
    to 9 are too few wherever under-18s may write. children: mostly children answer at the place."""
    return hiding.LEAST_BASE_CHILDREN if children else hiding.least_shown(ages_of(question))


def ages_of(question: Question) -> tuple[str, ...]:
    """The bands in which everyone is old enough to be given the box. Age unknown never is."""
    since = SENSITIVE_FROM if question.min_age is None else question.min_age
    return tuple(band for band in (*AGE_FROM, IMPORTED_AGE) if (least_age(band) or 0) >= since)


def whole_months(first: date | None, last: date | None) -> tuple[date | None, date | None]:
    """The days of every month that these days touch."""
    start = first.replace(day=1) if first else None
    return start, _last_of(last) if last else None


def _last_of(day: date) -> date:
    return date.max if (day.year, day.month) == (date.max.year, 12) else month_after(day) - timedelta(days=1)


def pages_of(n: int) -> int:
    """How many pages so many texts take; one, when there are none."""
    return max(1, -(-n // PAGE))


def stretches(groups: Sequence[Group], others: int, page: int | None) -> Iterator[Stretch]:
    """What stands on a page, from 1; on all of them when None. groups: large enough, in their order; others: how many
    texts stand without place and month, after them."""
    begins, ends = (0, None) if page is None else ((page - 1) * PAGE, page * PAGE)
    at = 0
    for group, n in [*((group, group.n) for group in groups), *([(None, others)] if others else [])]:
        skip = max(0, begins - at)
        take = min(n, n if ends is None else ends - at) - skip
        if take > 0:
            yield Stretch(group, skip, take)
        at += n


def large_enough(groups: Collection[Group], least: dict[int, int]) -> list[Group]:
    """Those of which place and month may be named. least: place id -> the fewest; a place that is not in it is none."""
    return [group for group in groups if group.place_id in least and group.n >= least[group.place_id]]
