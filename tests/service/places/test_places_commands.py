"""`places` and `posters` as typed: one JSON document, errors on standard error with status 1, all or nothing."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from community.places.models import Place, Poster, Ward
from community.shared.clock import london_today
from community.surveys.models import Survey, Version, Wave
from tests.factories.places import AreaFactory, PlaceFactory, PosterFactory, WardFactory
from tests.rig.client import Runner

HEAD = "name,kind,lat,lon"


@pytest.fixture
def wave(db_session: Session) -> int:
    survey = Survey(slug="small")
    version = Version(survey=survey, number=1, digest="0" * 64, definition="{}", imported_on=london_today())
    wave = Wave(survey=survey, version=version, number=1, title="Small", opens_on=london_today())
    db_session.add(wave)
    db_session.flush()
    return wave.id


def written(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_places_are_listed_with_their_ward_and_areas(db_session: Session, runner: Runner) -> None:
    ward = WardFactory(code="E05999001", name="Reed")
    PlaceFactory(slug="mill-pond", name="Mill Pond", ward=ward, areas=[AreaFactory(slug="docks")], precision="point")
    PlaceFactory(slug="a-kiosk", name="A kiosk", kind="other")
    kiosk, pond = runner.json("places", "list")
    assert (kiosk["slug"], kiosk["ward"], kiosk["areas"]) == ("a-kiosk", None, [])
    assert {key: pond[key] for key in ("slug", "name", "kind", "ward_code", "ward", "areas", "lat", "lon")} == {
        "slug": "mill-pond", "name": "Mill Pond", "kind": "park", "ward_code": "E05999001", "ward": "Reed",
        "areas": ["docks"], "lat": 51.5, "lon": 0.1,
    }  # fmt: skip
    text = runner("places", "list").stdout
    assert "mill-pond" in text
    assert "Reed" in text


def test_an_import_counts_what_it_did_and_is_kept(db_session: Session, runner: Runner, tmp_path: Path) -> None:
    path = written(tmp_path, "places.csv", f"{HEAD},colour\nMill Pond,park,51.5,0.25,blue\n")
    first = runner.json("places", "import", path)
    assert {key: first[key] for key in ("added", "changed", "unchanged")} == {"added": 1, "changed": 0, "unchanged": 0}
    assert any("colour" in warning for warning in first["warnings"])
    again = runner("places", "import", path)
    assert again.stdout == "places: 0 added, 0 changed, 1 unchanged\n"
    assert "colour" in again.stderr
    assert db_session.scalars(select(Place.slug)).all() == ["mill-pond"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("Mill Pond,park,51.5,0.25\nKiosk,zoo,51.5,0.25\nGreen,park,x,0.25\n", ["line 3: kind", "line 4: lat"]),
        ("Mill Pond,park,51.5,0.25\nKnown place,park,51.5,0\nKnown place!,park,51.5,0\n", ["line 4: name"]),
    ],
)
def test_nothing_is_kept_of_a_file_with_a_bad_line(
    db_session: Session, runner: Runner, tmp_path: Path, rows: str, words: list[str]
) -> None:
    PlaceFactory(slug="known-place", name="Known place", kind="other")
    result = runner("places", "import", written(tmp_path, "places.csv", f"{HEAD}\n{rows}"), "--json", status=1)
    assert result.stdout == ""
    assert all(word in result.stderr for word in words)
    assert db_session.execute(select(Place.slug, Place.kind)).all() == [("known-place", "other")]


def test_nothing_is_kept_when_two_rows_turn_out_to_be_one_place(
    db_session: Session, runner: Runner, tmp_path: Path
) -> None:
    PlaceFactory(slug="mill-pond", name="Mill Pond", external_id="p1")
    text = f"{HEAD},id\nNew,park,51.5,0,\nOther name,park,51.5,0,p1\nMill Pond,park,51.5,0,\n"
    result = runner("places", "import", written(tmp_path, "places.csv", text), status=1)
    assert "line 4: 'Mill Pond' is the same place as line 3" in result.stderr
    assert db_session.scalars(select(Place.name)).all() == ["Mill Pond"]


def test_a_file_that_is_not_there_is_named(runner: Runner, tmp_path: Path) -> None:
    for command in ("import", "import-wards"):
        result = runner("places", command, str(tmp_path / "none.csv"), status=1)
        assert "none.csv cannot be read: No such file" in result.stderr
        assert "Traceback" not in result.stderr


def test_ward_shapes_come_in_whole_or_not_at_all(db_session: Session, runner: Runner, tmp_path: Path) -> None:
    PlaceFactory(slug="mill-pond", lat=51.5, lon=0.25)
    ring = [[0, 51], [1, 51], [1, 52], [0, 52], [0, 51]]
    good = {
        "type": "Feature",
        "properties": {"WD24CD": "E05999001", "WD24NM": "Reed"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    for features, status in (([good, {**good, "geometry": None}], 1), ([good], 0)):
        text = json.dumps({"type": "FeatureCollection", "features": features})
        result = runner("places", "import-wards", written(tmp_path, "w.geojson", text), "--json", status=status)
        assert db_session.scalar(select(func.count()).select_from(Ward)) == 1 - status
    assert json.loads(result.stdout) == {"added": 1, "changed": 0, "unchanged": 0, "placed": 1, "warnings": []}
    assert db_session.scalar(select(Place.ward_code)) == "E05999001"


def test_posters_are_made_and_listed_with_the_address_people_scan(
    db_session: Session, runner: Runner, wave: int
) -> None:
    PlaceFactory(slug="mill-pond")
    PosterFactory(place=PlaceFactory(slug="a-kiosk"))
    made = runner.json(
        "posters", "create", "--place", "mill-pond", "--spot", "by the gate", "--count", "2", "--wave", str(wave)
    )
    assert len(made) == 2
    for poster in made:
        assert poster == {
            "code": poster["code"], "place": "mill-pond", "spot": "by the gate", "kind": "fixed_place",
            "status": "planned", "url": f"https://voice.example/q/{poster['code']}",
        }  # fmt: skip
    assert runner.json("posters", "list", "--place", "mill-pond") == made
    assert [poster["place"] for poster in runner.json("posters", "list")] == ["a-kiosk", "mill-pond", "mill-pond"]
    assert [a.wave_id for a in db_session.scalars(select(Poster)).all()[1].assignments] == [wave]
    assert "by the gate" in runner("posters", "list").stdout


def test_a_bus_route_poster_has_no_place(db_session: Session, runner: Runner) -> None:
    (poster,) = runner.json("posters", "create", "--kind", "bus_route", "--route", "bus 5", "--spot", "upper deck")
    assert (poster["place"], poster["kind"]) == (None, "bus_route")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--place", "nowhere"], "There is no place 'nowhere'"),
        ([], "needs a place"),
        (["--place", "mill-pond", "--count", "0"], "Make 1 to 500"),
        (["--place", "mill-pond", "--wave", "999999"], "There is no wave 999999"),
    ],
)
def test_a_poster_that_cannot_be_made_leaves_nothing_behind(
    db_session: Session, runner: Runner, words: list[str], reason: str
) -> None:
    PlaceFactory(slug="mill-pond")
    result = runner("posters", "create", "--spot", "gate", *words, "--json", status=1)
    assert reason in result.stderr
    assert result.stdout == ""
    assert db_session.scalars(select(Poster)).all() == []


def test_a_poster_is_pointed_at_a_wave_and_anew(db_session: Session, runner: Runner, wave: int) -> None:
    code = PosterFactory().code
    today = london_today()
    first = runner.json("posters", "assign", code.lower(), "--wave", str(wave))
    assert first == {"code": code, "waves": [{"wave": wave, "from": today.isoformat(), "to": None}]}
    later = (today + timedelta(days=10)).isoformat()
    refused = runner("posters", "assign", code, "--wave", str(wave), "--from", later, status=1)
    assert "serves wave" in refused.stderr
    anew = runner.json("posters", "assign", code, "--wave", str(wave), "--from", later, "--to", later, "--instead")
    assert anew["waves"] == [
        {"wave": wave, "from": today.isoformat(), "to": (today + timedelta(days=9)).isoformat()},
        {"wave": wave, "from": later, "to": later},
    ]


def test_a_poster_is_marked_through_its_life(db_session: Session, runner: Runner) -> None:
    code = PosterFactory().code
    for word, status in (("up", "up"), ("reported", "reported"), ("up", "up"), ("retired", "taken-down")):
        (poster,) = runner.json("posters", "mark", code, word)
        assert poster["status"] == status
    refused = runner("posters", "mark", code, "up", status=1)
    assert "was retired on" in refused.stderr
    assert runner("posters", "mark", "nonsense", "up", status=1).stdout == ""


@pytest.mark.parametrize("status", ["up", "taken-down", "reported", "retired"])
def test_nothing_becomes_of_a_poster_on_a_day_that_has_not_come(
    db_session: Session, runner: Runner, status: str
) -> None:
    poster, tomorrow = PosterFactory(), london_today() + timedelta(days=1)
    refused = runner("posters", "mark", poster.code, status, "--on", tomorrow.isoformat(), status=1)
    assert f"{tomorrow} has not come yet" in refused.stderr
    assert poster.status == "planned"
    runner("posters", "mark", poster.code, status, "--on", london_today().isoformat())


def test_a_poster_does_not_come_down_before_it_went_up(db_session: Session, runner: Runner) -> None:
    code, yesterday = PosterFactory().code, london_today() - timedelta(days=1)
    runner("posters", "mark", code, "up")
    refused = runner("posters", "mark", code, "taken-down", "--on", yesterday.isoformat(), status=1)
    assert "cannot have come down before" in refused.stderr
    (found,) = runner.json("posters", "mark", code, "taken-down")  # on the same day it may
    assert found["status"] == "taken-down"


@pytest.mark.parametrize("number", ["99999999999999999999", "2147483648", "0", "-1", "x"])
@pytest.mark.parametrize(
    "words",
    [
        ["posters", "create", "--place", "mill-pond", "--wave"],
        ["posters", "create", "--place", "mill-pond", "--count"],
        ["posters", "assign", "CODE", "--wave"], ["surveys", "close-wave", "small"],
        ["insights", "results", "small", "--wave"],
    ],
)  # fmt: skip
def test_a_number_that_can_be_none_is_refused_in_words(
    db_session: Session, runner: Runner, words: list[str], number: str
) -> None:
    PlaceFactory(slug="mill-pond")
    typed = [PosterFactory().code if word == "CODE" else word for word in words]
    separate = ["--", number] if not words[-1].startswith("--") else [number]
    refused = runner(*typed, *separate, status=1 if words[-1] == "--count" and number != "x" else 2)
    assert number in refused.stderr
    assert "Traceback" not in refused.stderr
    assert db_session.scalar(select(func.count()).select_from(Poster)) == (1 if "CODE" in words else 0)
