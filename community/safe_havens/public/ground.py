"""What lies under the venues on a map, from our own tables alone: edges of wards, and places to find one's way by."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from community.places.geometry import Position, Ring, Shape, read_geometry
from community.safe_havens import queries
from community.shared.runtime import runtime

LANDMARK_KINDS: Final = ("station", "town_centre", "market", "library", "park", "leisure", "street")
"""In the order in which they are given room on a map."""
FINEST_DEGREES: Final = 0.00015
"""About 15 m: a bend smaller than that is drawn straight."""


@dataclass(frozen=True)
class Landmark:
    """lat, lon: degrees, WGS84. is_main: named also on a map of the whole borough."""

    name: str
    lat: float
    lon: float
    is_main: bool


@dataclass(frozen=True)
class Ground:
    """wards: the outer edges, simplified. credits: lines to print with the map, each once, without a full stop."""

    wards: Sequence[Ring]
    landmarks: Sequence[Landmark]
    credits: Sequence[str]

    def to_geojson(self) -> dict[str, Any]:
        """A FeatureCollection: a polygon for each edge, a point for each landmark."""
        shapes: list[dict[str, Any]] = [
            _feature("Polygon", [[_rounded(position) for position in ring]]) for ring in self.wards
        ]
        points = [
            _feature("Point", _rounded((one.lon, one.lat)), name=one.name, main=one.is_main) for one in self.landmarks
        ]
        return {"type": "FeatureCollection", "features": shapes + points}


def ground() -> Ground:
    """As it was within the last hour: it changes when a council's map is loaded."""
    return runtime().pages.get(("havens", "ground"), _ground)


def _ground() -> Ground:
    wards, landmarks = queries.ward_shapes(), queries.landmarks(LANDMARK_KINDS)
    edges: list[Ring] = []
    for _, boundary, _ in wards:
        shape: Shape = read_geometry(json.loads(boundary))
        edges += [simplified(polygon.edge, FINEST_DEGREES) for polygon in shape.polygons]
    told = [credit for *_, credit in wards] + [credit for *_, credit in landmarks]
    points = [Landmark(name, lat, lon, kind == LANDMARK_KINDS[0]) for name, kind, lat, lon, _ in landmarks]
    return Ground(edges, points, tuple(dict.fromkeys(credit.rstrip(".") for credit in told if credit)))


def simplified(ring: Ring, finest: float) -> Ring:
    """A ring with fewer corners, none of them moved: those nearer than `finest` degrees to the line between their
    neighbours are left out (Douglas and Peucker, 1973). At least a triangle, closed."""
    far = max(range(len(ring)), key=lambda n: math.dist(ring[n], ring[0]))
    kept = {0, far, len(ring) - 1}
    stretches = [(0, far), (far, len(ring) - 1)]
    while stretches:
        start, end = stretches.pop()
        inner = range(start + 1, end)
        if not inner:
            continue
        worst = max(inner, key=lambda n: _off(ring[n], ring[start], ring[end]))
        if _off(ring[worst], ring[start], ring[end]) > finest:
            kept.add(worst)
            stretches += [(start, worst), (worst, end)]
    return tuple(ring[n] for n in sorted(kept)) if len(kept) >= 4 else ring


def _off(point: Position, start: Position, end: Position) -> float:
    """How far a point is from the line between two others, in degrees."""
    length = math.dist(start, end)
    if not length:
        return math.dist(point, start)
    across = (end[0] - start[0]) * (start[1] - point[1]) - (start[0] - point[0]) * (end[1] - start[1])
    return abs(across) / length


def _rounded(position: Position) -> list[float]:
    return [round(position[0], 5), round(position[1], 5)]


def _feature(kind: str, coordinates: Any, **properties: str | bool) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}
