"""The place that somebody typed or chose for the list. A place is taken for sure only where it was named: of a guess
somebody would go to a door that is nowhere near them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from community.places.naming import rest_of
from community.places.postcodes import area_in
from community.places.service import places
from community.places.service.naming import Spot, places_meant, spot_named, spot_of_poster
from community.places.slugs import plain

MOST_CHOICES: Final = 6


@dataclass(frozen=True)
class Where:
    """What a typed place came to: a spot, or choices, or neither. outside: it is known, and not near any place of
    ours."""

    spot: Spot | None = None
    choices: Sequence[places.Choice] = ()
    outside: bool = False


def where(typed: str) -> Where:
    """A spot for the name in a place's address, a poster's code, a postcode area, the whole of a name or of another
    name, or the beginning of a place's own name where only that one begins so. Else the places that may be meant."""
    if typed.isascii() and typed.replace("-", "").isalnum() and (named := _by_slug(typed)):
        return Where(named)
    if coded := spot_of_poster(typed):
        return Where(coded)
    if area_in(typed) is not None and (area := spot_named(typed)) is not None:
        return Where(area, outside=area.lat is None)
    meant = places_meant(typed)
    if len(meant) == 1 and _is_said(typed, meant[0].slug):
        return Where(_by_slug(meant[0].slug))
    return Where(choices=meant or places.find_place(typed, limit=MOST_CHOICES))


def _by_slug(slug: str) -> Spot | None:
    try:
        place = places.get_by_slug(slug)
    except places.NoSuchPlace:
        return None
    return Spot(place.name, place.lat, place.lon)


def _is_said(typed: str, slug: str) -> bool:
    """Whether the words are one of a place's names, or begin its own name."""
    place = places.get_by_slug(slug)
    names = {plain(name) for name in (place.name, *(place.aliases or []))}
    said = {plain(typed), rest_of(typed)} - {""}
    return not said.isdisjoint(names) or any(f"{plain(place.name)} ".startswith(f"{words} ") for words in said)
