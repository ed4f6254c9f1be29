"""An address typed nearly right leads to the page that was meant; what is asked nowhere still says where to go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from community.surveys.service import waves
from tests.http.surveys.walking import Clock, Respondent
from tests.rig.client import Client
from tests.service.surveys.world import TODAY, World


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/q/{code}/", "/q/{code}"), ("/Q/{code}", "/q/{code}"), ("/Q/{code}//", "/q/{code}"),
        ("/q/{code}/?lang=ro", "/q/{code}?lang=ro"), ("/poster/{code}/", "/poster/{code}"),
        ("/Poster/{code}", "/poster/{code}"), ("/q/", "/q"), ("/Q", "/q"), ("/s/", "/s"), ("/S/safety/", "/s/safety"),
        ("/help/", "/help"), ("/Help", "/help"), ("/withdraw/", "/withdraw"), ("/chat/", "/chat"),
    ],
)  # fmt: skip
def test_what_is_nearly_right_leads_to_what_was_meant(client: Client, world: World, typed: str, meant: str) -> None:
    code = world.poster.code
    response = client.get(typed.format(code=code))
    assert (response.status_code, response.location) == (302, meant.format(code=code))
    assert "Set-Cookie" not in response.headers
    assert client.get(response.location).status_code == 200


@pytest.mark.parametrize("typed", ["/q", "/s"])
def test_an_address_without_a_code_asks_for_the_place(someone: Respondent, world: World, typed: str) -> None:
    someone.scan(typed)
    assert (someone.status, someone.page.h1) == (200, "Which place do you want to tell us about?")
    someone.press("Find the place", {"_find": "barking"}).press("Barking Station").press("Very safe")
    assert someone.page.h1 == "How old are you?"


@pytest.mark.parametrize("typed", ["/nowhere/", "/Nowhere", "/q/A/B/", "/\\evil.example/", "/q%0A/"])
def test_what_leads_nowhere_stays_a_kind_404(client: Client, world: World, typed: str) -> None:
    response = client.get(typed)
    assert response.status_code == 404
    assert "999" in response.page.text


def test_what_is_sent_to_a_wrong_address_is_led_nowhere(client: Client, world: World) -> None:
    assert client.post("/withdraw/", data={"code": "1"}).status_code in (404, 405)


def scans(app: Flask, world: World) -> int:
    counters = app.extensions["community"].counters
    counters.flush()
    total: int = counters.total("scans", world.poster.id, TODAY.isoformat())
    return total


def test_a_scan_is_counted_once_whatever_language_is_chosen_then(someone: Respondent, app: Flask, world: World) -> None:
    before = scans(app, world)
    for address in ("", "?lang=ro", "?lang=ur", "?lang=en", "?lang=xx"):
        someone.scan(someone.address + address)
        assert someone.status == 200
    assert scans(app, world) == before + 1


def test_a_poster_whose_wave_is_closed_says_where_else_and_who_helps(
    someone: Respondent, world: World, clock: Clock
) -> None:
    waves.close_wave("safety", world.safety.number, on=TODAY)
    clock.go_on(days=1)
    someone.scan()
    assert (someone.status, someone.page.h1) == (404, "Nothing is being asked here just now")
    assert "116 123" in someone.page.text
    assert someone.page.link("Answer about robbery") == "/s/robbery"
    assert not any(field.get("name") == "_find" for field in someone.page.all("input"))  # it would find nothing


def test_a_mistyped_survey_says_where_else_and_who_helps(someone: Respondent, world: World) -> None:
    waves.close_wave("robbery", world.robbery.number, on=TODAY - timedelta(days=1))
    someone.scan("/s/safty")
    assert someone.status == 404
    assert "116 123" in someone.page.text
    assert "Answer about robbery" not in someone.page.text
    someone.press("Find the place", {"_find": "barking"})
    assert someone.page.h1 == "Which place do you want to tell us about?"


def test_the_end_page_leads_to_the_page_of_its_poster(someone: Respondent, world: World) -> None:
    someone.tap(age="18 to 21").press("Finish now")
    address = someone.page.link("Open the page of this poster")
    assert address == f"/poster/{world.poster.code}"
    assert someone.scan(address).page.h1 == "Yes, this poster is ours"
    someone.send({"_place": "barking-station"}, "/s/safety").press("Very safe").press("18 to 21").press("Finish now")
    assert "Open the page of this poster" not in someone.page.text
