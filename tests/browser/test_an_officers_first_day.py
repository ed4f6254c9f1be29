"""The officer's whole story, on both engines, with scripts and without: from the link she was handed to the first
answer on her page, with the keyboard alone on the narrowest screen (docs/journeys/an-officers-first-day.md)."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser import first_day, keys, posters
from tests.browser.first_day import STATIONS
from tests.browser.looking import NARROW, look
from tests.browser.posters import Typed
from tests.browser.walking import END, option, send, walk
from tests.rig.databases import Databases
from tests.rig.server import Site

LATEST_SECONDS = 2.0
"""From the tap to the number on the officer's page."""
STATION = "Dagenham East Station"
"""Where the first resident scans."""


@pytest.fixture(scope="module")
def site(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The service as it runs for the public, also in what its workers remember for a moment."""
    address = databases.lived_in(request.param)
    site = Site({**databases.environ(address), "CACHE_SECONDS": "2"}, tmp_path_factory.mktemp("site") / "log").start()
    yield site
    site.stop()
    databases.drop(address)


@pytest.mark.parametrize(
    ("site", "scripts"), [("sqlite", False), ("postgres", True)], ids=["no script", "scripts"], indirect=["site"]
)
def test_from_the_first_sign_in_to_the_first_answer(
    site: Site, desk: Typed, open_page: Callable[..., Page], tmp_path: Path, scripts: bool
) -> None:
    slug = "light" if scripts else "light-without-scripts"
    email = f"{slug}@council.example"
    made = json.loads(desk("staff", "create-user", email, "--role", "analyst", "--json"))

    page = open_page(width=NARROW, height=640, scripts=scripts, accept_downloads=True)
    first_day.sign_in(page, made["link"], email, state)
    first_day.bring_in(page, first_day.spreadsheet(tmp_path / "light.xlsx", slug), state)
    assert "3 questions on 3 screens" in page.locator("main").inner_text()
    first_day.publish(page, state)
    assert page.get_by_role("status").inner_text() == "The wave is open. People can answer now."
    first_day.make_posters(page, state)
    address = printed(page, site, tmp_path / "posters.pdf")[STATION]

    first_day.open_live_page(page, slug, state)
    assert number(page, "today") == number(page, "in-all") == 0
    phone = open_page(scripts=False)
    phone.goto(address)
    assert phone.locator("h1").inner_text() == first_day.OPENING.format(place=STATION)
    arrives = sees_it_arrive if scripts else sees_it_on_asking
    arrives(page, lambda: send(phone, option(phone, "lights", "no")))
    assert STATION in page.locator("#split").inner_text()
    state(page, "live")

    walk(phone, {"lights": "no", "age": "18-21"})
    assert phone.locator(END).count() == 1
    rows = json.loads(desk("insights", "results", slug, "--by", "place", "--json"))["rows"]
    assert {(row["group"], row["option"]): row["count"] for row in rows if row["count"]} == {
        (STATION.lower().replace(" ", "-"), "no"): 1
    }
    assert json.loads(desk("insights", "verify", "--json"))["agree"]

    assert phone.context.cookies() == []
    with page.expect_request(address) as asked:
        page.goto(address)
    assert "cookie" not in asked.value.all_headers(), "her sign-in is nobody's business on a public page"
    page.goto("/staff")
    keys.press(page, ".app-out__button")
    assert "You are signed out" in page.locator("main").inner_text()
    state(page, "signed-out")


def state(page: Page, _name: str) -> None:
    """Every page she meets: open to every hand and eye, and the only cookie stays under /staff."""
    look(page)
    assert {(cookie["name"], cookie["path"]) for cookie in page.context.cookies()} <= {("staff", "/staff")}


def printed(page: Page, site: Site, path: Path) -> dict[str, str]:
    """Station -> what a camera reads off its sheet. Each sheet names its station and has an address of its own."""
    sheets = first_day.print_posters(page, path)
    read = [posters.scanned(sheet) for sheet in sheets]
    assert [len(codes) for codes in read] == [1] * len(STATIONS)
    words = texts(path)
    found = {station: code for station in STATIONS for text, [code] in zip(words, read, strict=True) if station in text}
    assert set(found) == set(STATIONS)
    assert len(set(found.values())) == len(STATIONS)
    assert all(code.startswith(f"{site.url}/q/") for code in found.values())
    return found


def texts(path: Path) -> list[str]:
    """The words on each page of a PDF, lines joined."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def number(page: Page, id: str) -> int:
    return int(page.locator(f"#{id}").inner_text().replace(",", ""))


def sees_it_arrive(page: Page, tap: Callable[[], None]) -> None:
    """The page that stands open takes the answer up by itself, in time."""
    page.evaluate("window.isTheSame = true")
    began = time.monotonic()
    tap()
    expect(page.locator("#today")).to_have_text("1", timeout=10_000)
    assert time.monotonic() - began <= LATEST_SECONDS
    expect(page.locator("#live-said")).to_have_text("Brought up to date: 1 answer in all.")
    assert page.evaluate("window.isTheSame"), "it was loaded anew"


def sees_it_on_asking(page: Page, tap: Callable[[], None]) -> None:
    """Without scripts nothing moves until she presses Refresh."""
    tap()
    assert number(page, "today") == 0
    keys.press(page, "#live-refresh")
    assert number(page, "today") == 1
