"""Where people said that they feel unsafe and no Safe Haven's door is open near: place by part of the day. Pure.

A haven counts for a part of the day when, added up over Monday to Friday, its usual hours hold at least three quarters
of that part; and by itself for Saturday and Sunday. Bank holidays and single days with other hours are left out: this
is about the usual week. Distances are straight lines.

Answers tell the part of the day and not the day of the week, so one share stands beside both. Places stand in the order
of the lower end of the Wilson range of the share who felt unsafe, flagged answers left out: a place with many answers
comes before one where three of four said so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from community.insights.hiding import LEAST, LEAST_BASE_CHILDREN, LEAST_UNDER_18
from community.insights.wilson import wilson
from community.places.geometry import distance_m
from community.shared.clock import Daypart
from community.support.hours import DAY_MINUTES, DAYS, Hours

NEAR_M: Final = 400
FAR_M: Final = 800
MOSTLY: Final = 0.75
"""How much of a part of the day a haven must be open to count for it."""
WEEKDAYS: Final = DAYS[:5]
WEEKEND: Final = DAYS[5:]
LEAST_TO_CALL_IT: Final = 30
"""A share that stands on fewer answers than this is marked as small."""


@dataclass(frozen=True)
class Spot:
    """A place. children: mostly children answer there, so less is shown."""

    slug: str
    name: str
    lat: float
    lon: float
    children: bool = False


@dataclass(frozen=True)
class Said:
    """How many felt unsafe of those who answered, flagged answers left out, at a place in a part of the day."""

    unsafe: int
    base: int
    flagged: int

    def is_hidden(self, *, children: bool) -> bool:
        """Whether it is too small to be shown: from 1 to 4 who felt unsafe, or in all; where mostly children answer,
        from 1 to 9, or fewer than 30 in all."""
        least = LEAST_UNDER_18 if children else LEAST
        small = any(0 < n < least for n in (self.unsafe, self.base))
        return small or (children and self.base < LEAST_BASE_CHILDREN)


@dataclass(frozen=True)
class Door:
    """A listed haven: where it is, and its hours."""

    name: str
    lat: float
    lon: float
    hours: Hours


@dataclass(frozen=True)
class Gap:
    """A place and part of the day at which people felt unsafe and no haven within 400 m is open, on weekdays or at
    weekends. share, low, high: from 0 to 1. weekday_m, weekend_m: metres to the nearest haven that is open then, in a
    straight line; None when there is none at all."""

    spot: Spot
    daypart: Daypart
    unsafe: int
    base: int
    flagged: int
    share: float
    low: float
    high: float
    weekday_m: float | None
    weekend_m: float | None

    @property
    def is_small(self) -> bool:
        return self.base < LEAST_TO_CALL_IT

    def none_within(self, radius_m: float) -> tuple[bool, bool]:
        """Whether no haven is open within so many metres on weekdays, and at weekends."""
        return _beyond(self.weekday_m, radius_m), _beyond(self.weekend_m, radius_m)


@dataclass(frozen=True)
class Found:
    """gaps: those to see to first on top. hidden: places and parts of the day with too few answers to be shown."""

    gaps: tuple[Gap, ...]
    hidden: int
    covered: int
    safe: int


def gaps(said: Mapping[tuple[Spot, Daypart], Said], doors: Sequence[Door]) -> Found:
    """Every place and part of the day with answers, sorted into gaps, hidden, covered (a haven within 400 m is open,
    all week) and safe (nobody felt unsafe)."""
    found: list[Gap] = []
    hidden = covered = safe = 0
    nearest = _Nearest(doors)
    for (spot, part), counts in said.items():
        if counts.base == 0:
            continue
        if counts.is_hidden(children=spot.children):
            hidden += 1
            continue
        if counts.unsafe == 0:
            safe += 1
            continue
        weekday_m, weekend_m = nearest.of(spot, part, WEEKDAYS), nearest.of(spot, part, WEEKEND)
        if not (_beyond(weekday_m, NEAR_M) or _beyond(weekend_m, NEAR_M)):
            covered += 1
            continue
        low, high = wilson(counts.unsafe, counts.base) or (0.0, 1.0)
        share = counts.unsafe / counts.base
        found.append(
            Gap(spot, part, counts.unsafe, counts.base, counts.flagged, share, low, high, weekday_m, weekend_m)
        )
    found.sort(key=lambda gap: (-gap.low, -gap.base, gap.spot.name, gap.daypart))
    return Found(tuple(found), hidden, covered, safe)


def open_share(hours: Hours, part: Daypart, days: Iterable[str]) -> float:
    """How much of a part of the day a door is open on these days of its usual week, from 0 to 1.

    >>> from community.support.hours import parse
    >>> open_share(parse("Mo-Fr 09:00-18:00"), Daypart.AFTER_SCHOOL, WEEKDAYS)
    0.75
    """
    start, end = int(part[:2]) * 60, int(part[3:]) * 60
    wanted = tuple(days)
    return sum(_minutes(hours, day, start, end) for day in wanted) / (len(wanted) * (end - start))


def _minutes(hours: Hours, day: str, start: int, end: int) -> int:
    """Minutes open between two of a weekday, those that go on from the evening before included."""
    before = DAYS[DAYS.index(day) - 1]
    spans = [*hours.spans.get(day, ())]
    spans += [(0, until - DAY_MINUTES) for _, until in hours.spans.get(before, ()) if until > DAY_MINUTES]
    spans.sort()
    minutes, reached = 0, start
    for opens, closes in spans:
        opens, closes = max(opens, reached), min(closes, end)  # noqa: PLW2901  clipped to what is not yet counted
        if closes > opens:
            minutes, reached = minutes + closes - opens, closes
    return minutes


class _Nearest:
    """The nearest door that is open for most of a part of the day. Which are, is worked out once for each."""

    def __init__(self, doors: Sequence[Door]) -> None:
        self._doors = doors
        self._open = cache(self._open_in)

    def of(self, spot: Spot, part: Daypart, days: tuple[str, ...]) -> float | None:
        distances = (distance_m(spot.lat, spot.lon, door.lat, door.lon) for door in self._open(part, days))
        return min(distances, default=None)

    def _open_in(self, part: Daypart, days: tuple[str, ...]) -> tuple[Door, ...]:
        return tuple(door for door in self._doors if open_share(door.hours, part, days) >= MOSTLY)


def _beyond(distance: float | None, radius_m: float) -> bool:
    return distance is None or distance > radius_m
