"""Places to choose from where only an area is known: a postcode is wide, and nobody stands in its middle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from community.places.geometry import distance_m
from community.places.service.places import Choice
from community.safe_havens import queries

KINDS: Final = ("station", "town_centre", "market", "library", "park")
"""What people know the way to, in the order in which it is offered: stations before all."""
MOST: Final = 8


def places_around(lat: float, lon: float) -> Sequence[Choice]:
    """The best known places round a point, stations first, each kind by distance. lat, lon: degrees, WGS84."""
    found = sorted(
        (KINDS.index(kind), distance_m(lat, lon, its_lat, its_lon), slug, name)
        for slug, name, kind, its_lat, its_lon in queries.places_around(lat, lon, KINDS)
    )
    return [Choice(slug, name) for _, _, slug, name in found[:MOST]]
