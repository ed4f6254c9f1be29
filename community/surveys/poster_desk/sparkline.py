"""A fortnight of a poster as small bars, and in words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from community.surveys.funnel import Day

BAR: Final = 9
"""Units from one day's bar to the next, 7 of them filled."""
HEIGHT: Final = 32
_LEAST: Final = 2
"""The lowest bar of a day that had any scan: one is not none."""


@dataclass(frozen=True)
class Bar:
    """One day: where it stands, how high its scans reach and how high of that its first taps; in units of the view."""

    x: int
    scans: int
    taps: int


@dataclass(frozen=True)
class Sparkline:
    """bars over `width` by `height` units; words: the same as a sentence, for whoever does not see them."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    words: str


def sparkline(days: Sequence[Day]) -> Sparkline:
    """Each poster against its own busiest day."""
    most = max((max(day.scans, day.taps) for day in days), default=0)
    bars = tuple(Bar(n * BAR, _high(day.scans, most), _high(day.taps, most)) for n, day in enumerate(days))
    return Sparkline(bars, len(days) * BAR - 2 if days else 0, HEIGHT, _words(days))


def _high(n: int, most: int) -> int:
    return max(_LEAST, round(n / most * HEIGHT)) if n else 0


def _words(days: Sequence[Day]) -> str:
    if not days:
        return "No days yet."
    first, last = days[0].on, days[-1].on
    counts = ", ".join(str(day.scans) for day in days)
    return f"Scans each day from {first.day} {first:%B} to {last.day} {last:%B}: {counts}."
