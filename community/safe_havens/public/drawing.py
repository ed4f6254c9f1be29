"""A map drawn by ourselves: venues by the number they have in the list, over wards and landmarks. Those on other pages
of the list have a small mark without a number. Pure.

The picture is 360 wide: on a phone one unit is about one pixel."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from community.places.frame import Frame
from community.safe_havens.public.ground import Ground
from community.safe_havens.public.spreading import spread

WIDTH: Final = 360
MOST_HEIGHT, LEAST_HEIGHT = 420, 240
LEAST_SPAN_M: Final = 1600
"""So much ground is shown at least, so that one venue does not stand on an empty sheet."""
MARGIN: Final = 28
FOOT: Final = 20
"""Below the venues, for the scale."""
RADIUS, SMALL_RADIUS = 12, 6
"""Of a mark with a number, and of one without."""
MOVED: Final = 6
"""A mark that moved further than this is tied to its point by a line."""
LETTER: Final = 6.8
"""About the width of a letter of a label."""


@dataclass(frozen=True)
class Spot:
    """A venue to draw. number: that of the list; 0 for one on another page of it. lat, lon: degrees, WGS84."""

    number: int
    name: str
    lat: float
    lon: float
    is_open: bool


@dataclass(frozen=True)
class Mark:
    """Where something is in the picture. words: "" for a small mark. from_end: the words stand before the point, not
    after it. home: where a venue belongs; its mark may have made room for another."""

    x: float
    y: float
    words: str
    is_open: bool = False
    from_end: bool = False
    home: tuple[float, float] | None = None

    @property
    def radius(self) -> int:
        return RADIUS if self.words else SMALL_RADIUS

    @property
    def is_moved(self) -> bool:
        """Whether it is so far from home that a line has to tie it to its point."""
        return self.home is not None and math.dist((self.x, self.y), self.home) > MOVED


@dataclass(frozen=True)
class Drawing:
    """edges: wards as path data. bar: the scale's length in units, and what it stands for in metres."""

    height: int
    edges: Sequence[str]
    landmarks: Sequence[Mark]
    venues: Sequence[Mark]
    bar: float
    bar_m: int


def drawn(spots: Sequence[Spot], ground: Ground, *, least_span_m: float = LEAST_SPAN_M) -> Drawing:
    """A picture that holds all the spots, of which there is at least one; the first is drawn last, on top."""
    frame = Frame(
        [(spot.lat, spot.lon) for spot in spots], width=WIDTH, margin=MARGIN, least_span_m=least_span_m,
        foot=FOOT, least_height=LEAST_HEIGHT, most_height=MOST_HEIGHT,
    )  # fmt: skip
    venues = _marks(frame, spots)
    bar_m = next(m for m in (2000, 1000, 500, 200, 100) if m * frame.units_per_m <= WIDTH / 3 or m == 100)
    return Drawing(
        height=frame.height,
        edges=[frame.ring((lat, lon) for lon, lat in ring) for ring in ground.wards],
        landmarks=_labels(frame, ground, venues),
        venues=venues[::-1],
        bar=round(bar_m * frame.units_per_m, 1),
        bar_m=bar_m,
    )


def _marks(frame: Frame, spots: Sequence[Spot]) -> list[Mark]:
    """The venues, apart from each other."""
    homes = [frame.place(spot.lat, spot.lon) for spot in spots]
    radii = [RADIUS if spot.number else SMALL_RADIUS for spot in spots]
    apart = spread(homes, radii, width=WIDTH, height=frame.height - FOOT)
    return [
        Mark(*at, str(spot.number or ""), spot.is_open, home=home)
        for spot, at, home in zip(spots, apart, homes, strict=True)
    ]


def _labels(frame: Frame, ground: Ground, venues: Sequence[Mark]) -> list[Mark]:
    """Landmarks in the picture for whose names there is room, in their order."""
    taken = [
        (mark.x - mark.radius - 1, mark.y - mark.radius - 1, mark.x + mark.radius + 1, mark.y + mark.radius + 1)
        for mark in venues
    ]
    shown = []
    for one in ground.landmarks:
        x, y = frame.place(one.lat, one.lon)
        long = len(one.name) * LETTER + 8
        if not (8 <= x <= WIDTH - 8 and 16 <= y <= frame.height - 34):
            continue
        for from_end in (False, True):
            left, right = (x - long, x + 4) if from_end else (x - 4, x + long)
            box = (left, y - 9, right, y + 9)
            if left >= 2 and right <= WIDTH - 2 and not any(_meet(box, other) for other in taken):
                shown.append(Mark(x, y, one.name, from_end=from_end))
                taken.append(box)
                break
    return shown


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
