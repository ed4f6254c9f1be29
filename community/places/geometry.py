"""Shapes on the map: which side of an edge a point lies, and how far two points are apart. Pure; WGS84 degrees.

Positions are (longitude, latitude), the order of GeoJSON (RFC 7946)."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

Position = tuple[float, float]
Ring = tuple[Position, ...]

EARTH_RADIUS_M: Final = 6_371_008.8
"""Mean radius of the Earth (IUGG, 2 a + b over 3)."""
MAX_POSITIONS: Final = 200_000
"""Corners in one shape; a ward drawn to the last kerb has some thousands."""


class BadGeometry(Exception):
    """A shape that cannot be used; the message says what is wrong, without a name or line."""


@dataclass(frozen=True)
class Polygon:
    """An edge and the holes cut from it; each ring closed (its first position is its last)."""

    edge: Ring
    holes: tuple[Ring, ...] = ()

    def contains(self, lon: float, lat: float) -> bool:
        return _inside(lon, lat, self.edge) and not any(_inside(lon, lat, hole) for hole in self.holes)


@dataclass(frozen=True)
class Shape:
    """One or more polygons that belong together, and the box round them: (west, south, east, north)."""

    polygons: tuple[Polygon, ...]
    box: tuple[float, float, float, float]

    def contains(self, lon: float, lat: float) -> bool:
        """Whether the point lies inside. Of two shapes that share an edge, at most one holds a point on it."""
        west, south, east, north = self.box
        if not (west <= lon <= east and south <= lat <= north):
            return False
        return any(polygon.contains(lon, lat) for polygon in self.polygons)


def shape_of(*polygons: Polygon) -> Shape:
    lons, lats = zip(*(position for polygon in polygons for position in polygon.edge), strict=True)
    return Shape(polygons, (min(lons), min(lats), max(lons), max(lats)))


def point_in_polygon(lon: float, lat: float, polygon: Polygon) -> bool:
    """Whether a point lies inside the edge and in none of the holes."""
    return polygon.contains(lon, lat)


def distance_m(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Metres over the ground between two points, the Earth taken as a ball (haversine; within 0.6%)."""
    a, b = math.radians(lat), math.radians(other_lat)
    half_lat, half_lon = (b - a) / 2, math.radians(other_lon - lon) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(a) * math.cos(b) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, chord)))


def read_geometry(geometry: object) -> Shape:
    """A GeoJSON Polygon or MultiPolygon as a shape. Heights are dropped. Raises BadGeometry."""
    if not isinstance(geometry, Mapping):
        raise BadGeometry("has no shape")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "Polygon":
        parts: list[Any] = [coordinates]
    elif kind == "MultiPolygon":
        parts = _list(coordinates, "a MultiPolygon's coordinates")
    else:
        raise BadGeometry(f"is a {kind!r}, not a Polygon or MultiPolygon")
    if not parts:
        raise BadGeometry("has no polygon in it")
    shape = shape_of(*(_read_polygon(part) for part in parts))
    corners = sum(len(ring) for polygon in shape.polygons for ring in (polygon.edge, *polygon.holes))
    if corners > MAX_POSITIONS:
        raise BadGeometry(f"has {corners:,} corners; simplify it to {MAX_POSITIONS:,} or fewer")
    return shape


def to_geojson(shape: Shape) -> dict[str, Any]:
    """The shape as a GeoJSON geometry, always a MultiPolygon."""
    return {
        "type": "MultiPolygon",
        "coordinates": [
            [[list(position) for position in ring] for ring in (polygon.edge, *polygon.holes)]
            for polygon in shape.polygons
        ],
    }


def _read_polygon(rings: object) -> Polygon:
    read = [_read_ring(ring) for ring in _list(rings, "a polygon")]
    if not read:
        raise BadGeometry("has a polygon without an edge")
    return Polygon(read[0], tuple(read[1:]))


def _read_ring(ring: object) -> Ring:
    positions = tuple(_read_position(position) for position in _list(ring, "a ring"))
    if len(positions) < 4:
        raise BadGeometry(f"has a ring of {len(positions)} positions; a closed ring has at least 4")
    if positions[0] != positions[-1]:
        raise BadGeometry(f"has a ring that is not closed: it begins at {positions[0]} and ends at {positions[-1]}")
    if len(set(positions)) < 3:
        raise BadGeometry("has a ring without area")
    return positions


def _read_position(position: object) -> Position:
    numbers = _list(position, "a position")
    if len(numbers) not in (2, 3) or not all(_is_number(n) for n in numbers):
        raise BadGeometry("has a position that is not two numbers, longitude then latitude")
    lon, lat = float(numbers[0]), float(numbers[1])
    if abs(lon) > 180 or abs(lat) > 90:
        raise BadGeometry(f"has the position {lon:g}, {lat:g}, which is not longitude and latitude in degrees (WGS84)")
    return lon, lat


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -1e9 < value < 1e9  # NaN is in no range


def _list(value: object, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise BadGeometry(f"has {what} that is not a list")
    return value


def _inside(lon: float, lat: float, ring: Ring) -> bool:
    # Count the edges crossed on the way east. An edge holds its lower end and not its upper one, so that a corner
    # is counted once, and a point on a line between two shapes is never in both.
    inside = False
    for start, end in itertools.pairwise(ring):
        if (start[1] > lat) == (end[1] > lat):
            continue
        # Always from the lower end up: two shapes then reckon an edge they share alike, to the last bit.
        low, high = (end, start) if start[1] > end[1] else (start, end)
        if lon < low[0] + (lat - low[1]) / (high[1] - low[1]) * (high[0] - low[0]):
            inside = not inside
    return inside
