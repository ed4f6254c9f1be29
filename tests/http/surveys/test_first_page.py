"""The poster's page: one question, in one answer from the server, that remembers nothing about who asked."""

from __future__ import annotations

import gzip
import re

import pytest
from flask import Flask
from sqlalchemy import update

from community.extensions import db
from community.places.codes import display
from community.places.models import Poster
from community.places.service import posters
from community.shared.runtime import Runtime
from community.surveys.queries import snapshot
from community.surveys.service import waves
from tests.factories.places import PosterFactory
from tests.http.surveys.walking import Clock, Respondent, buttons, ids
from tests.rig.client import Client
from tests.service.surveys.world import TODAY, World

FIRST_FLIGHT = 14_600
"""Bytes that arrive before the phone must say that it has them: ten packets."""
HTTP_SERVER_ADDS = 120
QUESTION = {
    "en": "Do you feel safe here, at Barking Station?",
    "ro": "Vă simțiți în siguranță aici, la Barking Station?",
    "ur": "کیا آپ یہاں، \u2068Barking Station\u2069 پر، خود کو محفوظ محسوس کرتے ہیں؟",
}


@pytest.fixture
def runtime(app: Flask) -> Runtime:
    found: Runtime = app.extensions["community"]
    return found


def scans(runtime: Runtime) -> dict[tuple[int, str], int]:
    runtime.counters.flush()
    return runtime.counters.take("scans")


@pytest.mark.parametrize("lang", QUESTION)
def test_the_first_page_is_the_question_with_a_button_for_each_answer(someone: Respondent, lang: str) -> None:
    page = someone.scan(f"{someone.address}?lang={lang}").page
    assert page.h1 == QUESTION[lang]
    assert page.title.startswith(QUESTION[lang])
    assert (page.lang, page.all("html")[0].get("dir")) == (lang, "rtl" if lang == "ur" else "ltr")
    values = [button.get("value") for button in page.all("button")]
    assert values == ["very_safe", "fairly_safe", "neither", "fairly_unsafe", "very_unsafe", "prefer_not_to_say"]
    assert "999" in page.text
    assert page.text.index("999") < page.text.index("Barking Station")


@pytest.mark.parametrize("lang", QUESTION)
def test_it_is_one_answer_that_fits_one_round_trip(someone: Respondent, lang: str) -> None:
    response = someone.scan(f"{someone.address}?lang={lang}", Accept_Encoding="gzip").last
    head = sum(len(f"{name}: {value}\r\n") for name, value in response.headers.items()) + HTTP_SERVER_ADDS
    assert head + len(response.data) <= FIRST_FLIGHT
    page = response.page
    assert page.all("script", "img", "iframe", "object", "video") == []
    assert [link.get("href") for link in page.all("link")] == ["data:,"]
    assert "url(" not in page.all("style")[0].text


def test_it_sets_no_cookie_and_is_kept_by_nobody_else(someone: Respondent) -> None:
    headers = someone.scan().last.headers
    assert "Set-Cookie" not in headers
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert {"Accept-Encoding", "Accept-Language"} <= set(re.split(r",\s*", headers["Vary"]))
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert someone.last.status_code == 200
    assert someone.last.history == ()


def test_packed_or_not_it_is_the_same_page_but_for_its_ticket(someone: Respondent) -> None:
    plain = someone.scan().last.get_data(as_text=True)
    packed = someone.scan(Accept_Encoding="gzip, br").last
    assert packed.headers["Content-Encoding"] == "gzip"
    bare = [re.sub(r'value="2026-[^"]*"', "", html) for html in (plain, gzip.decompress(packed.data).decode())]
    assert bare[0] == bare[1]


def test_each_page_begins_a_response_of_its_own(someone: Respondent) -> None:
    assert someone.scan().ticket != someone.scan().ticket


def test_the_language_is_the_address_s_then_the_browser_s_then_english(someone: Respondent) -> None:
    assert someone.scan(Accept_Language="ur-PK, en;q=0.5").page.lang == "ur"
    assert someone.scan(f"{someone.address}?lang=ro", Accept_Language="ur").page.lang == "ro"
    assert someone.scan(f"{someone.address}?lang=xx", Accept_Language="fr, de").page.lang == "en"
    assert someone.scan(f"{someone.address}?lang=ro").page.link("English") == "?lang=en"


def test_a_translation_nobody_has_checked_says_so_and_leads_to_english(someone: Respondent) -> None:
    page = someone.scan(f"{someone.address}?lang=ro").page
    (notice,) = [element for element in page.all("div") if element.get("class") == "app-notice"]
    assert [link.get("href") for link in notice.all("a")] == ["?lang=en"]
    assert not [element for element in someone.scan().page.all("div") if element.get("class") == "app-notice"]


