"""A coordinator sees where a venue's point is, and puts name, kind, address and point right."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from community.extensions import db
from community.places.models import Place
from community.places.service.facts import load_facts
from community.safe_havens.models import HavenEvent, HavenVisit, SafeHaven
from community.shared.clock import london_today
from community.staff.models import AuditEntry
from tests.factories.safe_havens import AppliedFactory, ContactFactory, ListedFactory
from tests.rig.client import Client
from tests.rig.staff import client_of

VENUE = "/staff/havens/venues/audit-cafe"


@pytest.fixture
def station(db_session: scoped_session[Session]) -> Place:
    load_facts()
    db.session.commit()
    return db.session.scalars(select(Place).where(Place.slug == "barking-station")).one()


@pytest.fixture
def priya(app: Flask, station: Place) -> Client:
    return client_of(app, "coordinator")


@pytest.fixture
def cafe(station: Place) -> SafeHaven:
    """Listed at the station's own point: whoever applied pressed Yes on the spot that was there."""
    today = london_today()
    haven: SafeHaven = ListedFactory(
        slug="audit-cafe", name="Audit Cafe", address="1 Audit Road", lat=station.lat, lon=station.lon,
        place_id=station.id, checked_on=today, trained_on=today,
    )  # fmt: skip
    ContactFactory(haven_id=haven.id)
    return haven


def stored() -> SafeHaven:
    return db.session.scalars(select(SafeHaven).where(SafeHaven.slug == "audit-cafe")).one()


def test_the_point_is_drawn_and_said_and_one_that_nobody_moved_stands_out(priya: Client, cafe: SafeHaven) -> None:
    page = priya.get(VENUE)
    assert "The spot on the map: at Barking Station. Is that the door?" in page.page.text
    picture = priya.get(f"{VENUE}/map.svg")
    assert picture.mimetype == "image/svg+xml" and "<svg" in picture.get_data(as_text=True)
    cafe.lat += 0.0002
    moved = priya.get(VENUE).page.text
    assert "20 m north of Barking Station, in a straight line" in moved and "Is that the door?" not in moved


def test_the_checklist_asks_whether_the_spot_is_right_and_shows_it(priya: Client, cafe: SafeHaven) -> None:
    db.session.add(HavenVisit(haven_id=cafe.id, kind="yearly", planned_on=london_today()))
    page = priya.follow(priya.get(VENUE), "Fill in the checklist")
    assert "Name and address are right, and the spot on the map is at the door" in page.page.text
    assert "The spot on the map: at Barking Station" in page.page.text
    assert priya.follow(page, "Correct the venue").page.h1 == "Correct the venue"


def test_a_visit_passed_before_there_was_a_line_does_not_say_no_to_it(priya: Client, cafe: SafeHaven) -> None:
    today = london_today()
    db.session.add(
        HavenVisit(haven_id=cafe.id, kind="yearly", planned_on=today, made_on=today, result="passed",
                   checklist=["open_to_all"])
    )  # fmt: skip
    page = priya.follow(priya.get(VENUE), "What was seen").page.text
    assert "Yes: Anyone may come in" in page and "No:" not in page


def test_all_of_it_is_put_right_without_a_script_and_stands_in_list_trail_and_history(
    priya: Client, cafe: SafeHaven, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    before = cafe.lat
    page = priya.follow(priya.get(VENUE), "Correct the venue")
    moved = priya.press(page, "25 m north, 50 m east", {"name": "Audit Café", "address": "1 Audit Road, IG11 8TU"})
    assert "not kept yet" in moved.page.text and stored().lat == before and stored().name == "Audit Cafe"
    done = priya.press(moved, "Keep", {"kind": "Pub or bar"} if "Pub or bar" in moved.html else {"kind": "pub or bar"})
    assert done.status_code == 303 and "It is put right" in priya.get(done.headers["Location"]).page.text
    haven = stored()
    assert (haven.name, haven.kind, haven.address) == ("Audit Café", "pub", "1 Audit Road, IG11 8TU")
    assert haven.lat == pytest.approx(before + 0.000225, abs=1e-5) and haven.slug == "audit-cafe"
    public = client.get("/safe-havens?near=barking-station").page.text
    assert "Audit Café" in public and "1 Audit Road, IG11 8TU" in public and "60 m in a straight line" in public
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "haven.correct")).one()
    assert entry.who is not None and '"Name":"Audit Cafe, now Audit Café"' in entry.detail
    assert '"Spot on the map":"moved by 56 m"' in entry.detail
    assert db.session.scalars(select(HavenEvent.event)).all() == ["details_changed"]
    letter = capsys.readouterr().err
    assert "Audit Café: we have put something right" in letter and "Address: 1 Audit Road, now 1 Audit Road" in letter


