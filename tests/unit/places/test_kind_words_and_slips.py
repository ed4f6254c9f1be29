"""What kind of place is meant, however it is typed, and the one slip that is forgiven."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import community.places
from community.places.kind_words import is_all_kinds, is_within, kind_left_over, one_way, station_last
from community.places.naming import SMALL, elsewhere, holds_in_order, rest_of, runs
from community.places.one_slip import SHORTEST, is_one_slip, put_right
from community.places.slugs import plain

PLACES = Path(community.places.__file__).parent / "facts" / "places.csv"
STATION_WORDS = ["station", "stn", "sta", "tube", "underground", "overground", "train", "train station", "tube stn"]
WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=SHORTEST, max_size=12)
SENTENCES = st.lists(st.sampled_from([*STATION_WORDS, "barking", "the", "near", "park", "heath", "bus"]), max_size=60)


def names() -> list[str]:
    with open(PLACES, encoding="utf-8", newline="") as file:
        return [name for row in csv.DictReader(file) for name in (row["name"], *row["aliases"].split("|")) if name]


@pytest.mark.parametrize("word", STATION_WORDS)
def test_a_station_is_called_so_however_it_is_typed(word: str) -> None:
    assert one_way(f"Becontree {word.upper()}") == "becontree station"
    assert rest_of(f"haven at the becontree {word} pls") == "becontree station"
    assert "becontree station" in runs(f"im at becontree {word} now")


@given(SENTENCES)
def test_what_is_said_one_way_stays_so(words: list[str]) -> None:
    said = one_way(" ".join(words))
    assert one_way(said) == said and "station station" not in said
    assert len(runs(" ".join(words))) <= 2 * 210


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("haven becontree stn", "becontree", "station"),
        ("haven becontree tube please", "becontree", "station"),
        ("the station at becontree", "becontree", "station"),
        ("haven becontree avenue", "becontree", "avenue"),
        ("haven barking park station", "barking park", "station"),
        ("haven becontree station", "becontree station", None),
        ("haven becontree tube", "becontree tube", None),
        ("haven becontree", "becontree", None),
        ("barking station car park", "barking station", None),
        ("east street near the market", "east street", None),
        ("waiting for my train near barking park", "barking park", None),
        ("barking", "upney", None),
    ],
)
def test_a_kind_of_place_that_a_name_leaves_over_is_noticed(sentence: str, name: str, kind: str | None) -> None:
    assert kind_left_over(sentence, name, SMALL) == kind


@given(st.sampled_from(names()), st.sampled_from(STATION_WORDS))
def test_no_name_without_station_is_whole_beside_one(name: str, word: str) -> None:
    is_station = "station" in one_way(name).split()
    assert kind_left_over(f"haven {name} {word}", plain(name), SMALL) == (None if is_station else "station")


def test_kinds_alone_are_no_name() -> None:
    assert is_all_kinds("car park") and is_all_kinds("") and not is_all_kinds("upney station")
    assert station_last("station upney") == "upney station"
    assert station_last("upney station") == "upney station" and station_last("station") == "station"
    assert is_within("the heathway", "heathway station") and not is_within("way st", "heathway station")


def test_a_name_holds_words_in_order_or_it_does_not() -> None:
    assert holds_in_order("becontree heath bus station", "becontree heath station")
    assert not holds_in_order("becontree heath bus station", "heath becontree")
    assert not holds_in_order("valence house", "house") and not holds_in_order("valence house", "")


def test_a_place_next_to_the_borough_and_its_station_are_outside() -> None:
    assert (elsewhere("haven romford tube"), elsewhere("near Elm Park stn")) == ("Romford", "Elm Park")
    assert elsewhere("haven barking stn") is None


@pytest.mark.parametrize(
    ("typed", "meant", "is_slip"),
    [
        ("barkin", "barking", True),
        ("barkign", "barking", True),
        ("barkking", "barking", True),
        ("barling", "barking", True),
        ("bking", "barking", False),
        ("parking", "barking", False),
        ("barking", "barking", False),
        ("braikng", "barking", False),
        ("", "", False),
        ("", "b", False),
    ],
)
def test_one_slip_is_one_letter_and_never_the_first(typed: str, meant: str, is_slip: bool) -> None:
    assert is_one_slip(typed, meant) == is_slip


@given(WORDS, st.data())
def test_every_single_slip_but_in_the_first_letter_is_one(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word) - 1))
    other = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    slips = {
        word[:at] + word[at + 1 :],
        word[:at] + other + word[at:],
        word[:at] + other + word[at + 1 :],
        word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
    }
    for slip in slips - {word}:
        assert is_one_slip(slip, word) and is_one_slip(word, slip)


@given(st.lists(WORDS, max_size=5), st.frozensets(WORDS, max_size=5))
def test_one_word_at_most_is_put_right_and_no_known_one(typed: list[str], known: frozenset[str]) -> None:
    for righted in put_right(" ".join(typed), known):
        changed = [(was, now) for was, now in zip(typed, righted.split(), strict=True) if was != now]
        assert len(changed) == 1
        assert changed[0][0] not in known and changed[0][1] in known


def test_short_words_are_not_put_right() -> None:
    assert list(put_right("upny stn", {"upney"})) == []
    assert list(put_right("barkin stn", {"barking"})) == ["barking stn"]
