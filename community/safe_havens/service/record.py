"""One venue with all that came of it: what it needs, its training, how often it helped, what visitors said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Row

from community.safe_havens import desk_queries
from community.safe_havens.kinds import FEEDBACK, USE_OUTCOMES, VALID_DAYS
from community.safe_havens.models import HavenProblem, SafeHaven
from community.safe_havens.service import readiness
from community.safe_havens.service.lasting import hidden_because
from community.safe_havens.service.readiness import Need

MONTHS: Final = 12


@dataclass(frozen=True)
class Month:
    """How often a venue helped, and what visitors said, in a month; counts."""

    first: date
    uses: int
    feedback: Mapping[str, int]


@dataclass(frozen=True)
class Record:
    """One venue. trained: within the last year. outcomes: how its uses of the last year ended."""

    haven: SafeHaven
    place: str | None
    needs: Sequence[Need]
    why_not: tuple[str, ...]
    is_listed: bool
    trained: int
    months: Sequence[Month]
    outcomes: Mapping[str, int]
    problems: Sequence[HavenProblem]


def record_of(haven: SafeHaven, today: date) -> Record:
    """All of one venue."""
    since = _months_back(today.replace(day=1), MONTHS - 1)
    uses, said = desk_queries.uses(haven.id, since), desk_queries.feedback(haven.id, since)
    why_not = hidden_because(haven, today)
    return Record(
        haven=haven,
        place=desk_queries.place_name(haven.place_id),
        needs=readiness.needs(haven, today=today),
        why_not=why_not,
        is_listed=haven.status == "approved" and not why_not,
        trained=desk_queries.trained_since(haven.id, today - timedelta(days=VALID_DAYS)),
        months=_by_month(since, today, uses, said),
        outcomes=_in_order(Counter({o: sum(n for _, key, n in uses if key == o) for _, o, _ in uses}), USE_OUTCOMES),
        problems=desk_queries.problems(haven.id),
    )


def _by_month(
    since: date, today: date, uses: Sequence[Row[date, str, int]], said: Sequence[Row[date, str, int]]
) -> list[Month]:
    """The latest month first."""
    used: Counter[date] = Counter()
    spoken: dict[date, Counter[str]] = {}
    for on, _, n in uses:
        used[on.replace(day=1)] += n
    for on, what, n in said:
        spoken.setdefault(on.replace(day=1), Counter())[what] += n
    months, first = [], today.replace(day=1)
    while first >= since:
        if used[first] or first in spoken:
            months.append(Month(first, used[first], _in_order(spoken.get(first, Counter()), FEEDBACK)))
        first = _months_back(first, 1)
    return months


def _in_order(counts: Counter[str], words: Mapping[str, str]) -> dict[str, int]:
    return {label: counts[key] for key, label in words.items() if counts[key]}


def _months_back(first: date, months: int) -> date:
    for _ in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    return first
