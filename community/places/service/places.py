"""Finding a place: by its address, by what a person types, by ward or area."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from community.places import queries
from community.places.models import Place
from community.places.search import Candidate, best_first, near_misses, pieces, typed_words
from community.places.service.facts import load_facts
from community.shared.errors import UserError

__all__ = [
    "Choice", "NoSuchPlace", "by_area", "find_place", "get_by_slug", "load_facts", "places_in_area", "places_in_ward",
]  # fmt: skip

MAX_CHOICES: Final = 300
"""Places listed for choosing on one page; a larger list is for searching."""
_MAX_CANDIDATES: Final = 200


class NoSuchPlace(UserError):
    """No place has this slug."""


class Choice(NamedTuple):
    """A place to choose."""

    slug: str
    name: str


def get_by_slug(slug: str) -> Place:
    """The place with this slug. Raises NoSuchPlace."""
    place = queries.place_by_slug(slug)
    if place is None:
        raise NoSuchPlace(f"There is no place {slug!r}. `places list` shows those there are.")
    return place


def find_place(text: str, *, limit: int = 10) -> list[Choice]:
    """Places a person may mean by what they typed: by name, other name or slug; near misses when nothing else fits.
    Closest first; empty when nothing comes near."""
    words = typed_words(text)
    if not words:
        return []
    found = [Candidate(*row) for row in queries.holding_words(words.split(), _MAX_CANDIDATES)]
    ordered = best_first(words, found)
    if not ordered and (runs := pieces(words)):
        ordered = near_misses(words, [Candidate(*row) for row in queries.sharing_pieces(runs, _MAX_CANDIDATES)])
    return [Choice(place.slug, place.name) for place in ordered[:limit]]


def places_in_ward(code: str) -> Sequence[Place]:
    """By name; empty for a ward that has none or does not exist."""
    return queries.places_in_ward(code)


def places_in_area(slug: str) -> Sequence[Place]:
    """By name; empty for an area that has none or does not exist."""
    return queries.places_in_area(slug)


def by_area() -> list[tuple[str, list[Choice]]]:
    """Places to choose from, under the name of their area, and after those under the name of their ward; where both
    names are the same, under one. At most 300, those in areas first; a place in two areas stands in both."""
    in_areas = queries.choices_in_areas(MAX_CHOICES)
    elsewhere = queries.choices_elsewhere(max(0, MAX_CHOICES - len(in_areas)))
    under: dict[str, list[Choice]] = {}
    for heading, slug, name in [*in_areas, *elsewhere]:
        under.setdefault(heading or "Elsewhere", []).append(Choice(slug, name))
    return list(under.items())
