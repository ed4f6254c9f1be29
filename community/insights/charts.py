"""Where the marks of a chart stand, from 0 to 100 both ways; the templates draw them. Pure.

A line is broken where there is no share: a week in which nobody answered, or too few to be shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from community.insights.shown import Shown

Spot = tuple[float, Shown]
"""How far along a point stands, and what it shows."""


@dataclass(frozen=True)
class Bar:
    """One group's share. href: where more is said about it."""

    label: str
    value: Shown
    href: str | None = None


@dataclass(frozen=True)
class Point:
    """What a line passes through, or nothing."""

    on: date
    value: Shown | None


@dataclass(frozen=True)
class Line:
    """The paths of a line and of the range around it. first, last: the days at its ends."""

    line: str
    band: str
    first: date
    last: date


def every(first: date, last: date, step: timedelta, shown: dict[date, Shown]) -> list[Point]:
    """A point for each step from first to last, also where nothing is known."""
    days = [first + n * step for n in range((last - first) // step + 1)]
    return [Point(day, shown.get(day)) for day in days]


def line(points: Sequence[Point]) -> Line | None:
    """The line through points that stand evenly along; None when none of them has a share."""
    if not any(_has_share(point) for point in points):
        return None
    pieces = list(_pieces(points))
    return Line(
        line=" ".join(_through(piece) for piece in pieces),
        band=" ".join(_around(piece) for piece in pieces),
        first=points[0].on,
        last=points[-1].on,
    )


def _pieces(points: Sequence[Point]) -> Iterator[list[Spot]]:
    """Runs of points that have a share, each with where it stands along."""
    last = max(1, len(points) - 1)
    placed = [(100 * n / last if len(points) > 1 else 50.0, point) for n, point in enumerate(points)]
    for has_share, run in groupby(placed, key=lambda pair: _has_share(pair[1])):
        if has_share:
            yield [(x, point.value) for x, point in run if point.value is not None]


def _through(piece: list[Spot]) -> str:
    """A point on its own is a line of no length, which a round cap shows as a dot."""
    corners = [_at(x, value.x) for x, value in piece]
    return f"M{corners[0]}h0" if len(corners) == 1 else f"M{' L'.join(corners)}"


def _around(piece: list[Spot]) -> str:
    """The upper edge of the range from start to end, and the lower edge back."""
    if len(piece) == 1:
        ((x, value),) = piece
        return f"M{_at(x - 0.4, value.high)}H{x + 0.4:.2f}V{100 - (value.low or 0):.2f}H{x - 0.4:.2f}Z"
    corners = [_at(x, value.high) for x, value in piece] + [_at(x, value.low) for x, value in reversed(piece)]
    return f"M{' L'.join(corners)}Z"


def _at(x: float, share: float | None) -> str:
    return f"{x:.2f} {100 - (share or 0):.2f}"


def _has_share(point: Point) -> bool:
    return point.value is not None and point.value.x is not None
