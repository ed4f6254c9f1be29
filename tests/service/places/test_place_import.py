"""Bringing in places and ward shapes, and the borough's own facts, on both engines."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from community.places.csv_import import BadPlaceFile, parse_places
from community.places.models import Area, Place, Ward, place_area
from community.places.service.facts import load_facts
from community.places.service.importing import ImportReport, WardReport, import_places, import_wards
from community.places.ward_shapes import parse_wards
from tests.factories.places import AreaFactory, PlaceFactory, WardFactory

HEAD = "name,kind,lat,lon"


def bring(text: str) -> ImportReport:
    return import_places(parse_places(text.encode()))


def counts(report: ImportReport) -> tuple[int, int, int]:
    return report.added, report.changed, report.unchanged


def square(code: str, name: str, west: float, east: float) -> dict[str, object]:
    ring = [[west, 51], [east, 51], [east, 52], [west, 52], [west, 51]]
    return {
        "type": "Feature",
        "properties": {"ward_code": code, "ward_name": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def bring_wards(*features: dict[str, object]) -> WardReport:
    return import_wards(parse_wards(json.dumps({"type": "FeatureCollection", "features": features}).encode()))


REED, RUSH = square("E05999001", "Reed", 0.0, 0.5), square("E05999002", "Rush", 0.5, 1.0)


def place(session: Session, slug: str) -> Place:
    session.expire_all()
    return session.scalars(select(Place).where(Place.slug == slug)).one()


def test_a_place_is_stored_with_what_its_row_says_and_no_more(db_session: Session) -> None:
    PlaceFactory()
    report = bring(f"{HEAD}\nMill Pond,park,51.5,0.25\n")
    assert counts(report) == (1, 0, 0)
    pond = place(db_session, "mill-pond")
    assert (pond.name, pond.kind, pond.lat, pond.lon) == ("Mill Pond", "park", 51.5, 0.25)
    assert (pond.precision, pond.approximate, pond.ward_code, pond.source) == ("unknown", True, None, None)


def test_the_same_file_twice_changes_nothing(db_session: Session) -> None:
    text = (
        f"{HEAD},id,areas,aliases,ward_code,ward_name,source,precision\n"
        "Mill Pond,park,51.5,0.25,p1,Old Town|Docks,Pond,E05999001,Reed,survey,point\n"
        "The Green,park,51.5,0.25,,,,,,,\n"
        "Kiosk,other,51.5,0.25,k1,,,,,,\n"
        "Kiosk,other,51.6,0.25,k2,,,,,,\n"
    )
    assert counts(bring(text)) == (4, 0, 0)
    db_session.expire_all()
    assert counts(bring(text)) == (0, 0, 4)
    slugs = db_session.scalars(select(Place.slug).order_by(Place.slug)).all()
    assert slugs == ["kiosk", "kiosk-2", "mill-pond", "the-green"]
    assert db_session.scalar(select(func.count()).select_from(place_area)) == 2


def test_a_new_name_under_a_known_id_keeps_the_slug(db_session: Session) -> None:
    bring(f"{HEAD},id\nMill Pond,park,51.5,0.25,p1\n")
    assert counts(bring(f"{HEAD},id\nMillennium Pond,park,51.5,0.25,p1\n")) == (0, 1, 0)
    pond = place(db_session, "mill-pond")
    assert pond.name == "Millennium Pond"
    assert pond.search_text == "|millennium pond|"


def test_a_known_place_takes_the_id_of_the_file_once(db_session: Session) -> None:
    bring(f"{HEAD}\nMill Pond,park,51.5,0.25\n")
    assert counts(bring(f"{HEAD},id\nMill Pond,park,51.5,0.25,p1\n")) == (0, 1, 0)
    assert counts(bring(f"{HEAD},id\nMill Pond,park,51.5,0.25,other\n")) == (1, 0, 0)
    assert place(db_session, "mill-pond").external_id == "p1"
    assert place(db_session, "mill-pond-2").external_id == "other"


def test_an_empty_cell_leaves_what_is_known(db_session: Session) -> None:
    WardFactory(code="E05999001", name="Reed")
    bring(f"{HEAD},source,aliases,areas,ward_code\nMill Pond,park,51.5,0.25,survey,Pond,Docks,E05999001\n")
    assert counts(bring(f"{HEAD},source,aliases,areas,ward_code\nMill Pond,park,51.6,0.25,,,,\n")) == (0, 1, 0)
    pond = place(db_session, "mill-pond")
    assert (pond.lat, pond.source, pond.aliases, pond.ward_code) == (51.6, "survey", ["Pond"], "E05999001")
    assert [area.name for area in pond.areas] == ["Docks"]


def test_an_area_is_found_by_name_or_made(db_session: Session) -> None:
    docks = AreaFactory(slug="docks", name="Docks")
    bring(f"{HEAD},areas\nMill Pond,park,51.5,0.25,docks|Old Town\nThe Green,park,51.5,0.25,Old town\n")
    assert db_session.scalars(select(Area.name).order_by(Area.name)).all() == ["Docks", "Old Town"]
    assert [here.slug for here in docks.places] == ["mill-pond"]


def test_a_file_with_two_rows_for_one_place_is_refused(db_session: Session) -> None:
    bring(f"{HEAD},id\nMill Pond,park,51.5,0.25,p1\n")
    with pytest.raises(BadPlaceFile, match=r"line 3: .* same place as line 2"):
        bring(f"{HEAD},id\nOther name,park,51.5,0.25,p1\nMill Pond,park,51.5,0.25,\n")


def test_before_there_are_shapes_the_file_names_the_wards(db_session: Session) -> None:
    report = bring(
        f"{HEAD},ward_code,ward_name\nMill Pond,park,51.5,0.25,E05999001,Reed\nThe Green,park,51.5,0.25,,reed\n"
        "Kiosk,other,51.5,0.25,E05999009,\n"
    )
    assert [ward.name for ward in db_session.scalars(select(Ward))] == ["Reed"]
    assert place(db_session, "the-green").ward_code == "E05999001"
    assert place(db_session, "kiosk").ward_code is None
    assert any("line 4: we do not know ward 'E05999009' of 'Kiosk'" in warning for warning in report.warnings)
    assert any("1 place has no ward" in warning for warning in report.warnings)


def test_with_shapes_an_unknown_or_missing_ward_is_found_by_position(db_session: Session) -> None:
    bring_wards(REED, RUSH)
    report = bring(
        f"{HEAD},ward_code,ward_name\nMill Pond,park,51.5,0.25,,\nThe Green,park,51.5,0.75,E05999009,Old ward\n"
        "Kiosk,other,50.5,0.25,,\n"
    )
    assert place(db_session, "mill-pond").ward_code == "E05999001"
    assert place(db_session, "the-green").ward_code == "E05999002"
    assert place(db_session, "kiosk").ward_code is None
    assert db_session.get(Ward, "E05999009") is None
    assert any("was put in Rush, where it lies" in warning for warning in report.warnings)
    bring(f"{HEAD}\nMill Pond,park,51.5,0.75\n")
    assert place(db_session, "mill-pond").ward_code == "E05999002"  # it moved


def test_a_ward_of_another_name_is_told_and_the_code_counts(db_session: Session) -> None:
    WardFactory(code="E05999001", name="Reed")
    report = bring(f"{HEAD},ward_code,ward_name\nMill Pond,park,51.5,0.25,E05999001,Reeds\n")
    assert any("'Reed' here, not 'Reeds'" in warning for warning in report.warnings)
    assert place(db_session, "mill-pond").ward_code == "E05999001"


def test_ward_shapes_give_places_without_a_ward_theirs_and_leave_the_others(db_session: Session) -> None:
    WardFactory(code="E05999003", name="Sedge")
    PlaceFactory(slug="mill-pond", lon=0.25)
    PlaceFactory(slug="the-green", lon=0.75)
    PlaceFactory(slug="kiosk", lon=0.75, ward_code="E05999003")
    PlaceFactory(slug="far-off", name="Far off", lon=5.0)
    report = bring_wards(REED, RUSH)
    assert (*counts(report), report.placed) == (2, 0, 0, 2)
    assert report.warnings == ["Far off (far-off) lies in none of the wards; it has none."]
    found = {slug: place(db_session, slug).ward_code for slug in ("mill-pond", "the-green", "kiosk", "far-off")}
    assert found == {"mill-pond": "E05999001", "the-green": "E05999002", "kiosk": "E05999003", "far-off": None}
    assert counts(bring_wards(REED, {**RUSH, "properties": {"WD24CD": "E05999002", "WD24NM": "Rush End"}})) == (0, 1, 1)


def test_the_facts_load_once_however_often_they_are_loaded(db_session: Session) -> None:
    first = load_facts()
    db_session.expire_all()
    again = load_facts()
    assert counts(first) == (78, 0, 0)
    assert counts(again) == (0, 0, 78)
    assert first.warnings == again.warnings == []
    assert db_session.scalar(select(func.count()).select_from(Ward)) == 19
    station = place(db_session, "barking-station")
    assert (station.kind, station.ward_code, station.approximate) == ("station", "E05014066", False)
    assert station.credit is not None
    assert [area.slug for area in station.areas] == ["barking-town-centre"]
    assert station.external_id == "stn_barking"
    assert place(db_session, "east-street").approximate
    town = db_session.scalars(select(Area).where(Area.slug == "barking-town-centre")).one()
    assert len({here.ward_code for here in town.places}) > 1
    assert place(db_session, "eastbrook-school-area").children_gather
    assert not station.children_gather


def test_the_facts_bring_a_changed_place_back_and_keep_its_slug(db_session: Session) -> None:
    load_facts()
    place(db_session, "barking-park").name = "Something else"
    db_session.flush()
    assert counts(load_facts()) == (0, 1, 77)
    assert place(db_session, "barking-park").name == "Barking Park"


def test_the_facts_leave_a_council_its_own_ids(db_session: Session) -> None:
    bring(f"{HEAD},id\nBarking Park,park,51.5,0.08,our-7\n")
    assert counts(load_facts()) == (77, 1, 0)
    park = place(db_session, "barking-park")
    assert (park.external_id, park.lat) == ("our-7", 51.5452)
