"""`/poster/<code>`: ours and since when, no longer in use, or not ours; always with help and a way to take part."""

from __future__ import annotations

from datetime import date

import pytest

from community.places.codes import display
from community.places.models import Poster
from tests.factories.places import PlaceFactory, PosterFactory
from tests.rig.client import Client


@pytest.fixture
def hung(db_session: object) -> Poster:
    """A poster that hangs at the station."""
    place = PlaceFactory(slug="barking-station", name="Barking Station", kind="station")
    poster: Poster = PosterFactory(place=place, spot="by the gates", status="up", up_on=date(2026, 11, 3))
    return poster


def check_kindness(page: object) -> None:
    assert "Childline" in page.text  # type: ignore[attr-defined]
    assert "CSP@lbbd.gov.uk" in page.text  # type: ignore[attr-defined]


@pytest.mark.parametrize("typed", ["exactly", "in halves", "small"])
def test_a_poster_of_ours_says_where_and_since_when(client: Client, hung: Poster, typed: str) -> None:
    code = {"exactly": hung.code, "in halves": display(hung.code), "small": hung.code.lower()}[typed]
    response = client.get(f"/poster/{code}")
    assert (response.status_code, response.page.h1) == (200, "Yes, this poster is ours")
    assert "Barking Station, by the gates" in response.page.text
    assert "It has been up since 3 November 2026." in response.page.text
    assert "There is nothing to read yet." in response.page.text
    assert response.page.link("Tell us about this place") == f"/q/{hung.code}"
    check_kindness(response.page)


def test_a_poster_on_its_way_to_the_wall_is_ours_too(client: Client, hung: Poster) -> None:
    hung.status, hung.up_on = "planned", None
    response = client.get(f"/poster/{hung.code}")
    assert (response.status_code, response.page.h1) == (200, "Yes, this poster is ours")
    assert "We made it on 1 January 2026." in response.page.text


def test_a_reported_poster_is_being_checked(client: Client, hung: Poster) -> None:
    hung.status = "reported"
    response = client.get(f"/poster/{hung.code}")
    assert (response.status_code, response.page.h1) == (200, "We are checking this poster")


def test_a_poster_that_was_taken_down_says_until_when_and_finds_the_place(client: Client, hung: Poster) -> None:
    hung.status, hung.down_on = "taken-down", date(2026, 11, 10)
    response = client.get(f"/poster/{hung.code}")
    assert (response.status_code, response.page.h1) == (410, "This poster is no longer in use")
    assert "We took it down on 10 November 2026." in response.page.text
    assert f"/q/{hung.code}" not in response.html
    form, doubting = response.page.all("form")
    assert (doubting.get("method"), doubting.get("action")) == ("post", f"/poster/{hung.code}")
    assert (form.get("method"), form.get("action")) == ("post", "/s/safety")
    assert {field.get("name") for field in form.all("input")} == {"_language", "_find"}
    check_kindness(response.page)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("0000000Z", "One letter or number may be wrong"),
        ("hello", "Our codes have 8 letters"),
        ("<b>", "Our codes have 8"),
    ],
)
def test_a_code_that_is_not_ours_is_met_kindly(client: Client, hung: Poster, code: str, words: str) -> None:
    response = client.get(f"/poster/{code}")
    assert (response.status_code, response.page.h1) == (404, "This is not one of our posters")
    assert words in response.page.text
    assert next(form.get("action") for form in response.page.all("form")) == "/s/safety"
    check_kindness(response.page)


def test_a_poster_on_a_bus_names_its_route(client: Client, db_session: object) -> None:
    poster = PosterFactory(place=None, kind="bus_route", route="bus 5, Canning Town to Romford")
    assert "bus 5, Canning Town to Romford" in client.get(f"/poster/{poster.code}").page.text


@pytest.mark.parametrize(("language", "date_words"), [("ro", "3 noiembrie 2026"), ("ur", "3 نومبر 2026")])
def test_the_day_is_said_in_the_pages_language(client: Client, hung: Poster, language: str, date_words: str) -> None:
    response = client.get(f"/poster/{hung.code}?lang={language}")
    assert response.page.lang == language
    assert date_words in response.page.text
    assert f"/q/{hung.code}?lang={language}" in response.html
