"""The posters desk: found, made, given a wave, printed, marked; on both engines."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from flask import Flask

from community.extensions import db
from community.places.codes import display, new_code
from community.places.models import Poster
from community.places.service import posters
from community.places.service.scans import add_scans
from community.shared.clock import london_today
from community.surveys.service import waves
from tests.factories.places import AreaFactory, PlaceFactory, PosterFactory
from tests.rig.client import Client
from tests.rig.staff import client_of
from tests.service.surveys.world import World, make_world

BASE = "https://voice.example"
DESK = "/staff/posters"


@pytest.fixture
def world(db_session: object) -> World:
    """A station with a poster that hangs and asks; tomorrow's answers are today's."""
    return make_world()


@pytest.fixture
def officer(app: Flask) -> Client:
    """Somebody who may change posters."""
    return client_of(app, "coordinator")


def days_ago(n: int) -> date:
    return london_today() - timedelta(days=n)


def numbers(page: Any) -> list[list[str]]:
    """The rows of a page's first table, as text."""
    table = page.all("table")[0]
    return [[cell.text for cell in row.all("th", "td")] for row in table.all("tr")][1:]


def pages_of(response: Any) -> list[list[str]]:
    """What a camera reads off each page of a PDF."""
    document = pypdfium2.PdfDocument(io.BytesIO(response.get_data()))
    try:
        pictures = [page.render(scale=150 / 72).to_pil().convert("RGB") for page in document]
    finally:
        document.close()
    return [[code.text for code in zxingcpp.read_barcodes(picture)] for picture in pictures]


def test_the_list_stands_by_place_with_what_came_of_each_poster(officer: Client, world: World) -> None:
    PosterFactory(place=PlaceFactory(name="Mill Pond", slug="a-mill-pond"), spot="by the gate")
    add_scans({(world.poster.id, days_ago(0)): 7, (world.poster.id, days_ago(14)): 98_765})
    for _ in range(3):
        world.tap(on=london_today())
    finished = world.grown_up(on=london_today())
    world.send(finished, "about_you", gender="female", on=london_today())
    page = officer.get(DESK).page
    assert [h2.text for h2 in page.all("h2")] == ["Mill Pond", "Barking Station"]
    assert "7 scans → 4 first taps → 1 to the end" in page.text
    assert not [number for number in ("98765", "98,765", "98772", "98,772") if number in page.text]
    today = numbers(officer.get(f"{DESK}/{world.poster.code}").page)[0]
    assert today[1:] == ["7", "4", "1"]


def test_the_bars_say_in_words_what_they_show(officer: Client, world: World) -> None:
    add_scans({(world.poster.id, days_ago(0)): 7, (world.poster.id, days_ago(2)): 3})
    (drawing,) = [svg for svg in officer.get(DESK).page.all("svg") if svg.get("class") == "app-spark"]
    assert (drawing.get("aria-label") or "").endswith(": 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 7.")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("?q=barking+gates", 1),
        ("?q=nothing+here", 0),
        ("?status=up", 1),
        ("?status=taken-down", 1),
        ("?kind=event", 1),
        ("?area=the-town", 1),
        ("?area=nowhere", 0),
        ("?status=up&kind=event", 0),
        ("?status=%3Cscript%3E&kind=x&page=-1", 3),
        ("?status=attention", 0),
        ("?page=9999", 3),
    ],
)
def test_posters_are_found_by_words_status_kind_and_area(officer: Client, world: World, query: str, found: int) -> None:
    world.poster.spot = "by the gates"
    town = AreaFactory(slug="the-town")
    town.places.append(world.place)
    add_scans({(world.poster.id, days_ago(0)): 1})
    PosterFactory(kind="event", spot="the stall")
    PosterFactory(status="taken-down", down_on=days_ago(1))
    page = officer.get(DESK + query).page
    assert page.text.count("Day by day") == found
    assert f"{found} poster" in page.text


def test_a_poster_is_found_by_its_code_however_it_is_typed(officer: Client, world: World) -> None:
    PosterFactory()
    page = officer.get(DESK, query_string={"q": display(world.poster.code).lower()}).page
    assert "1 poster." in page.text.replace("poster. C", "poster. C") and display(world.poster.code) in page.text


