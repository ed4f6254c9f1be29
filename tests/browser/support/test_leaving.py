"""Leaving a page of help in a real browser: blank at once, nothing to go back to, nothing left behind.

The weather is played by an answer made here, since no test asks anyone but us for anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from community.support.help_pages import ONCE_AT
from community.support.views import LEAVE_FOR
from tests.rig.server import Site

PAGE = f"/help/{ONCE_AT['home'].number}"
WEATHER = "<!doctype html><title>Weather</title><h1>Sunny spells</h1>"


@pytest.fixture
def opened(browser: Browser, site: Site) -> Iterator[Callable[[bool], Page]]:
    """A page on the service's first page, so that there is something to go back to; scripts on or off."""
    contexts: list[BrowserContext] = []

    def open_page(scripts: bool) -> Page:
        context = browser.new_context(base_url=site.url, java_script_enabled=scripts)
        context.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body=WEATHER, content_type="text/html"))
        contexts.append(context)
        page = context.new_page()
        page.goto("/")
        page.goto(PAGE)
        return page

    yield open_page
    for context in contexts:
        context.close()


def by_button(page: Page) -> None:
    page.get_by_role("link", name="Leave this page").last.click()


def by_hidden_link(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(".app-skip[data-leave]")).to_be_focused()
    page.keyboard.press("Enter")


def by_keys(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


def test_an_address_in_words_leaves_no_entry_in_the_history(opened: Callable[[bool], Page]) -> None:
    page = opened(True)
    before = page.evaluate("history.length")
    page.goto("/help/someone-hurt-me")
    assert page.url.endswith(f"/help/{ONCE_AT['someone-hurt-me'].number}")
    assert page.evaluate("history.length") == before + 1
    page.go_back()
    assert page.url.endswith(PAGE)


@pytest.mark.parametrize("leave", [by_button, by_hidden_link, by_keys])
def test_the_weather_takes_the_place_of_the_page_in_the_history(
    opened: Callable[[bool], Page], leave: Callable[[Page], None]
) -> None:
    page = opened(True)
    before = page.evaluate("history.length")
    leave(page)
    page.wait_for_url(LEAVE_FOR)
    assert page.evaluate("history.length") == before
    page.go_back()
    assert page.url.endswith("/"), "the page before, not the page of help"
    assert not page.url.endswith(PAGE)


def test_the_page_is_blank_before_anything_is_fetched(opened: Callable[[bool], Page]) -> None:
    page = opened(True)
    page.evaluate("sessionStorage.setItem('kept', '1')")
    left = page.locator("a.govuk-button[data-leave]").evaluate(
        "link => { link.click(); return [document.body.innerText, document.title, sessionStorage.length]; }"
    )
    assert left == ["", "Weather", 0]
    page.wait_for_url(LEAVE_FOR)


def test_without_scripts_the_link_leads_straight_to_the_weather(opened: Callable[[bool], Page]) -> None:
    page = opened(False)
    by_button(page)
    page.wait_for_url(LEAVE_FOR)
    assert page.locator("h1").inner_text() == "Sunny spells"


def test_without_scripts_the_page_between_goes_on_by_itself(opened: Callable[[bool], Page]) -> None:
    page = opened(False)
    page.goto("/help/leave")
    page.wait_for_url(LEAVE_FOR)


def test_two_shifts_or_shifts_between_other_keys_do_not_leave(opened: Callable[[bool], Page]) -> None:
    page = opened(True)
    for key in ("Shift", "Shift", "a", "Shift", "Shift"):
        page.keyboard.press(key)
    page.wait_for_timeout(200)
    assert page.url.endswith(PAGE)
    expect(page.get_by_role("heading", name="Talk to someone")).to_be_visible()


def test_shift_three_times_is_told_where_it_works(opened: Callable[[bool], Page]) -> None:
    told = "p[data-with-script]"
    expect(opened(True).locator(told)).to_be_visible()
    expect(opened(False).locator(told)).to_be_hidden()


def test_the_button_stays_in_reach_at_the_foot_of_a_long_page(opened: Callable[[bool], Page]) -> None:
    page = opened(True)
    page.set_viewport_size({"width": 360, "height": 640})
    page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    expect(page.get_by_role("link", name="Leave this page").last).to_be_in_viewport(ratio=1)
