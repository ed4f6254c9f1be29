"""Choosing a point by squares: each press moves it as far as the square says, and never out of reach."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.places.geometry import distance_m
from community.safe_havens.joining.spot import ROOM_M, Known, Spot, from_place, marks, nearest_words, read_move, squares

STATION = Known("Barking Station", 51.53998, 0.0808)
HEATHWAY = Known("Dagenham Heathway", 51.5417, 0.1472)


@pytest.mark.parametrize(("east", "north"), [(0, 0), (2, 0), (0, -2), (-1, 1), (2, 2)])
@pytest.mark.parametrize("step", [0, 1, 2])
def test_a_square_moves_the_spot_as_far_as_it_says(east: int, north: int, step: int) -> None:
    spot = Spot(STATION.lat, STATION.lon, step)
    moved = spot.moved(east, north)
    far = spot.square_m * (east**2 + north**2) ** 0.5
    assert abs(distance_m(spot.lat, spot.lon, moved.lat, moved.lon) - far) < 0.01 * far + 0.2
    assert moved.step == min(step + 1, 2)


@given(st.lists(st.tuples(st.integers(-2, 2), st.integers(-2, 2)), max_size=60))
def test_however_it_is_moved_it_stays_in_reach(moves: list[tuple[int, int]]) -> None:
    known = [STATION, HEATHWAY]
    spot = Spot(STATION.lat, STATION.lon, 0)
    for move in moves:
        spot = spot.moved(*move).wider().wider().within(known)
    assert min(distance_m(spot.lat, spot.lon, place.lat, place.lon) for place in known) < 1.5 * ROOM_M + 5_000
    assert 51.5 < spot.lat < 51.58 and 0.02 < spot.lon < 0.21


@pytest.mark.parametrize("text", ["", "3,0", "0", "1;1", "1,1,1", "-3,0", "a,b", "1.5,0", "²,0", "9" * 5000])
def test_a_move_that_is_none_is_none(text: str) -> None:
    assert read_move(text) is None


def test_squares_are_named_by_where_they_lie_north_first() -> None:
    rows = squares(Spot(51.54, 0.08, 1))
    assert rows[0][0].words == "200 m north, 200 m west" and rows[2][2].words == "Here"
    assert rows[4][4].words == "200 m south, 200 m east" and rows[2][3].words == "100 m east"


def test_known_places_are_marked_where_they_lie() -> None:
    (mark,) = marks(Spot(STATION.lat - 0.0009, STATION.lon, 1), [STATION, HEATHWAY])
    assert (mark.name, mark.x) == ("Barking Station", 150) and 80 < mark.y < 95
    assert marks(Spot(51.54, 0.5, 2), [STATION, HEATHWAY]) == []


def test_where_it_is_is_said_from_the_nearest_place() -> None:
    spot = Spot(STATION.lat + 0.0009, STATION.lon + 0.00145, 2)
    assert nearest_words(spot, [HEATHWAY, STATION]) == "140 m north-east of Barking Station"
    assert from_place(Spot(STATION.lat, STATION.lon, 2), STATION) == "at Barking Station"
    assert from_place(Spot(STATION.lat, STATION.lon, 2), HEATHWAY).endswith("km west of Dagenham Heathway")
    assert nearest_words(spot, []) == ""