def test_opening_the_page_stores_nothing_but_a_scan(someone: Respondent, runtime: Runtime, world: World) -> None:
    someone.scan().scan()
    assert ids() == []
    assert scans(runtime) == {(world.poster.id, "2026-11-20"): 2}


def test_only_opening_counts_as_a_scan(someone: Respondent, runtime: Runtime, client: Client) -> None:
    assert client.head(someone.address).status_code == 200
    assert scans(runtime) == {}
    someone.tap(age="18 to 21").press("Finish now").press("Answer about robbery")
    assert list(scans(runtime).values()) == [1]


def test_a_code_can_be_typed_as_people_type(someone: Respondent, world: World) -> None:
    shown = display(world.poster.code)
    for typed in (shown, shown.lower(), world.poster.code.lower(), shown.replace("0", "O"), f" {world.poster.code} "):
        someone.scan(f"/q/{typed}")
        assert someone.status == 200
        assert (someone.page.all("form")[0].get("action") or "").partition("?")[0] == someone.address


@pytest.mark.parametrize("code", ["AAAAAAAA", "nonsense", "1", "x" * 3_000, "%00", "%F0%9F%99%82", "..%2f..", "'--"])
def test_a_code_that_is_not_ours_gets_a_kind_page(someone: Respondent, code: str) -> None:
    someone.scan(f"/q/{code}")
    assert someone.status == 404
    if "/" in someone.last.request.path[3:]:
        return
    assert someone.page.h1 == "This is not one of our posters"
    assert "0800 1111" in someone.page.text and "999" in someone.page.text
    found = someone.press("Find the place", {"_find": "barking"})
    assert "Barking Station" in buttons(found.page)


@pytest.mark.parametrize("ended", ["take_down", "retire"])
def test_a_poster_that_was_taken_down_asks_nothing_and_says_so(someone: Respondent, world: World, ended: str) -> None:
    getattr(posters, ended)(world.poster, TODAY)
    someone.scan()
    assert someone.status == 410
    assert someone.page.h1 == "This poster is no longer in use"
    assert someone.press("Find the place", {"_find": "station"}).status == 200


def test_an_answer_on_its_way_when_the_poster_comes_down_is_taken(someone: Respondent, world: World) -> None:
    someone.scan()
    posters.take_down(world.poster, TODAY)
    assert someone.press("Very safe").page.h1 == "How old are you?"
    assert len(ids()) == 1


def test_a_planned_poster_answers_already(someone: Respondent, world: World) -> None:
    db.session.execute(update(Poster).values(status="planned", up_on=None))
    assert someone.scan().status == 200


def test_a_poster_whose_wave_is_over_says_that_nothing_is_asked(someone: Respondent, clock: Clock) -> None:
    waves.close_wave("safety", 1, on=TODAY)
    assert someone.scan().status == 200
    clock.go_on(hours=9)
    someone.scan()
    assert (someone.status, someone.page.h1) == (404, "Nothing is being asked here just now")


def test_a_poster_asks_what_its_own_wave_asks(someone: Respondent, world: World) -> None:
    posters.assign(world.poster, world.robbery.wave_id, TODAY)
    assert someone.scan().page.h1 == "Do you know anyone who was robbed around here?"


def test_a_poster_on_a_bus_asks_about_here_without_a_name(someone: Respondent, world: World) -> None:
    world.poster = PosterFactory(place=None, kind="bus_route", route="bus 5", status="up", up_on=TODAY)
    someone.scan()
    assert someone.page.h1 == "Do you feel safe where you are now?"
    someone.press("Very safe")
    stored = snapshot(ids()[0])
    assert stored is not None
    assert (stored.poster_id, stored.place_id) == (world.poster.id, None)


@pytest.mark.parametrize(("accepted", "packed"), [("gzip", True), ("br, gzip;q=0.5", True), ("gzip;q=0, br", False)])
def test_a_browser_that_refuses_gzip_gets_none(someone: Respondent, accepted: str, packed: bool) -> None:
    answer = someone.scan(Accept_Encoding=accepted).last
    assert (answer.headers.get("Content-Encoding") == "gzip") is packed


def test_pages_with_a_withdrawal_code_leave_no_copy(someone: Respondent) -> None:
    assert someone.scan("/withdraw").last.headers["Cache-Control"] == "no-store"
    assert someone.client.head("/withdraw").status_code == 200
    someone.scan().press("Very safe")
    assert someone.press("Finish now").last.headers["Cache-Control"] == "no-store"
