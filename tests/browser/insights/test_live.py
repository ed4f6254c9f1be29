"""An officer watches answers come in: within two seconds, without losing their place; by keyboard, at every width,
without a script, and in every state a page can be in."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import NARROW, look, tab_to
from tests.browser.posters import PLACE, Poster
from tests.browser.walking import option, send
from tests.rig.databases import Databases
from tests.rig.server import Site

LIVE = "/staff/insights/safety"
STATES = {
    "surveys": "/staff/insights",
    "everything": LIVE,
    "by week": f"{LIVE}?by=week",
    "by day": f"{LIVE}?by=date&from=2026-01-01",
    "small cells": f"{LIVE}?by=age&place={PLACE}&question=help",
    "by poster": f"{LIVE}?by=poster&flagged=out",
    "nobody": f"{LIVE}?from=2020-01-01&to=2020-01-02",
    "wrong": f"{LIVE}?from=soon&place=nowhere&by=shoe&flagged=perhaps",
    "place": f"{LIVE}/places/{PLACE}",
    "place where nobody answered": f"{LIVE}/places/valence-library",
}
LATEST_SECONDS = 10.0  # how soon it is on a machine that is free is measured by `make bench`, not here


@pytest.fixture(scope="module")
def site(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The service as it runs for the public, also in what its workers remember for a moment."""
    address = databases.lived_in("sqlite")
    site = Site({**databases.environ(address), "CACHE_SECONDS": "2"}, tmp_path_factory.mktemp("site") / "log").start()
    yield site
    site.stop()
    databases.drop(address)


@pytest.fixture
def desk_page(signed_in: Callable[..., Page]) -> Callable[..., Page]:
    return partial(signed_in, "analyst")


def answer(phone: Page, poster: Poster, value: str = "very_unsafe") -> float:
    """Scan the poster and tap; when it was counted."""
    phone.goto(poster.path)
    send(phone, option(phone, "safe_here", value))
    return time.monotonic()


def count(page: Page, id: str) -> int:
    return int(page.locator(f"#{id}").inner_text().replace(",", ""))


def test_a_new_answer_appears_by_itself_and_nothing_is_lost(
    desk_page: Callable[..., Page], phone: Page, poster: Poster
) -> None:
    page = desk_page(width=1100, height=800)
    page.goto(LIVE)
    page.locator("#by-table-open").click()
    page.locator("#by-scroll").evaluate("box => box.scrollTop = 120")
    page.locator("#all-table-open").focus()
    page.locator("#filters-open").click()
    page.locator("#from").fill("2026-01-01")
    page.locator("#all-table-open").focus()
    taken, today, in_all = [], count(page, "today"), count(page, "in-all")
    for n in range(1, 6):
        counted = answer(phone, poster)
        while count(page, "today") < today + n and time.monotonic() - counted < 10:
            page.wait_for_timeout(20)  # `expect` looks once a second after a while
        taken.append(time.monotonic() - counted)
    assert count(page, "today") == today + 5
    assert median(taken) <= LATEST_SECONDS, taken  # what else the machine does may hold one of them up
    assert count(page, "in-all") == in_all + 5
    assert page.evaluate("document.activeElement.id") == "all-table-open"
    assert page.locator("#by-table").evaluate("details => details.open")
    assert page.locator("#by-scroll").evaluate("box => box.scrollTop") == 120
    assert page.locator("#from").input_value() == "2026-01-01"
    expect(page.locator("#live-said")).to_contain_text(re.compile(r"Brought up to date: [\d,]+ answers in all\."))
    look(page)


def test_it_can_be_stopped_and_started_again(desk_page: Callable[..., Page], phone: Page, poster: Poster) -> None:
    page = desk_page()
    page.goto(LIVE)
    today = count(page, "today")
    tab_to(page, "#live-stop")
    page.keyboard.press("Enter")
    expect(page.locator("#live-said")).to_have_text("Stopped. These numbers stay as they are.")
    answer(phone, poster)
    page.wait_for_timeout(2_500)
    assert count(page, "today") == today
    page.keyboard.press("Enter")
    expect(page.locator("#today")).to_have_text(f"{today + 1:,}")


def test_a_lost_connection_is_said_and_made_good(desk_page: Callable[..., Page], phone: Page, poster: Poster) -> None:
    page = desk_page()
    page.goto(LIVE)
    today = count(page, "today")
    page.context.set_offline(True)
    expect(page.locator("#live-said")).to_contain_text("No connection.", timeout=20_000)
    answer(phone, poster)
    page.context.set_offline(False)
    expect(page.locator("#today")).to_have_text(f"{today + 1:,}", timeout=30_000)


def test_whoever_is_signed_out_is_told(desk_page: Callable[..., Page]) -> None:
    page = desk_page()
    page.goto(LIVE)
    page.context.clear_cookies()
    expect(page.locator("#live-said")).to_contain_text("You have been signed out.")
    assert page.locator("#live-stop").is_hidden()


def test_without_a_script_a_link_brings_it_up_to_date(
    desk_page: Callable[..., Page], phone: Page, poster: Poster
) -> None:
    page = desk_page(scripts=False)
    page.goto(f"{LIVE}?by=daypart&flagged=in")
    assert page.locator("#live-stop").is_hidden()
    in_all = count(page, "in-all")
    answer(phone, poster)
    page.locator("#live-refresh").click()
    expect(page.locator("#in-all")).to_have_text(f"{in_all + 1:,}")
    assert page.locator("#by-daypart").get_attribute("aria-current") == "true"
    page.locator("#by-table-open").click()
    page.locator("#by-scroll").wait_for()


def test_filters_are_chosen_by_keyboard_and_stand_in_the_address(desk_page: Callable[..., Page]) -> None:
    page = desk_page(width=NARROW)
    page.goto(LIVE)
    tab_to(page, "#filters-open")
    page.keyboard.press("Enter")
    tab_to(page, "#place")
    page.keyboard.type("Barking Station")
    tab_to(page, "#filters-show")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"place={PLACE}"))
    assert page.locator(".app-chosen").inner_text() == "Barking Station"
    tab_to(page, "#by-age")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("by=age"))
    assert f"place={PLACE}" in page.url
    tab_to(page, "#by-table-open")
    page.keyboard.press("Enter")
    tab_to(page, "#by-scroll")
    tab_to(page, "#by-csv")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "safety-safe_here-by-age.csv"
    assert Path(download.value.path()).read_text().startswith("survey,wave,version,question,wording")


@pytest.mark.parametrize("width", [NARROW, 1280])
@pytest.mark.parametrize("state", STATES)
def test_no_barrier_in_any_state(desk_page: Callable[..., Page], state: str, width: int) -> None:
    page = desk_page(width=width, height=800)
    page.goto(STATES[state])
    look(page)
    for details in page.locator("details").all():
        details.evaluate("details => details.open = true")
    look(page)


def test_words_and_marks_are_seen_in_forced_colours(desk_page: Callable[..., Page]) -> None:
    page = desk_page(forced_colors="active")
    page.goto(f"{LIVE}?by=week")
    look(page)
    assert page.locator(".app-chart__bar").first.evaluate("bar => getComputedStyle(bar).fill") == "rgb(15, 90, 73)"
