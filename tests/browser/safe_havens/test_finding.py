"""Finding an open door with a phone: by typing, by list, by map, by the phone's own position, which never leaves it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Page, Request, expect

from community import create_app
from community.config import Settings
from community.extensions import db
from community.safe_havens.directory import walk_in_words
from community.safe_havens.models import SafeHaven
from community.safe_havens.service.answer import open_near
from community.safe_havens.service.listing import directory
from community.shared.clock import london_now, london_today
from tests.browser import keys
from tests.browser.looking import NARROW, look
from tests.browser.walking import send
from tests.factories.safe_havens import ListedFactory
from tests.rig.databases import dispose
from tests.rig.server import Site

HERE = {"latitude": 51.536812, "longitude": 0.079354}
ALONE = (51.503, 0.1)
"""The venue that is far from all others."""
ITEMS = "[data-havens] > li"
SETTLED_MS = 800
"""A map glides; then it stands."""


@dataclass(frozen=True)
class Borough:
    """Venues for a browser. nearest: (name, distance in words) from HERE, the open ones first. serial: Ayesha's."""

    nearest: list[tuple[str, str]]
    serial: str


@pytest.fixture(scope="module")
def borough(site: Site) -> Iterator[Borough]:
    """Fourteen venues that are always open and three that hardly are, one of them far away, so that no test depends on
    the hour."""
    app = create_app(Settings.from_environ(site.environ))
    today = london_today()
    with app.app_context():
        for haven in db.session.query(SafeHaven):
            db.session.delete(haven)
        for n in range(17):
            never = f"{'Mo' if n < 16 else 'Tu'} 00:00-00:01; PH off"
            haven = ListedFactory(
                slug=f"cafe-{n}", name=f"Cafe {n:02}", address=f"{n + 1} Made Up Street", checked_on=today,
                trained_on=today, lat=51.5400 + (n * 7 % 16) / 1000 if n < 16 else ALONE[0],
                lon=0.081 + (n * 5 % 16) / 1000 if n < 16 else ALONE[1],
                opening="24/7" if n < 14 else never, offers=["water", "step_free"][: n % 3],
                languages=["English", "Urdu"][: 1 + n % 2],
            )  # fmt: skip
            serial = haven.serial
        db.session.commit()
        now = london_now()
        ordered = directory(now).nearest(HERE["latitude"], HERE["longitude"], at=now, open_only=False)
        ordered.sort(key=lambda near: not near.is_open)
        nearest = [(near.venue.name, walk_in_words(near.distance_m)) for near in ordered]
    yield Borough(nearest, serial)
    dispose(app)


def named(page: Page) -> list[str]:
    return page.locator(f"{ITEMS} > a").all_inner_texts()


def test_typed_without_a_script_from_home_to_the_venue_and_a_problem_told(phone: Page, borough: Borough) -> None:
    phone.goto("/")
    phone.get_by_role("link", name="Find a Safe Haven").click()
    assert not phone.locator("[data-nearest]").is_visible()
    look(phone)
    phone.get_by_label("Near which place?").fill("barking staton")
    phone.get_by_label("Only those open now").check()
    send(phone, phone.get_by_role("button", name="Show Safe Havens"))
    look(phone)
    phone.get_by_role("link", name="Barking Station", exact=True).click()
    assert "Near Barking Station" in phone.locator("main").inner_text()
    assert len(named(phone)) == 10 and "in a straight line" in phone.locator(ITEMS).first.inner_text()
    phone.locator("[data-map] img").scroll_into_view_if_needed()
    expect(phone.locator("[data-map] img")).to_have_js_property("naturalWidth", 360)
    look(phone)
    phone.get_by_role("link", name="Next page").click()
    assert len(named(phone)) == 4
    phone.locator(f"{ITEMS} > a").first.click()
    assert phone.locator(".app-lead").inner_text() == "Open now, day and night"
    phone.get_by_text("Report a problem").click()
    look(phone)
    send(phone, phone.get_by_role("button", name="Tell us"))
    assert phone.title().startswith("Error:")
    look(phone)
    phone.get_by_label("I was not safe there").check()
    send(phone, phone.get_by_role("button", name="Tell us"))
    assert "We are sorry" in phone.locator("main").inner_text()
    look(phone)


