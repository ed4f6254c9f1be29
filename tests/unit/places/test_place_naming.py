"""Names of places and postcode areas in what people write."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.places.codes import candidates_in, new_code
from community.places.naming import likeliest, named, near_beginnings, rest_of, runs
from community.places.postcodes import FILE, area_in, middles
from community.places.search import Candidate

STATION = Candidate("barking-station", "Barking Station", "station", "|barking station|barking tube|bkg|")
STOPS = Candidate("barking-station-bus-stops", "Barking Station bus stops", "bus_hub", "|barking station bus stops|")
ROAD = Candidate("london-road", "London Road", "street", "|london road|london road barking|")
CENTRE = Candidate("barking-town-centre", "Barking Town Centre", "town_centre", "|barking town centre|london road|")
PARK = Candidate("barking-park", "Barking Park", "park", "|barking park|")
ALL = [STATION, STOPS, ROAD, CENTRE, PARK]


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("nearest one to Barking Station please", STATION),
        ("at barking station bus stops", STOPS),
        ("BKG", STATION),
        ("on London Road", ROAD),
        ("barking", None),
        ("", None),
    ],
)
def test_the_longest_name_wins_and_a_name_before_another_name(sentence: str, place: Candidate | None) -> None:
    assert named(ALL, runs(sentence)) == place


def test_small_words_are_no_names_and_no_part_of_one() -> None:
    assert rest_of("which cafe near the Heathway is a safe haven") == "heathway"
    assert runs("is there any near me") == []


@given(st.text(max_size=400))
def test_any_sentence_has_few_runs(sentence: str) -> None:
    assert len(runs(sentence)) <= 210


def test_a_slip_in_a_name_or_its_beginning_is_near() -> None:
    assert near_beginnings("barkin staton", ALL)[0] == STATION
    assert near_beginnings("bakring park", ALL)[0] == PARK
    assert near_beginnings("timbuktu", ALL) == []


def test_a_station_comes_before_a_park() -> None:
    assert likeliest([PARK, CENTRE, STATION]) == STATION
    assert likeliest([STOPS, PARK]) == STOPS


@pytest.mark.parametrize(
    ("text", "area"),
    [("rm10 7aa", "RM10"), ("RM107AA", "RM10"), ("i am in IG11", "IG11"), ("SW1A 2AA", "SW1A"), ("E1 6AN", "E1"),
     ("E1", None), ("bus 5", None), ("the A13", None), ("rm10s fine", None)],
)  # fmt: skip
def test_postcode_areas(text: str, area: str | None) -> None:
    assert area_in(text) == area


def test_each_postcode_area_has_a_place_of_ours_in_its_middle() -> None:
    with open(FILE.with_name("places.csv"), encoding="utf-8", newline="") as file:
        slugs = {line["slug"] for line in csv.DictReader(file)}
    assert set(middles().values()) <= slugs
    assert set(middles()) == {"IG11", "RM6", "RM8", "RM9", "RM10"}


def test_codes_in_a_sentence() -> None:
    code = new_code()
    assert candidates_in(f"hi my code is {code[:4]}-{code[4:].lower()} thanks") == [code]
    assert candidates_in("what about this very long wait") == []
