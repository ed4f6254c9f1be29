"""A map of gaps, drawn by the server: the edges of wards where we have them, a dot for each haven, a numbered disc for
each place. Pure. A flat projection about the middle: within a borough it bends nothing that anybody could see."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 420
MARGIN: Final = 28
LEAST_SPAN: Final = 0.01
"""Degrees of latitude that a map shows at least, so that one place alone is not drawn as a world."""

Point = tuple[float, float]
"""Latitude, longitude; degrees."""


@dataclass(frozen=True)
class Disc:
    """A place on the map; x, y: units of the picture. number: its rank."""

    x: float
    y: float
    number: int
    name: str


@dataclass(frozen=True)
class Picture:
    """What the template draws. edges: the `d` of a path. radius: 400 m in units."""

    width: int
    height: int
    edges: str
    discs: tuple[Disc, ...]
    dots: tuple[Point, ...]
    radius: float


def picture(
    places: Sequence[tuple[str, float, float]], havens: Sequence[Point], edges: Iterable[str]
) -> Picture | None:
    """places: (name, latitude, longitude), in order of rank; one drawn under its first rank only. edges: GeoJSON of
    wards. None when there is nothing to draw."""
    rings = [ring for text in edges for ring in _rings(json.loads(text))]
    known = [(lat, lon) for _, lat, lon in places] + list(havens) + [point for ring in rings for point in ring]
    if not places:
        return None
    lats, lons = [lat for lat, _ in known], [lon for _, lon in known]
    middle = (min(lats) + max(lats)) / 2
    squeeze = math.cos(math.radians(middle))
    tall = max(max(lats) - min(lats), LEAST_SPAN)
    wide = max((max(lons) - min(lons)) * squeeze, LEAST_SPAN)
    scale = (WIDTH - 2 * MARGIN) / wide
    height = round(tall * scale) + 2 * MARGIN

    def at(lat: float, lon: float) -> Point:
        return round(MARGIN + (lon - min(lons)) * squeeze * scale, 1), round(MARGIN + (max(lats) - lat) * scale, 1)

    discs: dict[str, Disc] = {}
    for number, (name, lat, lon) in enumerate(places, start=1):
        if name not in discs:
            discs[name] = Disc(*at(lat, lon), number, name)
    return Picture(
        WIDTH,
        height,
        " ".join("M" + " L".join(f"{x} {y}" for x, y in (at(*point) for point in ring)) + "Z" for ring in rings),
        tuple(discs.values()),
        tuple(at(*point) for point in havens),
        round(400 / 111_195 * scale, 1),
    )


def _rings(geometry: dict[str, object]) -> list[list[Point]]:
    """The outer edge of each polygon of a MultiPolygon or Polygon, as places.geometry writes it."""
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[(lat, lon) for lon, lat, *_ in polygon[0]] for polygon in parts]  # type: ignore[attr-defined]
