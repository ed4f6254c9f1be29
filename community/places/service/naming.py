"""The place that a text message names. Reads only; nothing of the message is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from community.places import queries
from community.places.codes import candidates_in
from community.places.naming import ELSEWHERE, by_kind, likeliest, named, near_beginnings, rest_of, runs
from community.places.postcodes import area_in, middles
from community.places.search import Candidate, best_first, pieces
from community.places.service.places import Choice
from community.places.slugs import plain

MOST_CHOICES: Final = 5
_MOST_CANDIDATES: Final = 100
_MOST_REST_WORDS: Final = 4
"""More words than this are a sentence about something, not a part of a name."""


class Spot(NamedTuple):
    """Somewhere on the map, as a reply names it. lat, lon: degrees; None outside the places that we know. is_clear:
    whether the whole of a name was given, or a beginning that only one place has. is_area: the middle of a postcode
    area."""

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
    whole = _whole(sentence)
    found = whole or _part(sentence)
    place = queries.place_by_slug(found.slug) if found else None
    return Spot(place.name, place.lat, place.lon, whole is not None or _is_only_one(sentence)) if place else None


def spot_of_poster(sentence: str) -> Spot | None:
    """Where the poster hangs whose code stands in a sentence."""
    for code in candidates_in(sentence):
        poster = queries.poster_by_code(code)
        if poster is not None and poster.place is not None:
            return Spot(poster.place.name, poster.place.lat, poster.place.lon)
    return None


def likely_places(sentence: str, most: int) -> list[str]:
    """Names that a sentence may begin, or may mean with a slip; the likeliest first."""
    words = rest_of(sentence)
    found = _parts(sentence)
    begun = [place for place in found if any(name.startswith(words) for name in place.names)]
    slips = [] if any(_begins(words, place) for place in found) else found
    return [place.name for place in by_kind(begun or slips)[:most]]


def is_elsewhere(sentence: str) -> str | None:
    """The place next to the borough that a sentence names and nothing else, as it is written; None for any other."""
    return ELSEWHERE.get(rest_of(sentence))


def places_meant(text: str) -> list[Choice]:
    """The places that a short text may mean, small words apart: one when it is clear, at most five to choose from, else
    none. Words beside a name make it a sentence about something, not a place."""
    if (whole := _named_by([plain(text), rest_of(text)])) is not None:
        return [Choice(whole.slug, whole.name)]
    return [Choice(place.slug, place.name) for place in _parts(text)[:MOST_CHOICES]]


def _whole(sentence: str) -> Candidate | None:
    return _named_by(runs(sentence))


def _named_by(names: Sequence[str]) -> Candidate | None:
    possible = [name for name in names if name]
    return named((Candidate(*row) for row in queries.named(possible)), possible) if possible else None


def _part(sentence: str) -> Candidate | None:
    found = _parts(sentence)
    return likeliest(found) if found else None


def _is_only_one(sentence: str) -> bool:
    """Whether the words begin the name of one place, and of no other."""
    words, found = rest_of(sentence), _parts(sentence)
    return len(found) == 1 and any(f"{name} ".startswith(f"{words} ") for name in found[0].names)


def _parts(sentence: str) -> list[Candidate]:
    words = rest_of(sentence)
    if not words or len(words.split()) > _MOST_REST_WORDS or len(words) < 3:
        return []
    found = [Candidate(*row) for row in queries.holding_words(words.split(), _MOST_CANDIDATES)]
    beginnings = [place for place in best_first(words, found) if _begins(words, place)]
    if beginnings or not (shared := pieces(words)):
        return beginnings
    return near_beginnings(words, (Candidate(*row) for row in queries.sharing_pieces(shared, _MOST_CANDIDATES)))


def _begins(words: str, place: Candidate) -> bool:
    """Whether each word begins a word of one name: "arking" is no part of "Barking"."""
    return any(all(f" {word}" in f" {name}" for word in words.split()) for name in place.names)