def test_the_spot_goes_to_the_place_that_is_chosen(priya: Client, cafe: SafeHaven, station: Place) -> None:
    cafe.lat, cafe.lon = 51.55, 0.15
    page = priya.get(f"{VENUE}/correct")
    assert "at Barking Station" in priya.press(page, "Put the spot at the nearest place").page.text
    wider = priya.press(priya.press(page, "Look from further away"), "Look from further away")
    assert "2.0 km wide" in wider.page.text
    nowhere = priya.press(page, "Keep", {"place": "None of these"})
    assert nowhere.status_code == 303 and stored().place_id is None and stored().lat == 51.55


def test_nothing_to_put_right_changes_nothing(priya: Client, cafe: SafeHaven) -> None:
    done = priya.press(priya.get(f"{VENUE}/correct"), "Keep")
    assert "Nothing was changed" in priya.get(done.headers["Location"]).page.text
    assert db.session.scalars(select(HavenEvent)).all() == []


def test_what_would_look_like_another_venue_is_noticed_first(priya: Client, cafe: SafeHaven) -> None:
    ListedFactory(name="Open Door", address="9 Door Road", reference="SH-OTHER")
    page = priya.press(priya.get(f"{VENUE}/correct"), "Keep", {"name": "Open door", "address": "9 Door Road"})
    assert page.status_code == 422 and "It may be the same as Open Door (SH-OTHER)" in page.page.text
    assert stored().name == "Audit Cafe"
    assert priya.press(page, "Keep it all the same").status_code == 303 and stored().name == "Open door"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": " "}, "Enter the name"),
        ({"name": "..."}, "Enter the name"),
        ({"name": "www.example.com"}, "Leave out web addresses"),
        ({"kind": "Select a kind"}, "Choose what kind"),
        ({"address": ""}, "Enter the address"),
        ({"address": "x" * 201}, "200 letters"),
        ({"place": "Select a place"}, "Choose the nearest place"),
    ],
)
def test_what_is_wrong_is_said_and_kept_on_the_page(
    priya: Client, cafe: SafeHaven, typed: dict[str, str], said: str
) -> None:
    page = priya.press(priya.get(f"{VENUE}/correct"), "Keep", typed)
    assert page.status_code == 422 and said in page.page.text
    assert db.session.scalars(select(HavenEvent)).all() == []


@pytest.mark.parametrize("point", [("x", "0"), ("nan", "0.08"), ("inf", "inf"), ("", ""), ("90", "180")])
def test_a_point_that_is_not_from_the_form_stays_in_reach(
    priya: Client, cafe: SafeHaven, point: tuple[str, str]
) -> None:
    page = priya.get(f"{VENUE}/correct")
    token = next(f.get("value") for f in page.page.all("input") if f.get("name") == "csrf_token")
    sent = {"csrf_token": token, "name": "Audit Cafe", "kind": "cafe", "address": "1 Audit Road",
            "place": "barking-station", "lat": point[0], "lon": point[1], "step": "9" * 30}  # fmt: skip
    assert priya.post(f"{VENUE}/correct", data=sent).status_code == 303
    haven = stored()
    assert 51.4 < haven.lat < 51.7 and -0.1 < haven.lon < 0.4


def test_who_is_out_of_the_scheme_is_left_as_it_was_and_only_coordinators_correct(
    app: Flask, priya: Client, cafe: SafeHaven
) -> None:
    page = priya.get(f"{VENUE}/correct")
    cafe.status, cafe.left_on = "left", london_today()
    refused = priya.press(page, "Keep", {"name": "Another"})
    assert refused.status_code == 422 and "not in the scheme any more" in refused.page.text
    viewer = client_of(app, "viewer")
    assert viewer.get(f"{VENUE}/correct").status_code == 403
    assert "Correct the venue" not in viewer.get(VENUE).page.text
    assert viewer.get(f"{VENUE}/map.svg").status_code == 200


def test_an_application_is_put_right_too(priya: Client, station: Place) -> None:
    AppliedFactory(slug="audit-cafe", name="Audit Cafe", lat=station.lat, lon=station.lon, place_id=station.id)
    done = priya.press(priya.get(f"{VENUE}/correct"), "Keep", {"name": "Audit Cafe and Bar"})
    assert done.status_code == 303 and stored().name == "Audit Cafe and Bar" and stored().status == "applied"