def test_by_keyboard_alone_on_the_narrowest_phone_without_a_script(
    open_page: Callable[..., Page], borough: Borough
) -> None:
    page = open_page(width=NARROW, height=640, scripts=False)
    page.goto("/safe-havens")
    keys.write(page, "#near", "upney station")
    keys.tab_to(page, "#open")
    page.keyboard.press("Space")
    keys.press(page, "button[type=submit]")
    assert "Near Upney Station" in page.locator("main").inner_text()
    keys.press(page, f"{ITEMS}:first-child > a")
    keys.tab_to(page, "summary")
    page.keyboard.press("Enter")
    keys.tab_to(page, "#problem")
    page.keyboard.press("Space")
    keys.press(page, "form button")
    assert page.title().startswith("Thank you for telling us")
    page.goto("/safe-havens/check")
    keys.write(page, "#serial", borough.serial.lower())
    keys.press(page, "form button")
    assert page.locator("h1").inner_text() == "Yes, this sticker is ours"


@pytest.mark.parametrize("language", ["en", "ro", "ur"])
def test_every_page_in_every_state_and_language_is_clean_and_narrow(
    open_page: Callable[..., Page], borough: Borough, language: str
) -> None:
    page = open_page(width=NARROW, height=640)
    for address in (
        "/safe-havens?",
        "/safe-havens?near=barking-station&",
        "/safe-havens?near=xyzzy&day=x&",
        "/safe-havens?offers=cctv&",
        "/safe-havens?near=marks-gate&open=now&",
        "/safe-havens/places?",
        "/safe-havens/cafe-1?",
        "/safe-havens/check?",
        f"/safe-havens/check/{borough.serial}?",
        "/safe-havens/check/ABCD2345?",
        "/safe-havens/nobody?",
    ):
        page.goto(f"{address}lang={language}")
        for summary in page.locator("summary").all()[:1]:
            summary.click()
        look(page)


def test_the_nearest_is_found_on_the_phone_and_where_it_is_is_never_sent(
    open_page: Callable[..., Page], borough: Borough
) -> None:
    page = open_page(geolocation=HERE, permissions=["geolocation"])
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108  Playwright marks what it is given
    page.goto("/safe-havens")
    assert len(named(page)) == 10
    before = len(asked)
    page.get_by_role("button", name="Nearest to me").click()
    expect(page.locator("[data-said]")).to_have_text(re.compile("the nearest on top"))
    assert named(page) == [name for name, _ in borough.nearest]
    told = page.locator(f"{ITEMS} [data-far]").all_inner_texts()
    assert told == [f"{far} in a straight line" for _, far in borough.nearest]
    look(page)
    page.locator("[data-map]").scroll_into_view_if_needed()
    expect(page.locator(".app-map__venue")).to_have_count(17)
    assert len(asked) > before
    for request in asked:
        sent = f"{request.url} {request.post_data or ''} {request.headers}"
        assert not re.search(r"51[.,]53|0[.,]0793|079354|536812", sent), request.url
    assert "999" in page.locator("[data-none-open]").inner_text() or page.locator("[data-none-open]").is_hidden()


@pytest.mark.parametrize("address", ["/safe-havens", "/safe-havens?open=now"])
@pytest.mark.parametrize("here", [(51.50, 0.10), (51.57, 0.15)], ids=["a shut one near", "none near"])
def test_far_from_open_doors_999_comes_first_then_who_is_open_and_who_opens_next(
    open_page: Callable[..., Page], borough: Borough, beside: Flask, here: tuple[float, float], address: str
) -> None:
    page = open_page(geolocation=dict(zip(("latitude", "longitude"), here, strict=True)), permissions=["geolocation"])
    page.goto(address)
    page.get_by_role("button", name="Nearest to me").click()
    expect(page.locator("[data-said]")).to_have_text(re.compile("None is open within 800 m of you"))
    with beside.app_context():
        answer = open_near(*here, london_now())
    assert answer.farther and answer.following and not answer.near
    told = " ".join(page.locator("[data-none-open]").inner_text().split())
    assert told.startswith("In danger now? Call 999.")
    farther, following = answer.farther, answer.following
    far, next_far = (f"{walk_in_words(one.distance_m)} in a straight line" for one in (farther, following))
    assert f"Open now, further away: {farther.venue.name}, {far}, day and night. Next to open: " in told
    assert re.search(f"Next to open: {following.venue.name}, opens .* midnight, {re.escape(next_far)}[.]$", told)
    assert (following.venue.name == "Cafe 16") == (here == (51.50, 0.10))
    assert named(page)[0] == farther.venue.name and ("Cafe 16" in named(page)) == (address == "/safe-havens")
    look(page)


