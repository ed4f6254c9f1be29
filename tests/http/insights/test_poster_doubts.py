"""Telling us that a poster looks fake or damaged, without a name, and the queue in which an officer meets it."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from community.extensions import db
from community.places.models import Poster, PosterReport
from community.places.service import reports
from community.staff.models import AuditEntry
from tests.factories.places import PlaceFactory, PosterFactory
from tests.rig.client import Client
from tests.rig.staff import client_of

QUEUE = "/staff/posters/reports"


@pytest.fixture
def hung(db_session: object) -> Poster:
    place = PlaceFactory(name="Barking Station", kind="station")
    poster: Poster = PosterFactory(place=place, spot="by the gates", status="up", up_on=date(2026, 11, 3))
    return poster


@pytest.fixture
def officer(app: Flask) -> Client:
    return client_of(app, "coordinator")


def counted() -> int:
    return db.session.scalar(select(func.coalesce(func.sum(PosterReport.n), 0))) or 0


def tell(client: Client, code: str, reason: str = "It is torn", **headers: str) -> object:
    labels = {"It is torn": "damaged", "stuck": "covered"}
    return client.press(client.get(f"/poster/{code}"), "Tell us", {"reason": labels[reason]}, **headers)


def test_a_report_is_counted_and_thanked_for_with_help_beside_it(client: Client, hung: Poster) -> None:
    answer = client.press(
        client.get(f"/poster/{hung.code}"), "Tell us", {"reason": "It is torn, wet or cannot be scanned"}
    )
    assert (answer.status_code, answer.page.h1) == (200, "Thank you for telling us")
    assert "Childline" in answer.page.text
    assert "Set-Cookie" not in answer.headers
    assert counted() == 1


def test_a_report_hides_no_poster(client: Client, hung: Poster) -> None:
    for _ in range(25):
        tell(client, hung.code)
    assert client.get(f"/poster/{hung.code}").page.h1 == "Yes, this poster is ours"


def test_a_code_that_is_not_ours_can_be_reported_where_it_has_the_shape_of_one(client: Client, hung: Poster) -> None:
    page = client.get("/poster/abcd-2345")
    assert page.status_code == 404
    assert client.press(page, "Tell us", {"reason": "asks_details"}).status_code == 200
    assert db.session.scalars(select(PosterReport.code)).all() == ["ABCD2345"]
    assert "Tell us" not in [button.text for button in client.get("/poster/hello").page.all("button")]
    assert client.post("/poster/hello", data={"reason": "damaged"}).status_code == 404
    assert counted() == 1


@pytest.mark.parametrize("reason", ["", "because he did it", "<b>"])
def test_only_a_reason_of_ours_is_taken(client: Client, hung: Poster, reason: str) -> None:
    answer = client.post(f"/poster/{hung.code}", data={"reason": reason})
    assert answer.status_code == 422
    assert answer.page.link("Choose what looks wrong.") == "#reason"
    assert answer.page.title.startswith("Error:")
    assert counted() == 0


def test_another_site_cannot_report_in_somebodys_name(client: Client, hung: Poster) -> None:
    sent = {"reason": "damaged"}
    assert client.post(f"/poster/{hung.code}", data=sent, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post(f"/poster/{hung.code}", data=sent, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200
    assert counted() == 1


@pytest.mark.parametrize(("language", "words"), [("ro", "Vă mulțumim"), ("ur", "شکریہ")])
def test_the_form_speaks_the_pages_language(client: Client, hung: Poster, language: str, words: str) -> None:
    page = client.get(f"/poster/{hung.code}?lang={language}")
    button = next(b.text for b in page.page.all("button") if b.text in ("Spuneți-ne", "ہمیں بتائیں"))
    answer = client.press(page, button, {"reason": "covered"})
    assert answer.page.lang == language
    assert words in answer.page.h1


def test_a_flood_stops_being_written_and_is_thanked_all_the_same(client: Client, hung: Poster) -> None:
    for _ in range(reports.MOST_A_DAY):
        client.post(f"/poster/{hung.code}", data={"reason": "damaged"})
    assert client.post(f"/poster/{hung.code}", data={"reason": "damaged"}).status_code == 200
    assert counted() == reports.MOST_A_DAY


def test_the_queue_says_what_was_told_and_the_home_page_that_somebody_must_look(
    client: Client, officer: Client, hung: Poster
) -> None:
    assert "Nothing waits" in officer.get(QUEUE).page.text
    tell(client, hung.code)
    tell(client, hung.code, "stuck")
    client.post("/poster/ABCD2345", data={"reason": "other"})
    page = officer.get(QUEUE).page
    assert "Barking Station, by the gates" in page.text
    assert "Not one of ours: ABCD-2345" in page.text
    assert "3 reports say that 2 posters may be fake or damaged." in officer.get("/staff").page.text
    assert "Reported 2 times" in officer.get("/staff/posters").page.text
    assert "Reported 2 times" in officer.get(f"/staff/posters/{hung.code}").page.text


@pytest.mark.parametrize(
    ("button", "status"),
    [("Ours and whole: it stays", "up"), ("Taken down", "taken-down"), ("Taken down for good", "taken-down")],
)
def test_what_was_found_is_said_by_one_button(
    client: Client, officer: Client, hung: Poster, button: str, status: str
) -> None:
    tell(client, hung.code)
    done = officer.press(officer.get(QUEUE), button)
    assert done.status_code == 303
    page = officer.get(done.headers["Location"]).page
    assert "Nothing waits" in page.text and "What you found is noted." in page.text
    assert f"{button}." in page.text
    db.session.refresh(hung)
    assert hung.status == status
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)).one()
    assert (entry.action, entry.subject, entry.who is not None) == ("poster.look-at-reports", hung.code, True)


def test_a_poster_that_is_not_ours_is_settled_as_that(client: Client, officer: Client, hung: Poster) -> None:
    client.post("/poster/ABCD2345", data={"reason": "other"})
    officer.press(officer.get(QUEUE), "Not one of ours: removed, or passed on")
    assert "Nothing waits" in officer.get(QUEUE).page.text


def test_a_finding_that_does_not_fit_is_refused_with_words(client: Client, officer: Client, hung: Poster) -> None:
    tell(client, hung.code)
    page = officer.get(QUEUE)
    token = next(f.get("value") for f in page.page.all("input") if f.get("name") == "csrf_token")
    answer = officer.post(f"{QUEUE}/{hung.code}", data={"csrf_token": token, "found": "not-ours"})
    assert answer.status_code == 422
    assert answer.page.link("Choose what was found.") == f"#found-{hung.code}"


def test_somebody_who_may_only_look_can_settle_nothing(app: Flask, client: Client, hung: Poster) -> None:
    tell(client, hung.code)
    page = client_of(app, "viewer").get(QUEUE).page
    assert "Barking Station" in page.text
    assert [button.text for button in page.all("button")] == ["Sign out"]


def test_a_report_keeps_nothing_of_who_sent_it(client: Client, hung: Poster) -> None:
    tell(client, hung.code, **{"User-Agent": "somebody's phone", "X-Forwarded-For": "203.0.113.9"})
    (row,) = db.session.execute(select(PosterReport.__table__)).all()
    assert set(row._mapping) == {"code", "reason", "reported_on", "n", "looked_n", "outcome", "looked_on"}
