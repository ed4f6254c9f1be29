"""Finding places by slug, by what a person types, by ward and area; on both engines."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from community.places.service import places
from community.places.service.places import NoSuchPlace, by_area, find_place, get_by_slug
from tests.factories.places import AreaFactory, PlaceFactory, WardFactory


@pytest.fixture(autouse=True)
def some_places(db_session: Session) -> None:
    town = AreaFactory(slug="town", name="Town")
    reed = WardFactory(code="E05999001", name="Reed")
    rush = WardFactory(code="E05999002", name="Rush")
    names = ["Barking tube", "BKG"]
    PlaceFactory(slug="barking-station", name="Barking Station", aliases=names, areas=[town], ward=reed)
    PlaceFactory(slug="barking-station-bus-stops", name="Barking Station bus stops", areas=[town], ward=rush)
    PlaceFactory(slug="st-chads-park", name="St Chad's Park", ward=rush)
    PlaceFactory(slug="cafe", name="Café Été")
    db_session.expire_all()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Barking Station", "barking-station"),
        ("barking-station", "barking-station"),
        ("  STATION barking ", "barking-station"),
        ("bkg", "barking-station"),
        ("barking tube", "barking-station"),
        ("bus stops", "barking-station-bus-stops"),
        ("St Chad’s", "st-chads-park"),
        ("chads prak", "st-chads-park"),
        ("st chads prk", "st-chads-park"),
        ("cafe ete", "cafe"),
        ("bakring staton", "barking-station"),
    ],
)
def test_a_place_is_found_by_what_a_person_types(typed: str, first: str) -> None:
    assert find_place(typed)[0].slug == first


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "swimming pool", "' OR 1=1 --", "\0", "x" * 10_000, "🚉"])
def test_what_fits_nothing_finds_nothing(typed: str) -> None:
    assert find_place(typed) == []


def test_no_more_are_offered_than_asked_for() -> None:
    assert len(find_place("barking", limit=1)) == 1


def test_a_place_is_had_by_its_slug_or_not_at_all() -> None:
    assert get_by_slug("cafe").name == "Café Été"
    with pytest.raises(NoSuchPlace, match="no place 'nowhere'"):
        get_by_slug("nowhere")


def test_places_are_listed_by_ward_and_across_wards_by_area() -> None:
    in_ward, in_area = places.places_in_ward("E05999002"), places.places_in_area("town")
    assert [place.slug for place in in_ward] == ["barking-station-bus-stops", "st-chads-park"]
    assert [place.slug for place in in_area] == ["barking-station", "barking-station-bus-stops"]
    assert places.places_in_area("nowhere") == []


def test_every_place_can_be_chosen_under_its_area_or_else_its_ward() -> None:
    chosen = [(heading, [choice.slug for choice in choices]) for heading, choices in by_area()]
    assert chosen == [
        ("Town", ["barking-station", "barking-station-bus-stops"]),
        ("Rush", ["st-chads-park"]),
        ("Elsewhere", ["cafe"]),
    ]


def test_an_area_and_a_ward_of_one_name_share_a_heading(db_session: Session) -> None:
    PlaceFactory(slug="town-lane", name="Town Lane", ward=WardFactory(name="Town"))
    db_session.expire_all()
    town = next(choices for heading, choices in by_area() if heading == "Town")
    assert [choice.slug for choice in town] == ["barking-station", "barking-station-bus-stops", "town-lane"]
    assert len({heading for heading, _ in by_area()}) == len(by_area())


def test_a_long_list_of_places_is_cut_to_what_one_page_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "MAX_CHOICES", 3)
    assert [(heading, len(choices)) for heading, choices in by_area()] == [("Town", 2), ("Rush", 1)]
