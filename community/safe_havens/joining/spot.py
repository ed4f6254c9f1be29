"""Choosing a point on a drawn map without a script: squares to press, each press a closer look. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from community.places.geometry import EARTH_RADIUS_M, distance_m

SQUARES: Final = 5
"""Squares along each side; the middle one is the spot as it stands."""
STEPS_M: Final = (400, 100, 25)
"""How long a square's side is, from the widest look to the closest."""
SIDE: Final = 300
"""Of the drawing, in its own units."""
MOST_MARKS: Final = 8
ROOM_M: Final = 3_000
"""So far outside the places we know may a spot lie."""
_METRES_PER_DEGREE: Final = math.radians(1) * EARTH_RADIUS_M
_WINDS: Final = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


@dataclass(frozen=True)
class Known:
    """A place on the map. lat, lon: degrees, WGS84."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Mark:
    """A known place as it is drawn: its number, where in the drawing, and how it lies from the spot."""

    number: int
    name: str
    x: float
    y: float
    away: str


@dataclass(frozen=True)
class Square:
    """One square to press: how far it lies from the middle, in squares to the east and north, and in words."""

    east: int
    north: int
    words: str


@dataclass(frozen=True)
class Spot:
    """A point and how closely one looks at it. step: place in STEPS_M."""

    lat: float
    lon: float
    step: int = 1

    @property
    def square_m(self) -> int:
        return STEPS_M[self.step]

    def moved(self, east: int, north: int) -> Spot:
        """The middle of another square, looked at more closely."""
        lat = self.lat + north * self.square_m / _METRES_PER_DEGREE
        lon = self.lon + east * self.square_m / (_METRES_PER_DEGREE * math.cos(math.radians(self.lat)))
        return Spot(round(lat, 6), round(lon, 6), min(self.step + 1, len(STEPS_M) - 1))

    def wider(self) -> Spot:
        return Spot(self.lat, self.lon, max(self.step - 1, 0))

    def within(self, known: Sequence[Known]) -> Spot:
        """The same, or the nearest point that is not far from all places we know."""
        if not known:
            return self
        room = ROOM_M / _METRES_PER_DEGREE
        lats, lons = [place.lat for place in known], [place.lon for place in known]
        lat = min(max(self.lat, min(lats) - room), max(lats) + room)
        lon = min(max(self.lon, min(lons) - 1.6 * room), max(lons) + 1.6 * room)
        return Spot(round(lat, 6), round(lon, 6), self.step)


def read_move(text: str) -> tuple[int, int] | None:
    """Squares to the east and north from a button's value such as "2,-1"; None for any other text."""
    east, _, north = text.partition(",")
    far = [str(n) for n in range(-(SQUARES // 2), SQUARES // 2 + 1)]
    return (int(east), int(north)) if east in far and north in far else None


def squares(spot: Spot) -> list[list[Square]]:
    """The squares row by row, the northernmost row first."""
    reach = range(-(SQUARES // 2), SQUARES // 2 + 1)
    return [[Square(e, n, _way(e * spot.square_m, n * spot.square_m)) for e in reach] for n in reversed(reach)]


def marks(spot: Spot, known: Iterable[Known]) -> list[Mark]:
    """The known places on the map, the nearest first."""
    half = SQUARES * spot.square_m / 2
    seen = []
    for place in known:
        north = (place.lat - spot.lat) * _METRES_PER_DEGREE
        east = (place.lon - spot.lon) * _METRES_PER_DEGREE * math.cos(math.radians(spot.lat))
        if abs(north) < half and abs(east) < half:
            seen.append(
                (math.hypot(north, east), place, SIDE * (0.5 + east / half / 2), SIDE * (0.5 - north / half / 2))
            )
    seen.sort(key=lambda one: (one[0], one[1].name))
    return [
        Mark(number, place.name, round(x, 1), round(y, 1), from_place(spot, place))
        for number, (_, place, x, y) in enumerate(seen[:MOST_MARKS], start=1)
    ]


def nearest_words(spot: Spot, known: Sequence[Known]) -> str:
    """Where the spot is: "120 m north-east of Barking Station"; "" when no place is known."""
    if not known:
        return ""
    return from_place(spot, min(known, key=lambda place: distance_m(spot.lat, spot.lon, place.lat, place.lon)))


def from_place(spot: Spot, place: Known) -> str:
    """How a spot lies from a place, as the crow flies."""
    far = distance_m(spot.lat, spot.lon, place.lat, place.lon)
    if far < 15:
        return f"at {place.name}"
    north = spot.lat - place.lat
    east = (spot.lon - place.lon) * math.cos(math.radians(spot.lat))
    wind = _WINDS[round(math.degrees(math.atan2(east, north)) / 45) % 8]
    said = f"{round(far / 10) * 10} m" if far < 995 else f"{far / 1000:.1f} km"
    return f"{said} {wind} of {place.name}"


def _way(east_m: int, north_m: int) -> str:
    ways = [f"{abs(north_m)} m {'north' if north_m > 0 else 'south'}"] if north_m else []
    ways += [f"{abs(east_m)} m {'east' if east_m > 0 else 'west'}"] if east_m else []
    return ", ".join(ways) or "Here"
