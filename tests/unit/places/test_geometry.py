"""Points, edges and distances, tried on shapes of our own and against a second way of reckoning."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from community.places.geometry import (
    MAX_POSITIONS,
    BadGeometry,
    Polygon,
    Position,
    distance_m,
    point_in_polygon,
    read_geometry,
    shape_of,
    to_geojson,
)


def square(west: float, south: float, east: float, north: float) -> tuple[Position, ...]:
    return ((west, south), (east, south), (east, north), (west, north), (west, south))


# Two made-up wards side by side, and an L-shaped one round them with a hole (a park that is another council's).
WEST = shape_of(Polygon(square(0.0, 51.0, 0.5, 52.0)))
EAST = shape_of(Polygon(square(0.5, 51.0, 1.0, 52.0)))
HOLED = Polygon(((0, 0), (10, 0), (10, 4), (4, 4), (4, 10), (0, 10), (0, 0)), (square(1, 1, 3, 3),))
RIVER = shape_of(Polygon(square(0, 0, 1, 1)), Polygon(square(2, 0, 3, 1)))


@pytest.mark.parametrize(
    ("lon", "lat", "inside"),
    [
        (0.5, 0.5, True),
        (9.0, 3.0, True),
        (2.0, 9.0, True),
        (2.0, 2.0, False),  # in the hole
        (9.0, 9.0, False),  # in the corner that the L leaves out
        (-0.1, 0.5, False),
        (11.0, 1.0, False),
    ],
)
def test_a_point_is_inside_the_edge_and_outside_the_holes(lon: float, lat: float, inside: bool) -> None:
    assert point_in_polygon(lon, lat, HOLED) is inside


def test_both_parts_of_a_ward_cut_by_a_river_belong_to_it() -> None:
    assert [RIVER.contains(lon, 0.5) for lon in (0.5, 1.5, 2.5)] == [True, False, True]


def test_a_ray_through_a_corner_counts_it_once() -> None:
    diamond = Polygon(((0, 1), (1, 0), (2, 1), (1, 2), (0, 1)))
    assert point_in_polygon(0.5, 1.0, diamond)
    assert not point_in_polygon(-0.5, 1.0, diamond)
    assert not point_in_polygon(-0.5, 0.0, diamond)
    assert not point_in_polygon(-0.5, 2.0, diamond)


@given(st.floats(51.001, 51.999))
def test_a_point_on_a_shared_edge_lies_in_exactly_one_ward(lat: float) -> None:
    assert WEST.contains(0.5, lat) + EAST.contains(0.5, lat) == 1


coordinates = st.integers(-50, 50).map(lambda n: n / 8)
points = st.tuples(coordinates, coordinates)


@given(st.lists(points, min_size=3, max_size=3, unique=True), points)
def test_any_triangle_holds_a_point_when_it_is_on_the_same_side_of_all_three_edges(
    corners: list[Position], point: Position
) -> None:
    sides = [_side(corners[i], corners[(i + 1) % 3], point) for i in range(3)]
    assume(all(sides) and _side(*corners))
    expected = all(side > 0 for side in sides) or all(side < 0 for side in sides)
    assert point_in_polygon(*point, Polygon((*corners, corners[0]))) is expected


def _side(a: Position, b: Position, c: Position) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


@given(points, points, points, points, points)
def test_a_line_across_a_square_leaves_each_point_in_exactly_one_half(
    a: Position, b: Position, c: Position, d: Position, point: Position
) -> None:
    left, right = min(a[0], b[0]), max(a[0], b[0]) + 1
    bottom, top = min(c[1], d[1]), max(c[1], d[1]) + 1
    cut = (left + (right - left) * 0.3, bottom), (left + (right - left) * 0.7, top)
    assume(left <= point[0] < right and bottom <= point[1] < top)
    one = shape_of(Polygon(((left, bottom), cut[0], cut[1], (left, top), (left, bottom))))
    other = shape_of(Polygon((cut[0], (right, bottom), (right, top), cut[1], cut[0])))
    assert one.contains(*point) + other.contains(*point) == 1


@given(st.lists(points, min_size=3, max_size=8, unique=True), points, st.integers(0, 7))
def test_where_a_ring_begins_and_which_way_it_turns_do_not_matter(
    corners: list[Position], point: Position, start: int
) -> None:
    turned = corners[start % len(corners) :] + corners[: start % len(corners)]
    here = point_in_polygon(*point, Polygon((*corners, corners[0])))
    assert point_in_polygon(*point, Polygon((*turned, turned[0]))) is here
    assert point_in_polygon(*point, Polygon((turned[0], *reversed(turned[1:]), turned[0]))) is here


def test_a_degree_of_latitude_is_111_km_and_one_of_longitude_shrinks_with_the_cosine() -> None:
    assert distance_m(51, 0, 52, 0) == pytest.approx(111_195, abs=1)
    assert distance_m(60, 0, 60, 1) == pytest.approx(111_195 / 2, rel=1e-4)
    assert distance_m(0, 0, 0, 180) == pytest.approx(math.pi * 6_371_008.8)


def test_barking_and_upney_stations_are_1_3_km_apart() -> None:
    assert distance_m(51.53998, 0.08080, 51.53827, 0.09973) == pytest.approx(1323, abs=5)


latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)


@given(latitudes, longitudes, latitudes, longitudes)
def test_distance_agrees_with_the_chord_through_the_earth(lat: float, lon: float, lat_b: float, lon_b: float) -> None:
    a, b = _on_ball(lat, lon), _on_ball(lat_b, lon_b)
    chord = math.dist(a, b)
    assert (
        distance_m(lat, lon, lat_b, lon_b)
        == pytest.approx(2 * 6_371_008.8 * math.asin(min(1.0, chord / 2)), rel=1e-6, abs=0.01)
        or chord > 1.9999
    )  # where the two ways are both unsure
    assert distance_m(lat, lon, lat_b, lon_b) == distance_m(lat_b, lon_b, lat, lon)
    assert distance_m(lat, lon, lat, lon) == 0


def _on_ball(lat: float, lon: float) -> tuple[float, float, float]:
    phi, theta = math.radians(lat), math.radians(lon)
    return math.cos(phi) * math.cos(theta), math.cos(phi) * math.sin(theta), math.sin(phi)


def geometry(coordinates: Any, kind: str = "Polygon") -> dict[str, Any]:
    return json.loads(json.dumps({"type": kind, "coordinates": coordinates}))


def test_geojson_is_read_and_written_back() -> None:
    shape = read_geometry(geometry([HOLED.edge, *HOLED.holes]))
    assert shape.polygons == (HOLED,)
    assert shape.box == (0, 0, 10, 10)
    assert read_geometry(json.loads(json.dumps(to_geojson(RIVER)))) == RIVER


def test_heights_are_dropped() -> None:
    ring = [[*position, 12.5] for position in square(0, 0, 1, 1)]
    assert read_geometry(geometry([ring])).polygons[0].edge == square(0, 0, 1, 1)


RING = [list(position) for position in square(0, 0, 1, 1)]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (None, "no shape"),
        (geometry([0, 0], "Point"), "not a Polygon"),
        (geometry([], "MultiPolygon"), "no polygon"),
        (geometry([]), "without an edge"),
        (geometry([RING[:-1]]), "not closed"),
        (geometry([[[0, 0], [1, 1], [0, 0]]]), "at least 4"),
        (geometry([[[0, 0], [1, 1], [1, 1], [0, 0]]]), "without area"),
        (geometry([[[544_000, 184_000]] * 4]), "not longitude and latitude"),
        (geometry([[[0, 91], [1, 91], [1, 92], [0, 91]]]), "not longitude and latitude"),
        (geometry([[["0", "0"]] * 4]), "not two numbers"),
        (geometry([[[0]] * 4]), "not two numbers"),
        (geometry([[[True, False]] * 4]), "not two numbers"),
        ({"type": "Polygon", "coordinates": [[[float("nan"), 0]] * 4]}, "not two numbers"),
        ({"type": "Polygon", "coordinates": [[[10**400, 0]] * 4]}, "not two numbers"),
        (geometry("abc"), "not a list"),
        (geometry([{"a": 1}]), "not a list"),
        (geometry([[[0, 0], *([[n / MAX_POSITIONS, 1] for n in range(MAX_POSITIONS)]), [0, 0]]]), "corners"),
    ],
)
def test_a_bad_shape_is_refused_with_the_reason(bad: Any, words: str) -> None:
    with pytest.raises(BadGeometry, match=words):
        read_geometry(bad)
