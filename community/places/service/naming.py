"""The place that a text message names. Reads only; nothing of the message is kept.

Somebody may walk there at night: where a message may mean two places, it is not clear, and both are named."""

from __future__ import annotations

from typing import Final, NamedTuple

from community.places import queries
from community.places.codes import candidates_in
from community.places.kind_words import is_all_kinds, one_way, station_last
from community.places.naming import by_kind, elsewhere, holds_from_the_first, rest_of
from community.places.postcodes import area_in, middles
from community.places.service.meant import begins, meant, named_by, parts, whole
from community.places.service.places import Choice
from community.places.slugs import plain

MOST_CHOICES: Final = 5


class Spot(NamedTuple):
    """Somewhere on the map, as a reply names it. lat, lon: degrees; None outside the places that we know. is_clear:
    whether the whole of one name was given, with one small slip at most, or a beginning that only one place has.
    is_area: the middle of a postcode area."""

    name: str
    lat: float | None
    lon: float | None
    is_clear: bool = True
    is_area: bool = False


def spot_named(sentence: str) -> Spot | None:
    """Where somebody asks about: a poster's code, a postcode area, a place's name or another name of it, a part of one
    or one with a slip, anywhere in the sentence. None when it names nothing we know."""
    if (spot := spot_of_poster(sentence)) is not None:
        return spot
    if (area := area_in(sentence)) is not None:
        middle = queries.place_by_slug(middles().get(area, ""))
        return Spot(area, middle.lat, middle.lon, is_area=True) if middle else Spot(area, None, None, is_area=True)
    found, is_clear = meant(sentence)
    place = queries.place_by_slug(found[0].slug) if found else None
    return Spot(place.name, place.lat, place.lon, is_clear) if place else None


def spot_of_poster(sentence: str) -> Spot | None:
    """Where the poster hangs whose code stands in a sentence."""
    for code in candidates_in(sentence):
        poster = queries.poster_by_code(code)
        if poster is not None and poster.place is not None:
            return Spot(poster.place.name, poster.place.lat, poster.place.lon)
    return None


def likely_places(sentence: str, most: int) -> list[str]:
    """Names that a sentence may mean: those that it holds beside something else, those that it begins, those that are
    a slip away; the likeliest first."""
    words = station_last(rest_of(sentence))
    named, _ = whole(sentence)
    if named:
        return [place.name for place in named[:most]]
    found = parts(sentence)
    is_kind = is_all_kinds(words)
    begun = [place for place in found if is_kind or any(holds_from_the_first(name, words) for name in place.names)]
    slips = [] if any(begins(words, place) for place in found) else found
    return [place.name for place in by_kind(begun or slips)[:most]]


def is_elsewhere(sentence: str) -> str | None:
    """The place next to the borough that a sentence names and nothing else, as it is written; None for any other."""
    return elsewhere(sentence)


def places_meant(text: str) -> list[Choice]:
    """The places that a short text may mean, small words apart: one when it is clear, at most five to choose from, else
    none. Words beside a name make it a sentence about something, not a place."""
    if (named := named_by([plain(text), one_way(text), rest_of(text)])) is not None:
        return [Choice(named.slug, named.name)]
    return [Choice(place.slug, place.name) for place in parts(text)[:MOST_CHOICES]]
