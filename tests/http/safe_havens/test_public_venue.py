"""A venue's page, reporting a problem there, and the check of its sticker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine

from community.extensions import db
from community.places.codes import display
from community.safe_havens.kinds import PROBLEMS
from community.safe_havens.models import HavenException, HavenFeedback, HavenProblem, SafeHaven
from community.safe_havens.service import problems
from community.shared.clock import LONDON
from tests.factories.places import PlaceFactory
from tests.factories.safe_havens import AppliedFactory, ContactFactory, ListedFactory
from tests.rig.client import Client

NOW = datetime(2026, 12, 20, 21, 20, tzinfo=LONDON)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cafe(db_session: object) -> SafeHaven:
    place = PlaceFactory(name="Barking Station", kind="station")
    made: SafeHaven = ListedFactory(
        slug="ayeshas", name="Ayesha's cafe", opening="Mo-Th 09:00-17:00; Fr,Sa 09:00-01:00; Su 18:00-23:00; PH off",
        place_id=place.id, address="3 Station Parade", offers=["water", "step_free"], languages=["English", "Urdu"],
        keeps_out=True,
    )  # fmt: skip
    ContactFactory(haven_id=made.id, name="Ayesha Privately", email="private@venue.example", phone="07700 900123")
    db.session.add(HavenException(haven_id=made.id, on_day=date(2026, 12, 24), opening="10:00-13:00"))
    db.session.flush()
    return made


def counted() -> list[tuple[str, int]]:
    return [(row.problem, row.n) for row in db.session.query(HavenProblem).order_by(HavenProblem.problem)]


def test_the_page_tells_all_that_a_visitor_needs_and_nobody_s_name(client: Client, cafe: SafeHaven) -> None:
    answer = client.get("/safe-havens/ayeshas")
    text = " ".join(answer.page.text.split())
    assert answer.page.h1 == "Ayesha's cafe"
    assert text.index("999") < text.index("Ayesha's cafe")
    for told in (
        "Open now, till 11pm", "3 Station Parade", "Near Barking Station", "9am to 1am", "6pm to 11pm",
        "drinking water", "step-free way in", "English, Urdu", "We last checked this place on 1 July 2026.",
        "Staff may keep out someone who follows you.",
        "Thursday 24 December: 10am to 1pm", "Friday 25 December (bank holiday): shut",
        "Monday 28 December (bank holiday): shut", "Friday 1 January (bank holiday): shut",
    ):  # fmt: skip
        assert told in text
    assert re.search(r"Bank holidays</th><td[^>]*>shut</td>", answer.html)
    assert not [private for private in ("Privately", "private@", "900123") if private in answer.text]


def test_a_shut_venue_says_when_it_opens(client: Client, cafe: SafeHaven) -> None:
    with time_machine.travel(NOW + timedelta(hours=3), tick=False):
        assert "Shut, opens today at 9am" in client.get("/safe-havens/ayeshas").page.text


@pytest.mark.parametrize("problem", PROBLEMS)
def test_a_problem_is_counted_thanked_for_and_hides_nothing(client: Client, cafe: SafeHaven, problem: str) -> None:
    answer = client.press(client.get("/safe-havens/ayeshas"), "Tell us", {"problem": problem})
    assert (answer.status_code, answer.page.h1) == (200, "Thank you for telling us")
    assert "Childline" in answer.page.text and "Set-Cookie" not in answer.headers
    assert ("We are sorry" in answer.page.text) == (problem == "danger")
    assert counted() == [(problem, 1)]
    assert client.get("/safe-havens/ayeshas").status_code == 200


def test_a_report_sent_again_is_one_report_and_another_from_the_same_page_is_another(
    client: Client, cafe: SafeHaven
) -> None:
    page = client.get("/safe-havens/ayeshas")
    for problem in ("shut", "shut", "danger", "shut"):
        assert client.press(page, "Tell us", {"problem": problem}).page.h1 == "Thank you for telling us"
    assert counted() == [("danger", 1), ("shut", 1)]
    client.press(client.get("/safe-havens/ayeshas"), "Tell us", {"problem": "shut"})
    assert counted() == [("danger", 1), ("shut", 2)]


@pytest.mark.parametrize("mark", ["", "x", "a\0b" * 9, "x" * 5_000, "\u0663" * 20])
def test_a_form_without_a_mark_of_ours_is_counted_each_time(client: Client, cafe: SafeHaven, mark: str) -> None:
    for _ in range(2):
        client.post("/safe-havens/ayeshas", data={"problem": "shut", "_mark": mark})
    assert counted() == [("shut", 2)]


def test_a_report_that_could_not_be_stored_is_counted_when_it_is_sent_again(
    client: Client, cafe: SafeHaven, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = client.get("/safe-havens/ayeshas")

    def fail(*_: object) -> None:
        raise RuntimeError("no room")

    with monkeypatch.context() as broken:
        broken.setattr(problems, "report", fail)
        with pytest.raises(RuntimeError, match="no room"):
            client.press(page, "Tell us", {"problem": "shut"})
    client.press(page, "Tell us", {"problem": "shut"})
    assert counted() == [("shut", 1)]


def test_nothing_chosen_is_asked_for_again(client: Client, cafe: SafeHaven) -> None:
    answer = client.press(client.get("/safe-havens/ayeshas"), "Tell us")
    assert answer.status_code == 422 and answer.page.title.startswith("Error:")
    assert "Choose what went wrong." in answer.page.text
    assert counted() == []


def test_a_flood_is_thanked_and_no_longer_written(client: Client, cafe: SafeHaven) -> None:
    db.session.add(HavenProblem(haven_id=cafe.id, problem="shut", reported_on=TODAY, n=200))
    db.session.commit()
    answer = client.post("/safe-havens/ayeshas", data={"problem": "shut"})
    assert answer.page.h1 == "Thank you for telling us"
    assert counted() == [("shut", 200)]


def test_another_site_s_form_reports_nothing(client: Client, cafe: SafeHaven) -> None:
    for path, data in (("ayeshas", {"problem": "danger"}), (f"check/{cafe.serial}", {"said": "helped"})):
        answer = client.post(f"/safe-havens/{path}", data=data, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403
    assert counted() == []


@pytest.mark.parametrize(
    ("sent_from", "is_taken"),
    [
        ({}, True),
        ({"Origin": "null"}, True),  # what our own pages send: they tell nobody where somebody was
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": "http://LOCALHOST"}, True),
        ({"Origin": "https://behind-a-proxy.example", "Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": "https://elsewhere.example"}, False),
        ({"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "http://localhost.elsewhere.example"}, False),
        ({"Origin": "http://[half"}, False),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, False),
    ],
    ids=str,
)
def test_a_form_is_taken_from_our_own_pages_in_any_browser(
    client: Client, cafe: SafeHaven, sent_from: dict[str, str], is_taken: bool
) -> None:
    answer = client.post("/safe-havens/ayeshas", data={"problem": "shut"}, headers=sent_from)
    assert (answer.status_code == 200, answer.status_code == 403) == (is_taken, not is_taken)
    assert counted() == ([("shut", 1)] if is_taken else [])


def test_a_form_is_taken_from_the_address_that_people_type(client: Client, cafe: SafeHaven) -> None:
    base = client.application.config["SETTINGS"].public_base_url
    answer = client.post(
        "/safe-havens/ayeshas", data={"problem": "shut"}, headers={"Origin": base, "Host": "inside.example"}
    )
    assert answer.status_code == 200


def test_a_report_speaks_the_language_of_the_page(client: Client, cafe: SafeHaven) -> None:
    answer = client.post("/safe-havens/ayeshas", data={"problem": "shut", "_language": "ur"})
    assert answer.page.lang == "ur"


@pytest.mark.parametrize(
    "standing",
    [
        {"checked_on": date(2025, 12, 19)},
        {"trained_on": date(2025, 12, 19)},
        {"status": "suspended", "suspended_because": "failed_visit"},
        {"status": "left", "left_on": TODAY},
    ],
    ids=str,
)
def test_a_venue_that_is_none_at_present_says_so_kindly_and_nothing_more(
    client: Client, db_session: object, standing: dict[str, object]
) -> None:
    haven = ListedFactory(slug="was-one", name="Was one", **standing)
    for answer in (client.get("/safe-havens/was-one"), client.post("/safe-havens/was-one", data={"problem": "shut"})):
        assert (answer.status_code, answer.page.h1) == (410, "Not a Safe Haven at present")
        assert "999" in answer.page.text and "failed" not in answer.page.text
        assert client.follow(answer, "Find a Safe Haven").page.h1 == "Safe Havens"
    sticker = client.get(f"/safe-havens/check/{haven.serial}")
    assert sticker.page.h1 == "This sticker does not count just now"
    assert haven.checked_on is not None and f"{haven.checked_on.year}" in sticker.page.text
    assert counted() == []


NOBODY = ["nobody", "x" * 3000, "%00", "a%00b", "'%20OR%201=1", "%E2%80%AEabc", "%F0%9F%8D%B0", "only-applied"]


@pytest.mark.parametrize("slug", NOBODY)
def test_an_address_of_nobody_is_a_kind_404(client: Client, db_session: object, slug: str) -> None:
    AppliedFactory(slug="only-applied")
    address = f"/safe-havens/{slug}"
    for answer in (client.get(address), client.post(address, data={"problem": "shut"})):
        assert answer.status_code == 404 and "999" in answer.page.text


def test_a_live_sticker_is_ours_and_says_when_it_was_last_checked(client: Client, cafe: SafeHaven) -> None:
    typed = display(str(cafe.serial)).lower()
    answer = client.press(client.get("/safe-havens/check"), "Check the sticker", {"serial": typed})
    page = client.get(answer.headers["Location"]).page
    assert page.h1 == "Yes, this sticker is ours"
    assert "Ayesha's cafe" in page.text and "1 July 2026" in page.text and display(str(cafe.serial)) in page.text


def test_a_venue_that_will_not_be_listed_has_a_sticker_and_no_page(client: Client, db_session: object) -> None:
    quiet = ListedFactory(slug="quiet", name="Quiet hub", consents=False)
    assert "Quiet hub" in client.get(f"/safe-havens/check/{quiet.serial}").page.text
    assert client.get("/safe-havens/quiet").status_code == 404


@pytest.mark.parametrize("serial", ["ABCD2345", "x" * 3000, "%00", "'%3B--", "%E2%80%AE", "5XJ1-E3A"])
def test_a_serial_nobody_knows_may_be_a_fake(client: Client, cafe: SafeHaven, serial: str) -> None:
    answer = client.get(f"/safe-havens/check/{serial}")
    assert (answer.status_code, answer.page.h1) == (404, "We do not know this sticker")
    assert client.post(f"/safe-havens/check/{serial}", data={"said": "helped"}).status_code == 404


def test_a_visitor_says_whether_they_helped_and_it_is_a_count(client: Client, cafe: SafeHaven) -> None:
    page = client.get(f"/safe-havens/check/{cafe.serial}")
    assert client.press(page, "Tell us").status_code == 422
    for said in ("Yes, they helped", "Yes, they helped", "Nobody there knew about it"):
        page = client.get(f"/safe-havens/check/{cafe.serial}")
        client.press(page, "Tell us", {"said": said})
        answer = client.press(page, "Tell us", {"said": said})  # a reload
        assert answer.page.h1 == "Thank you for telling us"
    assert client.follow(answer, "Report a problem").page.h1 == "Ayesha's cafe"
    rows = db.session.query(HavenFeedback).order_by(HavenFeedback.said).all()
    assert [(row.said, row.said_on, row.n) for row in rows] == [("helped", TODAY, 2), ("nobody_knew", TODAY, 1)]


def test_open_data_holds_no_contact_and_tells_who_is_open(client: Client, cafe: SafeHaven) -> None:
    ListedFactory(name="Shut cafe", demo=True)
    answer = client.get("/api/v1/safe-havens")
    assert answer.mimetype == "application/geo+json" and answer.headers["Access-Control-Allow-Origin"] == "*"
    told = {one["properties"]["name"]: one["properties"] for one in answer.json["features"]}
    assert told["Ayesha's cafe"]["until"] == "2026-12-20T23:00+00:00" and told["Ayesha's cafe"]["place"]
    assert (told["Shut cafe"]["open_now"], told["Shut cafe"]["demo"]) == (False, True)
    (only,) = client.get("/api/v1/safe-havens?open=now").json["features"]
    assert only["id"] == "ayeshas"
    for path in ("", "/services"):
        assert "rivate" not in client.get(f"/api/v1/safe-havens{path}").text


@pytest.mark.parametrize(
    "path", ["?open=tomorrow", "?open=", "/services?page=0", "/services?page=x", "/services?per_page=101"]
)
def test_a_parameter_that_cannot_be_is_refused_in_words(client: Client, cafe: SafeHaven, path: str) -> None:
    answer = client.get(f"/api/v1/safe-havens{path}")
    assert answer.status_code == 400 and len(answer.json["message"]) > 15


def test_open_referral_lists_and_tells_each(client: Client, cafe: SafeHaven) -> None:
    page = client.get("/api/v1/safe-havens/services").json
    one = client.get(f"/api/v1/safe-havens/services/{page['contents'][0]['id']}").json
    assert page["contents"][0].items() <= one.items()
    assert one["service_at_locations"][0]["location"]["description"] == "3 Station Parade"
    assert client.get("/api/v1/safe-havens/services/nobody").status_code == 404
