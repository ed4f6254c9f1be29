"""A map of gaps, drawn by the server: the edges of wards where we have them, a dot for each haven, a numbered disc for
each place. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from community.insights.coverage import NEAR_M
from community.places.frame import Frame

WIDTH: Final = 420
MARGIN: Final = 28
LEAST_SPAN_M: Final = 1600

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
    """What the template draws. edges: the `d` of a path. radius: NEAR_M in units."""

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
    frame = Frame(known, width=WIDTH, margin=MARGIN, least_span_m=LEAST_SPAN_M)
    discs: dict[str, Disc] = {}
    for number, (name, lat, lon) in enumerate(places, start=1):
        if name not in discs:
            discs[name] = Disc(*frame.place(lat, lon), number, name)
    return Picture(
        WIDTH,
        frame.height,
        " ".join(map(frame.ring, rings)),
        tuple(discs.values()),
        tuple(frame.place(*point) for point in havens),
        round(NEAR_M * frame.units_per_m, 1),
    )


def _rings(geometry: dict[str, object]) -> list[list[Point]]:
    """The outer edge of each polygon of a MultiPolygon or Polygon, as places.geometry writes it."""
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[(lat, lon) for lon, lat, *_ in polygon[0]] for polygon in parts]  # type: ignore[attr-defined]