def test_a_long_list_comes_in_pages_that_keep_the_filter(officer: Client, world: World) -> None:
    for _ in range(60):
        PosterFactory(place=world.place, kind="event")
    first = officer.get(f"{DESK}?kind=event")
    assert first.page.text.count("Day by day") == 50
    second = officer.follow(first, "Next page")
    assert second.page.text.count("Day by day") == 10
    assert "page 2 of 2" in second.page.text


def test_what_is_out_of_the_ordinary_is_told_in_the_list_on_the_page_and_at_home(officer: Client, world: World) -> None:
    world.poster.spot = "by the gates"
    add_scans({(world.poster.id, days_ago(n)): 12 for n in range(4, 40)})
    add_scans({(PosterFactory(place=world.place, status="up", up_on=days_ago(30)).id, days_ago(1)): 1})  # noise
    assert "Fallen silent" in officer.get(DESK).page.text
    assert officer.get(f"{DESK}?status=attention").page.text.count("Day by day") == 1
    told = officer.get(f"{DESK}/{world.poster.code}").page.text
    assert "3 whole days" in told and "about 12 a day" in told
    assert "Fallen silent: Barking Station, by the gates." in officer.get("/staff").page.text


def test_a_poster_is_made_for_a_place_and_a_wave_and_printed(officer: Client, world: World) -> None:
    made = officer.press(
        officer.get(f"{DESK}/new"), "Make",
        {"place": "Barking Station", "spot": "bus stop A", "kind": "event", "count": "2",
         "wave": f"safety, wave {world.safety.number}: First"},
    )  # fmt: skip
    assert made.status_code == 303
    page = officer.get(made.headers["Location"])
    fresh = [poster for poster in posters.list_posters() if poster.spot == "bus stop A"]
    assert [(p.place_id, p.kind, p.status) for p in fresh] == [(world.place.id, "event", "planned")] * 2
    assert {one.wave_id for p in fresh for one in posters.assignments(p)} == {world.safety.wave_id}
    assert "not a public address" not in page.page.text
    paper = officer.press(page, "Print them")
    assert paper.mimetype == "application/pdf"
    assert pages_of(paper) == [[f"{BASE}/q/{poster.code}"] for poster in fresh]


def test_posters_made_one_after_the_other_keep_their_wave_and_are_printed_together(
    officer: Client, world: World
) -> None:
    wave = f"safety, wave {world.safety.number}: First"
    form = officer.get(f"{DESK}/new?wave={world.safety.wave_id}")
    for spot in ("gate 1", "gate 2", "gate 3"):
        refused = officer.press(form, "Make", {"spot": spot})
        made = officer.press(refused, "Make", {"place": "Barking Station", "spot": spot})
        page = officer.get(made.headers["Location"])
        more = next(a for a in page.page.all("a") if a.text.startswith("Make more"))
        form = officer.get(more.get("href") or "")
        assert wave in [option.text for option in form.page.all("option") if option.get("selected") is not None]
    fresh = [poster for poster in posters.list_posters() if (poster.spot or "").startswith("gate")]
    assert len(fresh) == 3
    assert {one.wave_id for poster in fresh for one in posters.assignments(poster)} == {world.safety.wave_id}
    assert pages_of(officer.press(page, "Print them")) == [[f"{BASE}/q/{poster.code}"] for poster in fresh]


