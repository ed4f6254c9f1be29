"""A poster that falls silent, or jumps, against what is usual for it. Pure.

A poster is only ever held against its own days, never against another's: a quiet park is not a broken poster. Before a
fortnight of them nothing is said. What is told is a reason to go and look, not a finding: rain, a holiday or a fair do
the same.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from community.shared.poisson import upper_point

USUAL_DAYS: Final = 28
"""Days that say what is usual."""
LEAST_DAYS: Final = 14
LOOK_BACK_DAYS: Final = 90
"""Days of scans to be handed in: a silence may have lasted long."""
FRESH_DAYS: Final = 7
"""How long a jump is told of."""
LEAST_QUIET_DAYS: Final = 2
BY_CHANCE: Final = 0.001
"""How unlikely a silence must be when scans come by chance at their usual rate (Poisson)."""
JUMP_FLOOR: Final = 30
_DAY: Final = timedelta(days=1)

Scans = Mapping[date, int]


@dataclass(frozen=True)
class Alert:
    """Why to go and look. silent: no scan since `day`, for `days` whole days. jump: `scans` on `day`, over `limit`.
    unseen: no scan at all since `day`. usual: scans on a usual day, 0 for unseen."""

    kind: Literal["silent", "jump", "unseen"]
    day: date
    days: int = 0
    scans: int = 0
    usual: float = 0.0
    limit: int = 0


def alerts(scans: Scans, *, hung_on: date, today: date) -> list[Alert]:
    """What is out of the ordinary about a poster that hangs since `hung_on`; the worst first, empty when nothing is.

    scans: London day -> scans, over the last LOOK_BACK_DAYS; a day without any may be absent. Scans before `hung_on`
    are left out: it may have hung elsewhere, or not at all."""
    counted = {day: n for day, n in scans.items() if n > 0 and hung_on <= day <= today}
    found = [_silence(counted, hung_on, today), _jump(counted, hung_on, today)]
    return [alert for alert in found if alert is not None]


def _silence(scans: Scans, first: date, today: date) -> Alert | None:
    if not scans:
        since = max(first, today - LOOK_BACK_DAYS * _DAY)
        days = (today - since).days
        return Alert("unseen", since, days=days) if days >= LEAST_DAYS else None
    last = max(scans)
    quiet = (today - last).days - 1  # today is not over yet
    base = _days(max(first, last - (USUAL_DAYS - 1) * _DAY), last)
    if len(base) < LEAST_DAYS or quiet < LEAST_QUIET_DAYS or quiet <= _longest_quiet(scans, base):
        return None
    usual = _mean(scans, base)
    if math.exp(-usual * quiet) > BY_CHANCE:
        return None
    return Alert("silent", last + _DAY, days=quiet, usual=usual)


def _jump(scans: Scans, first: date, today: date) -> Alert | None:
    """The latest day of the last week that neither the mean nor the second busiest day of the 28 before it explains.
    The second, so that a market day is usual on the next one and yet a single rush does not hide another."""
    for day in reversed(_days(today - (FRESH_DAYS - 1) * _DAY, today)):
        base = _days(max(first, day - USUAL_DAYS * _DAY), day - _DAY)
        if len(base) < LEAST_DAYS or scans.get(day, 0) <= JUMP_FLOOR:
            continue
        usual, busy = _mean(scans, base), sorted(scans.get(d, 0) for d in base)[-2]
        limit = max(JUMP_FLOOR, upper_point(usual), upper_point(busy))
        if scans[day] > limit:
            return Alert("jump", day, scans=scans[day], usual=usual, limit=limit)
    return None


def _days(first: date, last: date) -> list[date]:
    """Every day from one to another, both included."""
    return [first + n * _DAY for n in range((last - first).days + 1)]


def _mean(scans: Scans, days: Sequence[date]) -> float:
    return sum(scans.get(day, 0) for day in days) / len(days)


def _longest_quiet(scans: Scans, days: Sequence[date]) -> int:
    """The most days in a row without a scan: a library that is shut at weekends is quiet for two."""
    longest = run = 0
    for day in days:
        run = 0 if scans.get(day, 0) else run + 1
        longest = max(longest, run)
    return longest
