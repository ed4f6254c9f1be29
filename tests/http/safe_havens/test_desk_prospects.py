"""Businesses to approach at the desk: brought in, added, asked; who may see a contact and what people said there."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from community.extensions import db
from community.safe_havens.service import prospects
from community.shared.clock import london_today
from tests.factories.places import PlaceFactory
from tests.factories.safe_havens import ProspectFactory
from tests.rig.client import Client
from tests.rig.staff import client_of, form_token, send_file
from tests.service.insights.world import UNSAFE, make_world

LIST = "/staff/havens/prospects"


@pytest.fixture
def priya(app: Flask, db_session: object) -> Client:
    PlaceFactory(name="Mill Pond", slug="mill-pond")
    return client_of(app, "coordinator")


def send(client: Client, data: bytes, name: str = "list.csv") -> Any:
    return send_file(client, f"{LIST}/bring-in", data, name)


def test_a_spreadsheet_is_brought_in_and_its_faults_are_told_by_line(priya: Client) -> None:
    bad = send(priya, b"name,kind,address,place\nA,cafe,1 Road,Mill Pond\n<b>B</b>,caff,2 Road,Mill Pond\n")
    assert bad.status_code == 422 and prospects.everyone() == []
    assert "Nothing was brought in: 1 line needs putting right." in bad.page.text and "Line 3" in bad.page.text
    good = send(priya, b"name,kind,address,place\nA,cafe,1 Road,Mill Pond\n<b>B</b>,shop,2 Road,Mill Pond\n")
    page = priya.get(good.headers["Location"])
    assert "New: 2." in page.page.text and "<b>B</b>" in page.page.text and "<b>B</b>" not in page.html


def test_no_file_a_strange_file_and_a_huge_one_are_refused_politely(priya: Client) -> None:
    token = form_token(priya.get(f"{LIST}/bring-in"))
    assert "Select a file." in priya.post(f"{LIST}/bring-in", data={"csrf_token": token}).page.text
    assert ".xlsx or .csv" in send(priya, b"x", "list.pdf").page.text
    assert "not a spreadsheet" in send(priya, b"x", "list.xlsx").page.text
    huge = send(priya, b"x" * 1_100_000)
    assert huge.status_code == 413 and "larger than 1 MB" in huge.page.text


def test_a_business_is_added_asked_and_taken_off(priya: Client) -> None:
    form = priya.get(f"{LIST}/new")
    empty = priya.press(form, "Keep")
    assert empty.status_code == 422 and "Enter the name." in empty.page.text
    filled = {"name": "Copper Shop", "kind": "shop", "address": "1 Road", "place": "Mill Pond",
              "contact_email": "ann@shop.example"}  # fmt: skip
    assert priya.press(form, "Keep", filled).status_code == 303
    assert "on the list already" in priya.press(form, "Keep", filled).page.text
    (one,) = prospects.everyone()
    page = priya.get(f"{LIST}/{one.id}")
    priya.press(page, "Keep", {"answer": "Interested", "approached_on": "2026-11-03"})
    shown = priya.get(LIST).page.text
    assert "Interested, 3 November 2026" in shown and "ann@shop.example" in shown
    late = priya.press(page, "Keep", {"approached_on": "2199-01-01"})
    assert "still to come" in late.page.text
    priya.press(priya.get(f"{LIST}/{one.id}"), "Take it off")
    assert prospects.everyone() == []


@pytest.mark.parametrize(
    ("query", "n"), [("", 2), ("?q=copper", 1), ("?answer=no", 1), ("?kind=shop", 2), ("?place=mill-pond", 1)]
)
def test_the_list_is_narrowed(priya: Client, query: str, n: int) -> None:
    place = PlaceFactory(name="Lock", slug="lock")
    ProspectFactory(name="Copper Shop", place_id=place.id, answer="no")
    ProspectFactory(name="Tin Shop", place_id=prospects.spots()[-1].id)
    db.session.commit()
    assert f"{n} business{'es' if n != 1 else ''}." in priya.get(LIST + query).page.text


def test_the_list_is_taken_away_by_a_form_and_harmless(priya: Client) -> None:
    ProspectFactory(name="=cmd()", contact_name="Ann")
    answer = priya.press(priya.get(LIST), "Take the list away (CSV)")
    assert answer.mimetype == "text/csv" and b"'=cmd()" in answer.get_data() and b"Ann" in answer.get_data()
    assert priya.get(f"{LIST}/list.csv").status_code == 405


def test_who_may_not_see_contacts_or_coverage_sees_neither(app: Flask, priya: Client) -> None:
    world = make_world()
    world.respond({"safe_here": UNSAFE}, place=world.station, daypart="19-21", on=london_today(), times=9)
    ProspectFactory(place_id=world.station.id, contact_name="Ann Contact")
    db.session.commit()
    told = priya.get(LIST).page.text
    assert "Ann Contact" in told and "felt unsafe (9 of 9)" in told
    seen = client_of(app, "viewer").get(LIST)
    assert "Ann Contact" not in seen.html and "felt unsafe" not in seen.page.text
    assert "Add a business" not in seen.page.text
    analyst = client_of(app, "analyst").get(LIST)
    assert "Ann Contact" not in analyst.html and "felt unsafe (9 of 9)" in analyst.page.text