@pytest.mark.parametrize(
    ("filled", "words", "field"),
    [
        ({"count": "0", "place": "Barking Station"}, "from 1 to 30", "count"),
        ({"count": "many", "place": "Barking Station"}, "Enter a number in figures", "count"),
        ({}, "Select the place", "place"),
        ({"kind": "bus_route"}, "Enter the route", "route"),
        ({"place": "Barking Station", "starts_on": "tomorrow"}, "Enter a day", "starts_on"),
        ({"place": "Barking Station", "starts_on": "2027-02-02", "ends_on": "2027-02-01"}, "before", "ends_on"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_new_poster_is_said_beside_the_field(
    officer: Client, world: World, filled: dict[str, str], words: str, field: str
) -> None:
    answer = officer.press(officer.get(f"{DESK}/new"), "Make", {"spot": "kept", **filled})
    assert answer.status_code == 422
    assert words in answer.page.text
    assert answer.page.link(words) == f"#{field}"
    assert answer.page.by_id("spot").get("value") == "kept"
    assert len(posters.list_posters()) == 1


def test_a_poster_on_a_bus_has_a_route_and_no_place(officer: Client, world: World) -> None:
    officer.press(officer.get(f"{DESK}/new"), "Make", {"kind": "bus_route", "route": "bus 5"})
    assert [poster.route for poster in posters.list_posters() if poster.place_id is None] == ["bus 5"]


def second_wave(world: World) -> int:
    wave = waves.open_wave("safety", title="Second", opens_on=days_ago(1))
    return wave.id


def test_ticked_posters_are_given_a_wave_and_what_they_asked_ends_the_day_before(officer: Client, world: World) -> None:
    other = PosterFactory(place=world.place, status="up", up_on=days_ago(3))
    posters.assign(world.poster, world.safety.wave_id, days_ago(30))
    wave_id = second_wave(world)
    form = officer.press(officer.get(DESK), "Set the wave of those ticked", {"code": [world.poster.code, other.code]})
    assert form.page.h1 == "Set the wave"
    done = officer.press(form, "Set the wave", {"wave": "safety, wave 2: Second", "starts_on": days_ago(0).isoformat()})
    assert done.status_code == 303
    assert "The wave is set." in officer.get(done.headers["Location"]).page.text
    assert [(one.wave_id, one.ends_on) for one in posters.assignments(world.poster)] == [
        (world.safety.wave_id, days_ago(1)),
        (wave_id, None),
    ]
    assert [one.wave_id for one in posters.assignments(other)] == [wave_id]
    page = officer.get(f"{DESK}/{world.poster.code}").page.text
    assert "safety, wave 2: Second" in page and "Do you feel safe here, at Barking Station?" in page


def test_a_wave_must_be_chosen_and_a_later_one_stays_in_the_way(officer: Client, world: World) -> None:
    form = officer.get(f"{DESK}/assign", query_string={"code": world.poster.code})
    assert "Select a wave." in officer.press(form, "Set the wave").page.text
    posters.assign(world.poster, world.safety.wave_id, days_ago(-30))
    answer = officer.press(form, "Set the wave", {"wave": "safety, wave 1: First"})
    assert answer.status_code == 422 and "serves wave" in answer.page.text
    assert len(posters.assignments(world.poster)) == 1


def test_ticked_posters_are_printed_in_one_file(officer: Client, world: World) -> None:
    other = PosterFactory(place=world.place)
    paper = officer.press(officer.get(DESK), "Print those ticked", {"code": [world.poster.code, other.code]})
    assert (paper.status_code, paper.mimetype) == (200, "application/pdf")
    assert 'filename="posters-2.pdf"' in paper.headers["Content-Disposition"]
    assert pages_of(paper) == [[f"{BASE}/q/{code}"] for code in (world.poster.code, other.code)]


def test_nothing_ticked_or_far_too_much_is_said_on_the_list(officer: Client, world: World) -> None:
    answer = officer.press(officer.get(DESK), "Print those ticked")
    assert (answer.mimetype, answer.page.link("Tick at least one")) == ("text/html", "#ticked")
    assert "Tick at least one" in officer.press(officer.get(DESK), "Set the wave of those ticked").page.text
    codes = [PosterFactory(place=world.place).code for _ in range(101)]
    answer = officer.get(f"{DESK}/print", query_string={"code": codes})
    assert "at most 100 posters" in answer.page.text


def test_a_poster_that_cannot_be_printed_says_why(officer: Client, db_session: object) -> None:
    poster = PosterFactory()  # and no survey at all
    answer = officer.get(f"{DESK}/print", query_string={"code": poster.code})
    assert "serves no wave" in answer.page.text


@pytest.mark.parametrize(
    ("before", "button", "after"),
    [
        ("planned", "Mark as put up", "up"),
        ("up", "Mark as taken down", "taken-down"),
        ("up", "Mark as being checked", "reported"),
        ("reported", "Mark as put up", "up"),
        ("up", "Retire this poster", "taken-down"),
    ],
)
def test_what_became_of_a_poster_is_one_button(
    officer: Client, world: World, before: str, button: str, after: str
) -> None:
    poster: Poster = PosterFactory(status=before, up_on=None if before == "planned" else days_ago(3))
    done = officer.press(officer.get(f"{DESK}/{poster.code}"), button)
    assert done.status_code == 303
    page = officer.get(done.headers["Location"]).page
    assert page.all("main")[0].text.count("Marked as" if "Retire" not in button else "Retired.") == 1
    db.session.refresh(poster)
    assert poster.status == after
    assert (poster.retired_on is not None) == ("Retire" in button)


def test_a_retired_poster_offers_no_button(officer: Client, world: World) -> None:
    posters.retire(world.poster, days_ago(0))
    page = officer.get(f"{DESK}/{world.poster.code}").page
    assert [button.text for button in page.all("button")] == ["Sign out"]
    assert "retired" in page.text


def test_what_cannot_be_done_is_said_on_the_page(officer: Client, world: World) -> None:
    page = officer.get(f"{DESK}/{world.poster.code}")
    posters.retire(world.poster, days_ago(0))
    db.session.commit()
    answer = officer.press(page, "Mark as being checked")
    assert answer.status_code == 422 and "was taken down on" in answer.page.text


def test_every_change_stands_in_the_audit_trail_with_who_did_it(officer: Client, world: World) -> None:
    from sqlalchemy import select

    from community.staff.models import Account, AuditEntry

    who = db.session.scalar(select(Account.id).where(Account.email == "coordinator@council.example"))
    officer.press(officer.get(f"{DESK}/new"), "Make", {"place": "Barking Station"})
    officer.press(officer.get(f"{DESK}/{world.poster.code}"), "Mark as taken down")
    entries = db.session.execute(select(AuditEntry.action, AuditEntry.who).order_by(AuditEntry.number)).all()
    assert [tuple(entry) for entry in entries][-2:] == [("poster.planned", who), ("poster.taken-down", who)]


def test_somebody_who_may_only_look_meets_no_button_that_changes_anything(app: Flask, world: World) -> None:
    viewer = client_of(app, "viewer")
    assert [b.text for b in viewer.get(f"{DESK}/{world.poster.code}").page.all("button")] == ["Sign out"]
    buttons = [b.text for b in viewer.get(DESK).page.all("button")]
    assert buttons == ["Sign out", "Show", "Print those ticked"]


def test_a_code_nobody_has_is_no_page(officer: Client, world: World) -> None:
    assert officer.get(f"{DESK}/{new_code()}").status_code == 404


@pytest.mark.parametrize("typed", ["{code}", "{display}", "https://voice.example/q/{code}", "voice.example/q/{code}"])
def test_a_scanned_or_typed_code_opens_the_posters_page(officer: Client, world: World, typed: str) -> None:
    text = typed.format(code=world.poster.code, display=display(world.poster.code).lower())
    answer = officer.press(officer.get(f"{DESK}/scan"), "Open the poster", {"code": text})
    assert answer.headers["Location"] == f"{DESK}/{world.poster.code}"


def test_a_true_code_on_a_false_address_is_a_warning_and_opens_nothing(officer: Client, world: World) -> None:
    answer = officer.get(f"{DESK}/scan", query_string={"code": f"https://voice.example.net/q/{world.poster.code}"})
    assert answer.status_code == 422
    assert "It leads to voice.example.net" in answer.page.text


def test_a_code_that_is_not_ours_is_said_so_and_kept_in_the_field(officer: Client, world: World) -> None:
    answer = officer.get(f"{DESK}/scan", query_string={"code": "0000-0000"})
    assert answer.status_code == 422 and answer.page.by_id("code").get("value") == "0000-0000"


def test_the_camera_may_be_asked_for_on_that_page_alone(officer: Client, world: World) -> None:
    assert "camera=(self)" in officer.get(f"{DESK}/scan").headers["Permissions-Policy"]
    for address in (DESK, "/staff", f"/q/{world.poster.code}", f"/poster/{world.poster.code}"):
        assert "camera=()" in officer.get(address).headers["Permissions-Policy"]


def test_scanning_while_signed_in_sends_no_cookie_and_gets_none(officer: Client, world: World) -> None:
    answer = officer.get(f"/q/{world.poster.code}")
    assert "Cookie" not in answer.request.headers
    assert "Set-Cookie" not in answer.headers
