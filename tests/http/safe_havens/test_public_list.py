"""`/safe-havens`: who is open where and when, what is asked for, and what is said when nothing is."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

import pytest
import time_machine

from community.extensions import db
from community.places.models import Ward
from community.places.service.places import get_by_slug, load_facts
from community.places.service.posters import create_posters
from community.safe_havens.public.listed import PER_PAGE
from community.shared.assets import DIST
from community.shared.clock import LONDON
from tests.factories.safe_havens import AppliedFactory, ListedFactory
from tests.rig.client import Client
from tests.rig.pages import Page

NOW = datetime(2026, 11, 20, 21, 20, tzinfo=LONDON)
FIRST_FLIGHT = 14_600
STATION = {"lat": 51.5395, "lon": 0.081}


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def borough(db_session: object) -> None:
    load_facts()


@pytest.fixture
def cafes(borough: None) -> None:
    """Two open by the station, one shut, one open far away; and one that only applied."""
    ListedFactory(
        slug="ayeshas", name="Ayesha's cafe", opening="Fr 09:00-01:00", offers=["water", "step_free"], **STATION
    )
    ListedFactory(name="Later cafe", opening="Fr 20:00-23:00", lat=51.5405, lon=0.083, languages=["English", "Urdu"])
    ListedFactory(name="Day cafe", opening="Mo-Su 09:00-17:00", **STATION)
    ListedFactory(name="Far cafe", opening="24/7", lat=51.5686, lon=0.1300)
    AppliedFactory(name="Hopeful cafe", opening="24/7", **STATION)


def names(page: Page) -> list[str]:
    return [next(iter(item.all("a"))).text for listed in page.all("ol") for item in listed.all("li")]


def said(page: Page) -> list[str]:
    return [" ".join(item.text.split()) for listed in page.all("ol") for item in listed.all("li")]


def test_while_none_is_listed_the_page_says_so_and_who_else_helps(client: Client, borough: None) -> None:
    page = client.get("/safe-havens").page
    assert "No Safe Haven is on our list yet" in page.text and "lbbd.gov.uk/safe-havens" in page.text
    assert "Childline" in page.text and not page.all("form", "img")


def test_the_open_ones_come_first_and_the_rest_say_when_they_open(client: Client, cafes: None) -> None:
    page = client.get("/safe-havens").page
    assert names(page) == ["Ayesha's cafe", "Far cafe", "Later cafe", "Day cafe"]
    assert "Open now, till 1am" in said(page)[0] and "Shut, opens tomorrow at 9am" in said(page)[3]
    assert "As it is at 9:20pm." in page.text


def test_near_a_place_the_nearest_open_is_first_with_its_distance_in_a_straight_line(
    client: Client, cafes: None
) -> None:
    page = client.get("/safe-havens?near=barking station").page
    assert names(page) == ["Ayesha's cafe", "Later cafe", "Far cafe", "Day cafe"]
    assert "60 m in a straight line" in said(page)[0]
    assert "Near Barking Station" in page.text and "None is open" not in page.text


@pytest.mark.parametrize("typed", ["barking-station", "Barking tube", "near BARKING station please"])
def test_a_place_is_chosen_or_typed(client: Client, cafes: None, typed: str) -> None:
    assert "Near Barking Station" in client.get("/safe-havens", query_string={"near": typed}).page.text


@pytest.mark.parametrize(
    ("typed", "near"),
    [("upney", "Upney Station"), ("Vicarage", "Vicarage Field Shopping Centre"), ("RM10 7AA", "RM10")],
)
def test_a_clear_beginning_and_a_postcode_are_enough(client: Client, cafes: None, typed: str, near: str) -> None:
    assert f"Near {near}" in client.get("/safe-havens", query_string={"near": typed}).page.text


@pytest.mark.parametrize("lang", ["en", "ro", "ur"])
def test_a_postcode_is_said_to_be_measured_from_its_middle_and_places_in_it_are_offered(
    client: Client, cafes: None, lang: str
) -> None:
    answer = client.get("/safe-havens", query_string={"near": "IG11 0AA", "lang": lang})
    link = answer.page.link("Barking Station")
    assert "near=barking-station" in link and ("lang" in link) == (lang != "en")
    assert answer.page.text.index("Barking Station") < answer.page.text.index("Barking Town Centre")  # stations first
    assert "800 m" not in answer.page.text
    if lang == "en":
        assert "A postcode is wide. We measure from the middle of IG11, not from where you are." in answer.page.text
        assert "m from the middle of IG11" in said(answer.page)[0] and "straight line" not in said(answer.page)[0]
        near = client.get(f"/safe-havens{link}").page
        assert "A postcode is wide" not in near.text and "60 m in a straight line" in said(near)[0]


def test_of_a_postcode_nothing_is_claimed_within_800_m(client: Client, borough: None) -> None:
    ListedFactory(name="Far cafe", opening="24/7", lat=51.5686, lon=0.1300)
    ListedFactory(name="Day cafe", opening="Mo-Su 09:00-17:00", **STATION)
    page = client.get("/safe-havens", query_string={"near": "IG11 0AA"}).page
    assert "None is open near the middle of IG11." in page.text and "800 m" not in page.text
    assert "km from the middle of IG11, day and night" in page.text
    assert "800 m of Barking Station" in client.get("/safe-havens?near=barking-station").page.text


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("church", "Dagenham Library"), ("BARKIN STATON", "Barking Station"), ("barking", "Barking Park"),
        ("London", "London Road"), ("park", "Barking Park"),
    ],
)  # fmt: skip
def test_a_guess_is_offered_and_not_taken(client: Client, cafes: None, typed: str, offered: str) -> None:
    answer = client.get("/safe-havens", query_string={"near": typed})
    assert "Which place do you mean?" in answer.page.text and "in a straight line" not in answer.page.text
    assert f"Near {offered}" in client.follow(answer, offered).page.text


@pytest.mark.parametrize("typed", ["Romford", "Paris", "somewhere quiet"])
def test_what_is_no_place_of_ours_is_said_to_be_unknown(client: Client, cafes: None, typed: str) -> None:
    answer = client.get("/safe-havens", query_string={"near": typed})
    assert answer.status_code == 422 and "We do not know that place." in answer.page.text


def test_a_poster_s_code_is_a_place(client: Client, cafes: None) -> None:
    (poster,) = create_posters(get_by_slug("barking-station"), on=NOW.date())
    page = client.get("/safe-havens", query_string={"near": poster.code.lower()}).page
    assert "Near Barking Station" in page.text


def test_only_the_open_ones_are_shown_when_that_is_asked(client: Client, cafes: None) -> None:
    page = client.press(client.get("/safe-havens"), "Show Safe Havens", {"open": ["now"]}).page
    assert names(page) == ["Ayesha's cafe", "Far cafe", "Later cafe"]


def test_another_day_and_time_may_be_asked_for(client: Client, cafes: None) -> None:
    asked = {"day": "2026-11-21", "time": "10:00"}
    page = client.press(client.get("/safe-havens"), "Show Safe Havens", asked).page
    assert names(page) == ["Day cafe", "Far cafe"]
    assert "As it will be on Saturday 21 November at 10am." in page.text and "Open, till 5pm" in said(page)[0]


def test_a_time_alone_is_the_next_one_and_today_is_the_day_it_is(client: Client, cafes: None) -> None:
    page = client.get("/safe-havens?time=01:30&near=barking-station").page
    assert "As it will be on Saturday 21 November at 1:30am." in page.text
    page = client.get("/safe-havens?day=2026-11-28&time=02:30&near=barking-station").page
    (box,) = [one for one in page.all("div") if one.get("class") == "app-notice" and "None" in one.text]
    assert "opens Saturday 28 November at 9am" in box.text and "today" not in box.text
    assert "Open then, further away: Far cafe" in " ".join(box.text.split()) and "Open now" not in page.text
    page = client.get("/safe-havens?day=2026-11-28&time=02:30&offers=water").page
    assert "Next to open: Ayesha's cafe, opens Friday 4 December at 9am." in " ".join(page.text.split())


def test_what_is_offered_and_spoken_narrows_the_list(client: Client, cafes: None) -> None:
    form = client.get("/safe-havens")
    assert names(client.press(form, "Show Safe Havens", {"offers": ["drinking water"]}).page) == ["Ayesha's cafe"]
    assert names(client.press(form, "Show Safe Havens", {"speaks": ["Urdu"]}).page) == ["Later cafe"]
    none = client.press(form, "Show Safe Havens", {"speaks": ["Urdu"], "offers": ["CCTV"]}).page
    assert "No Safe Haven on our list fits" in none.text and not names(none)


def test_when_none_is_open_near_999_comes_first_then_the_next_opening(client: Client, cafes: None) -> None:
    with time_machine.travel(datetime(2026, 11, 21, 2, 30, tzinfo=LONDON), tick=False):
        page = client.get("/safe-havens?near=barking-station&open=now").page
    (box,) = [one for one in page.all("div") if one.get("class") == "app-notice" and "None" in one.text]
    assert box.text.index("999") < box.text.index("None is open within 800 m of Barking Station.")
    assert "Day cafe, opens today at 9am, 60 m in a straight line." in " ".join(box.text.split())
    assert names(page) == ["Far cafe"]


def test_when_none_is_open_anywhere_the_first_to_open_is_named(client: Client, borough: None) -> None:
    ListedFactory(name="Day cafe")
    page = client.get("/safe-havens").page
    (box,) = [one for one in page.all("div") if one.get("class") == "app-notice" and "None" in one.text]
    assert "None is open now. Next to open: Day cafe, opens tomorrow at 9am." in " ".join(box.text.split())


def test_a_long_list_comes_in_pages_that_keep_what_was_asked(client: Client, borough: None) -> None:
    for n in range(PER_PAGE + 3):
        ListedFactory(name=f"Cafe {n:02}", opening="24/7", **STATION)
    first = client.get("/safe-havens?near=barking-station&open=now")
    assert len(names(first.page)) == PER_PAGE and "Page 1 of 2" in first.page.text
    second = client.follow(first, "Next page")
    assert names(second.page) == ["Cafe 10", "Cafe 11", "Cafe 12"]
    assert second.page.all("ol")[0].get("start") == str(PER_PAGE + 1)
    assert "near=barking-station" in client.get("/safe-havens?near=barking-station&page=2").page.link("Page before")
    assert len(names(client.get("/safe-havens?near=barking-station&all=1").page)) == PER_PAGE + 3


def test_a_word_that_fits_many_places_offers_them(client: Client, cafes: None) -> None:
    page = client.get("/safe-havens?near=zzz").page
    assert page.title.startswith("Error:") and "We do not know that place" in page.text
    outside = client.get("/safe-havens?near=SW1A 2AA")
    assert outside.status_code == 422 and "outside" in outside.page.text


def test_a_place_is_chosen_from_a_list(client: Client, cafes: None) -> None:
    answer = client.follow(client.follow(client.get("/safe-havens"), "Choose a place from a list"), "Upney Station")
    assert "Near Upney Station" in answer.page.text


@pytest.mark.parametrize("lang", ["en", "ro", "ur"])
def test_the_first_screen_fits_one_flight_with_its_style_sheet(client: Client, cafes: None, lang: str) -> None:
    for n in range(40):
        ListedFactory(
            name=f"Community hub of a long name {n} (demo)",
            address=f"{n} Long Road, Barking",
            opening="24/7",
            languages=["English", "Urdu", "Bengali", f"Language {n % 20}"],
            lat=51.53 + n / 997,
            lon=0.08 + n / 1013,
        )
    answer = client.get(f"/safe-havens?lang={lang}", headers={"Accept-Encoding": "gzip"})
    page = Page(gzip.decompress(answer.data).decode())
    (sheet,) = [link.get("href") for link in page.all("link") if link.get("rel") == "stylesheet"]
    style = gzip.compress((DIST / str(sheet).rpartition("/")[2]).read_bytes(), 9, mtime=0)
    assert len(answer.data) + len(style) <= FIRST_FLIGHT
    assert all("defer" in script.attributes for script in page.all("script"))
    assert all(image.get("loading") == "lazy" for image in page.all("img"))


HOSTILE = [
    "x" * 5_000, "\0", "a\0b", "' OR 1=1 --", "\u202egnp.exe", "<script>alert(1)</script>", "%", "_", "\ufffd", "٣",
    "9" * 60,
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("field", ["near", "day", "time", "page", "offers", "speaks", "open", "all"])
def test_whatever_is_typed_gives_a_clear_page(client: Client, cafes: None, field: str, typed: str) -> None:
    answer = client.get(f"/safe-havens?{field}={quote(typed)}")
    assert answer.status_code in (200, 422) and "999" in answer.page.text
    assert (answer.status_code == 422) == answer.page.title.startswith("Error:")
    picture = client.get(f"/safe-havens/map.svg?{field}={quote(typed)}")
    assert (picture.status_code, picture.mimetype) == (200, "image/svg+xml")


def test_the_phone_may_be_asked_where_it_is_on_this_page_alone(client: Client, cafes: None) -> None:
    assert "geolocation=(self)" in client.get("/safe-havens").headers["Permissions-Policy"]
    for elsewhere in ("/", "/safe-havens/ayeshas", "/safe-havens/check", "/safe-havens/places"):
        assert "geolocation=()" in client.get(elsewhere).headers["Permissions-Policy"]


def test_the_map_is_drawn_with_an_open_venue_as_a_circle_and_a_shut_one_as_a_square(
    client: Client, cafes: None
) -> None:
    picture = client.get("/safe-havens/map.svg?near=barking-station").text
    assert picture.count("<rect x=") == 1 and picture.count('r="12"') == 3
    assert [f">{n}</text>" in picture for n in (1, 2, 3, 4, 5)] == [True] * 4 + [False]
    assert "Station" in picture and "http" not in picture.replace("http://www.w3.org/2000/svg", "")
    alone = client.get("/safe-havens/map.svg?haven=ayeshas").text
    assert alone.count('r="12"') == 1 and "<rect x=" not in alone


def test_every_venue_that_fits_is_on_the_map_and_those_of_other_pages_are_told_apart(
    client: Client, cafes: None
) -> None:
    for n in range(PER_PAGE):
        ListedFactory(name=f"One more {n:02}", slug=f"one-more-{n:02}", opening="24/7", lat=51.53 + n / 500, lon=0.09)
    page = client.get("/safe-havens?lang=ro")
    assert "Un semn mic" in page.page.text
    for number, rest in ((1, 4), (2, PER_PAGE)):
        picture = client.get(f"/safe-havens/map.svg?page={number}").text
        assert picture.count('r="6"') + picture.count("h10v10h-10z") == rest
        others = client.get(f"/safe-havens/map.json?page={number}").json
        assert len(others) == rest
        here = names(client.get(f"/safe-havens?page={number}").page)
        assert not {one["name"] for one in others} & set(here)
    far = client.get("/safe-havens/map.json?page=2&open=now&lang=en").json
    assert (
        far[0]["open"] and far[0]["said"].startswith("Open, ") and set(far[0]) == {"name", "slug", "at", "open", "said"}
    )
    assert client.get("/safe-havens/map.json?all=1").json == []


def test_the_ground_of_the_map_is_ours_and_the_same_for_all(client: Client, cafes: None) -> None:
    answer = client.get("/safe-havens/ground.json")
    assert answer.headers["Cache-Control"].startswith("public")
    assert "Barking Station" in {one["properties"].get("name") for one in answer.json["features"]}


def test_wards_are_drawn_once_their_shapes_are_loaded_with_the_line_they_ask_for(client: Client, cafes: None) -> None:
    assert "<path" not in client.get("/safe-havens/map.svg").text.partition("</g>")[0]
    square = [[0.06, 51.52], [0.10, 51.52], [0.10, 51.56], [0.06, 51.56], [0.06, 51.52]]
    ward = db.session.query(Ward).order_by(Ward.code).first()
    assert ward is not None
    ward.boundary, ward.credit = json.dumps({"type": "Polygon", "coordinates": [square]}), "Edges: made up."
    db.session.commit()
    assert client.get("/safe-havens/map.svg").text.partition("</g>")[0].count('<path d="M') == 1
    assert "Edges: made up. " in client.get("/safe-havens").page.text
    shapes = [one["geometry"] for one in client.get("/safe-havens/ground.json").json["features"]]
    assert {"type": "Polygon", "coordinates": [square]} in shapes


def test_made_up_venues_stand_under_a_banner(client: Client, borough: None) -> None:
    ListedFactory(name="Real cafe", opening="24/7", **STATION)
    assert "made up" not in client.get("/safe-havens").page.text
    ListedFactory(name="Cafe (demo)", opening="24/7", demo=True, **STATION)
    assert "made up: do not go there" in client.get("/safe-havens").page.text


def test_the_home_page_leads_here(client: Client, cafes: None) -> None:
    assert client.follow(client.get("/"), "Find a Safe Haven").page.h1 == "Safe Havens"
