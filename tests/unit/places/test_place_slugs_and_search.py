"""Names into slugs, and what a person typed into the places they may mean."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.places.search import Candidate, best_first, near_misses, pieces, typed_words
from community.places.slugs import MAX_SLUG, numbered, plain, search_text, slugify


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Barking Station", "barking-station"),
        ("St Chad's Park", "st-chads-park"),
        ("St Chad\u2019s Park", "st-chads-park"),
        ("CU London, Rainham Road North", "cu-london-rainham-road-north"),
        ("Eastbrook & Rush Green", "eastbrook-and-rush-green"),
        ("Marks Gate / Billet Road bus stops", "marks-gate-billet-road-bus-stops"),
        ("  Café   Été ", "cafe-ete"),
        ("Straße", "strasse"),
        ("<b>Park</b>", "b-park-b"),
        ("x" * 200, "x" * 80),
    ],
)
def test_a_slug_comes_from_the_name(name: str, slug: str) -> None:
    assert slugify(name) == slug


@pytest.mark.parametrize("name", ["", "   ", "---", "مسجد"])
def test_a_name_without_latin_letters_gives_no_slug(name: str) -> None:
    with pytest.raises(ValueError, match="no slug"):
        slugify(name)


@given(st.text())
def test_a_slug_is_plain_short_and_its_own_slug(name: str) -> None:
    try:
        slug = slugify(name)
    except ValueError:
        assert not plain(name)
    else:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
        assert len(slug) <= MAX_SLUG
        assert slugify(slug) == slug


@given(st.text("ab-", min_size=1).filter(lambda t: t.strip("-")), st.integers(1, 10**6))
def test_a_numbered_slug_still_fits(name: str, number: int) -> None:
    slug = numbered(slugify(name * 9), number)
    assert len(slug) <= MAX_SLUG
    assert not slug.endswith("-")


def test_the_first_of_a_name_has_no_number() -> None:
    assert [numbered("park", n) for n in (1, 2, 10)] == ["park", "park-2", "park-10"]


def test_the_search_text_holds_each_name_once_between_bars() -> None:
    assert search_text(["Barking Station", "BKG", "barking station", "***"]) == "|barking station|bkg|"


def candidate(name: str, *aliases: str) -> Candidate:
    return Candidate(slugify(name), name, "park", search_text([name, *aliases]))


STATION = candidate("Barking Station", "Barking tube", "BKG")
STOPS = candidate("Barking Station bus stops")
PARK = candidate("Barking Park")
HEATHWAY = candidate("Dagenham Heathway Station", "Heathway tube")


def test_the_very_name_comes_before_longer_ones() -> None:
    assert best_first("barking station", [STOPS, STATION]) == [STATION, STOPS]


def test_a_beginning_comes_before_a_word_inside() -> None:
    assert best_first("heath", [candidate("Chadwell Heath"), candidate("Heath Park")])[0].name == "Heath Park"


def test_another_name_finds_the_place() -> None:
    assert best_first("bkg", [PARK, STATION])[0] == STATION


@pytest.mark.parametrize("typed", ["barkng station", "barking staton", "braking station", "barkin statoin"])
def test_a_slip_of_the_finger_is_a_near_miss(typed: str) -> None:
    assert near_misses(typed, [PARK, HEATHWAY, STATION])[0] == STATION


def test_something_else_is_no_near_miss() -> None:
    assert near_misses("swimming pool", [PARK, HEATHWAY, STATION]) == []


def test_what_was_typed_is_cut_to_a_bounded_length() -> None:
    assert typed_words("  St Chad's!! ") == "st chads"
    assert typed_words("%_|;--") == ""
    assert len(typed_words("ab " * 100_000)) <= 80
    assert len(pieces(typed_words("abcdefghij" * 500))) <= 24
    assert pieces("ab") == []


@given(st.text(min_size=3, max_size=200))
def test_pieces_are_three_letters_of_what_was_typed_spread_to_the_end(text: str) -> None:
    words = typed_words(text)
    runs = pieces(words)
    assert all(len(run) == 3 and run in words for run in runs)
    assert bool(runs) == (len(words) >= 3)