def test_without_signal_the_places_of_this_page_are_put_in_order_and_no_more_is_said(
    open_page: Callable[..., Page], borough: Borough
) -> None:
    page = open_page(geolocation=HERE, permissions=["geolocation"])
    page.goto("/safe-havens?page=2")
    before = set(named(page))
    page.route(re.compile("all=1"), lambda route: route.fulfill(status=503))
    page.get_by_role("button", name="Nearest to me").click()
    expect(page.locator("[data-said]")).to_have_text(re.compile("only this page is in order"))
    assert set(named(page)) == before and "Page 2 of 2" in page.locator("main").inner_text()
    assert "further away" not in page.locator("main").inner_text()
    numbers = page.locator(ITEMS).evaluate_all("all => all.map(one => one.value).sort((a, b) => a - b)")
    assert numbers == list(range(11, 18))


def test_a_phone_that_will_not_say_where_it_is_leaves_the_list_as_it_was(
    open_page: Callable[..., Page], borough: Borough
) -> None:
    page = open_page(permissions=[])
    page.goto("/safe-havens")
    before = named(page)
    page.get_by_role("button", name="Nearest to me").click()
    expect(page.locator("[data-said]")).to_have_text(re.compile("Type a place instead"))
    assert named(page) == before


BOXES = """all => all.map(one => (one.querySelector('span') ?? one).getBoundingClientRect())
    .map(({left, top, right, bottom}) => [left, top, right, bottom])"""


@pytest.mark.parametrize("width", [320, 360, 1200])
def test_on_the_map_that_moves_nothing_lies_on_a_name_and_the_buttons_cover_nothing(
    open_page: Callable[..., Page], borough: Borough, width: int
) -> None:
    page = open_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/safe-havens")
    page.locator("[data-map]").scroll_into_view_if_needed()
    expect(page.locator(".app-map__venue")).to_have_count(17)
    closer = page.get_by_role("button", name="Closer")
    for _ in range(3):
        page.wait_for_timeout(SETTLED_MS)
        (frame,) = page.locator(".app-map__live").evaluate_all(BOXES.replace("one.querySelector('span') ?? one", "one"))
        names = page.locator(".app-map__place").evaluate_all(BOXES)
        marks = page.locator(".app-map__venue").evaluate_all(BOXES.replace("one.querySelector('span') ?? one", "one"))
        for n, name in enumerate(names):
            assert not any(_lies_on(name, other) for other in [*names[:n], *marks])
            assert frame[0] <= name[0] and name[2] <= frame[2]
        for n, mark in enumerate(marks):
            middle = ((mark[0] + mark[2]) / 2, (mark[1] + mark[3]) / 2)
            assert not any(box[0] < middle[0] < box[2] and box[1] < middle[1] < box[3] for box in marks[:n])
        buttons = page.locator(".app-map__moves button").evaluate_all(
            BOXES.replace("one.querySelector('span') ?? one", "one")
        )
        assert len(buttons) == 6 and not any(_lies_on(button, frame) for button in buttons)
        closer.click()
    look(page)


def _lies_on(one: list[float], other: list[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_the_map_that_moves_comes_into_sight_with_the_same_venues(page: Page, borough: Borough) -> None:
    scripts: list[str] = []
    page.on("request", lambda asked: scripts.append(asked.url) if "leaflet" in asked.url else None)
    page.goto("/safe-havens")
    page.wait_for_load_state("networkidle")
    assert scripts == [], "nobody takes the map along who does not come to it"
    page.locator("[data-map]").scroll_into_view_if_needed()
    marks = page.locator(".app-map__venue:not(.app-map__venue--small)")
    expect(marks).to_have_count(10)
    expect(page.locator(".app-map__venue--small")).to_have_count(7)  # of the other page of the list
    titles = sorted(marks.evaluate_all("all => all.map(one => one.title)"), key=lambda title: int(title.split(".")[0]))
    assert titles == [f"{n}. {name}" for n, name in enumerate(named(page), 1)]
    look(page)
    marks.first.click()
    popup = page.locator(".leaflet-popup-content a")
    expect(popup).to_be_visible()
    assert (popup.get_attribute("href") or "").startswith("/safe-havens/cafe-")
    page.wait_for_timeout(SETTLED_MS)
    look(page)
    page.keyboard.press("Escape")
    page.wait_for_timeout(SETTLED_MS)
    before = marks.first.bounding_box()
    page.get_by_role("button", name="Left").click()
    page.wait_for_timeout(SETTLED_MS)
    after = marks.first.bounding_box()
    assert before and after and after["x"] > before["x"] + 60
    page.get_by_role("button", name="Closer").click()
