"""Where a venue's spot is, for whoever has to say whether that is right: in words, and drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from community.safe_havens.joining.showing import known_places
from community.safe_havens.joining.spot import Spot, nearest_words
from community.safe_havens.models import SafeHaven
from community.safe_havens.public import drawing
from community.safe_havens.public.ground import ground

SPAN_M: Final = 600
"""So much ground is on the map of one venue at least: enough for the streets round the door."""


@dataclass(frozen=True)
class Where:
    """words: how the spot lies from the nearest place we know; "" when there is none. is_a_place: it is exactly that of
    a place, so most likely nobody moved it to the door."""

    words: str
    is_a_place: bool


def where_of(haven: SafeHaven) -> Where:
    """Where a venue is, whatever became of it."""
    known = [at for _, at in known_places()]
    words = nearest_words(Spot(haven.lat, haven.lon), known)
    is_a_place = any((at.lat, at.lon) == (haven.lat, haven.lon) for at in known)
    return Where(words if not words or words.startswith("at ") else f"{words}, in a straight line", is_a_place)


def drawn_alone(haven: SafeHaven) -> drawing.Drawing:
    """A map of this venue alone."""
    spot = drawing.Spot(1, haven.name, haven.lat, haven.lon, is_open=True)
    return drawing.drawn([spot], ground(), least_span_m=SPAN_M)
