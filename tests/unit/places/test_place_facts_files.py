"""The borough's own facts: whole, consistent, each with its source, and under slugs that must never change."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

import community.places
from community.places.csv_import import parse_places
from community.places.geometry import distance_m
from community.places.slugs import slugify

FACTS = Path(community.places.__file__).parent / "facts"


def lines(name: str) -> list[dict[str, str]]:
    with open(FACTS / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PLACES, AREAS, WARDS, SOURCES = lines("places"), lines("areas"), lines("wards"), lines("sources")


def members(area: str) -> set[str]:
    return {place["slug"] for place in PLACES if area in place["areas"].split("|")}


def test_the_facts_read_as_any_import_does() -> None:
    assert len(parse_places((FACTS / "places.csv").read_bytes()).rows) == len(PLACES) == 78


def test_slugs_come_from_the_names_and_are_one_each() -> None:
    assert [place["slug"] for place in PLACES] == [slugify(place["name"]) for place in PLACES]
    assert max(Counter(place["slug"] for place in PLACES).values()) == 1
    assert {"barking-station", "dagenham-heathway-station", "wakering-road", "parsloes-park"} <= {
        place["slug"] for place in PLACES
    }


def test_the_nineteen_wards_of_2022_are_there_and_every_place_is_in_one() -> None:
    assert [ward["code"] for ward in WARDS] == [f"E050140{n}" for n in range(53, 72)]
    assert {place["ward_code"] for place in PLACES} <= {ward["code"] for ward in WARDS}


def test_every_place_names_a_source_that_has_a_credit_line() -> None:
    assert {place["source"] for place in PLACES} == {source["source"] for source in SOURCES}
    assert all(source["about"] and source["credit"] for source in SOURCES)


def test_a_place_put_on_the_map_by_hand_says_so() -> None:
    for place in PLACES:
        assert (place["source"] == "hand") == (place["precision"] == "hand"), place["slug"]


def test_every_area_has_places_and_a_source_and_every_mention_is_of_an_area() -> None:
    assert all(area["source"] and area["about"] for area in AREAS)
    mentioned = {slug for place in PLACES for slug in place["areas"].split("|") if slug}
    assert mentioned == {area["slug"] for area in AREAS}


def test_barking_town_centre_takes_in_what_the_board_names_and_crosses_a_ward_line() -> None:
    town = members("barking-town-centre")
    assert {"barking-station", "barking-station-parade", "wakering-road", "east-street", "london-road"} <= town
    assert len({place["ward_code"] for place in PLACES if place["slug"] in town}) > 1


def test_the_emerging_area_is_the_three_places_the_board_names() -> None:
    assert members("becontree-parsloes-mayesbrook") == {"becontree-station", "parsloes-park", "mayesbrook-park"}


@pytest.mark.parametrize("area", [area["slug"] for area in AREAS])
def test_the_places_of_an_area_lie_within_two_kilometres(area: str) -> None:
    inside = [place for place in PLACES if place["slug"] in members(area)]
    for one in inside:
        for other in inside:
            apart = distance_m(float(one["lat"]), float(one["lon"]), float(other["lat"]), float(other["lon"]))
            assert apart < 2_000, (one["slug"], other["slug"])
