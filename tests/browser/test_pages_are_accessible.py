"""axe and a ruler find nothing wrong on any public page, in any state and language, 320 px wide: which is also a window
of 1,280 px at 400%."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, Route

from community.shared.error_pages import PAGES as ERRORS
from community.shared.error_pages import error_page
from community.support.help_pages import PAGES as HELP
from community.surveys.loading import load
from community.surveys.shipped import FOLDER
from tests.browser import posters
from tests.browser.looking import NARROW, look
from tests.browser.posters import Poster, Typed
from tests.browser.walking import END, asked, fill_in, option, send, walk
from tests.rig.databases import Databases, dispose
from tests.rig.server import Site

LANGUAGES = ("en", "ro", "ur")
STANDING = ("/", "/help", "/privacy", "/accessibility", "/withdraw", "/s/safety")
ELSEWHERE = {
    "/nothing-here": 404,
    "/s/nothing-asked": 404,
    "/q/NOTOURS0": 404,
    "/poster/NOTOURS0": 404,
    "/help/nothing": 404,
}


@pytest.fixture
def narrow(open_page: Callable[..., Page]) -> Page:
    """A page 320 px wide; its browser runs scripts, so that axe can look at it where it stands."""
    return open_page(width=NARROW, height=640)


def say(page: Page, language: str) -> str:
    """What to add to an address to read it in a language; also fails a page that came in another."""
    return f"?lang={language}" if language != "en" else ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_of_both_questionnaires(narrow: Page, poster: Poster, language: str) -> None:
    narrow.goto(poster.path + say(narrow, language))
    screens = walk(narrow, look=look)
    look(narrow)
    send(narrow, narrow.locator("form .govuk-button"))
    screens += walk(narrow, look=look)
    assert narrow.locator("html").get_attribute("lang") == language
    every = {
        question.key for path in FOLDER.glob("*.yaml") for question in load(path.read_text(), name=path.name).questions
    }
    assert {key for screen in screens for key in screen} == every, "a question was not met"


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_that_always_stand(narrow: Page, language: str) -> None:
    for address in STANDING:
        narrow.goto(address + say(narrow, language))
        look(narrow)


def test_every_help_page(narrow: Page) -> None:
    for number in HELP:
        narrow.goto(f"/help/{number}")
        look(narrow)
        narrow.locator("summary").first.click()  # where this comes from, opened
        look(narrow)


def test_a_help_page_in_another_language(narrow: Page) -> None:
    narrow.goto("/help/35?lang=ur")
    look(narrow)


def test_help_stands_beside_the_next_question_and_leaves_it_in_sight(phone: Page, poster: Poster) -> None:
    phone.goto(poster.path)
    while asked(phone) != ("robbed",):
        send(phone, fill_in(phone))
    send(phone, option(phone, "robbed", "me"))
    assert asked(phone), "the next question is there"
    help_box, question = phone.locator(".app-help").bounding_box(), phone.locator("h1").bounding_box()
    assert help_box and question and phone.viewport_size
    assert help_box["y"] < question["y"] < phone.viewport_size["height"] - question["height"]
    look(phone)


def test_a_screen_sent_with_something_wrong_says_what(narrow: Page, poster: Poster) -> None:
    narrow.goto(poster.path)
    send(narrow, option(narrow, "safe_here"))
    narrow.evaluate("document.querySelector('[name=age]').value = 'none-of-these'")
    send(narrow, option(narrow, "age"))
    assert narrow.title().startswith("Error:")
    look(narrow)
    narrow.get_by_role("alert").get_by_role("link").first.click()
    assert narrow.evaluate("document.activeElement.name") == "age", "the link leads to the question"


def test_a_form_sent_with_something_wrong_says_what_and_keeps_the_rest(narrow: Page, poster: Poster) -> None:
    narrow.goto(poster.path)
    while "ethnicity" not in asked(narrow):
        send(narrow, fill_in(narrow))
    button = fill_in(narrow)
    narrow.evaluate("document.querySelector('[name=ethnicity]:checked').value = 'none-of-these'")
    send(narrow, button)
    assert narrow.title().startswith("Error:")
    assert narrow.locator("[name=gender]:checked").count() == 1
    look(narrow)


def test_a_child_under_13_and_a_13_year_old(narrow: Page, poster: Poster) -> None:
    narrow.goto(poster.path)
    send(narrow, option(narrow, "safe_here"))
    send(narrow, option(narrow, "age", "under_13"))
    assert "Childline" in narrow.locator("main").inner_text()
    look(narrow)
    narrow.goto(poster.path)
    walk(narrow, {"age": "13-15", "safe_in_borough": "no"}, look=without_a_box_to_write_in)
    look(narrow)


def without_a_box_to_write_in(page: Page) -> None:
    assert page.locator("textarea").count() == 0


def test_taking_answers_back(narrow: Page, poster: Poster) -> None:
    narrow.goto(poster.path)
    send(narrow, option(narrow, "safe_here"))
    send(narrow, option(narrow, "age", "18-21"))
    kept_open = narrow.content()
    send(narrow, narrow.get_by_role("button", name="Finish now"))
    code = narrow.locator(END).inner_text()
    for typed, heading in (("", "Take my answers away"), ("1" * 20, "Take my answers away"), (code, "deleted")):
        narrow.goto("/withdraw")
        narrow.get_by_label("Your code").fill(typed)
        send(narrow, narrow.get_by_role("button", name="Delete my answers"))
        assert heading in narrow.locator("h1").inner_text()
        look(narrow)
    narrow.goto(poster.path)
    narrow.set_content(kept_open)  # a page that was open elsewhere all the while
    send(narrow, option(narrow, "safe_in_borough"))
    assert narrow.title().startswith("These answers were taken away")
    look(narrow)


def test_choosing_a_place_without_a_poster(narrow: Page) -> None:
    for sought, heading in (("barking", "Places with that name"), ("xyzzy", "We know no place with that name")):
        narrow.goto("/s/safety")
        narrow.get_by_label("Type a station").fill(sought)
        send(narrow, narrow.get_by_role("button", name="Find the place"))
        assert heading in narrow.locator("main").inner_text()
        look(narrow)
    narrow.locator("summary").first.click()
    look(narrow)
    narrow.evaluate("document.querySelector('[name=_place]').value = 'nowhere'")
    send(narrow, narrow.locator("[name=_place]").first)
    assert narrow.title().startswith("Error:")
    look(narrow)


def test_posters_in_every_state(narrow: Page, desk: Typed) -> None:
    poster = posters.make_poster(desk)
    states = {
        "planned": (200, "Yes, this poster is ours"),
        "up": (200, "Yes, this poster is ours"),
        "reported": (200, "We are checking this poster"),
        "taken-down": (410, "This poster is no longer in use"),
    }
    for state, (status, heading) in states.items():
        if state != "planned":
            posters.mark(desk, poster, state)
        answer = narrow.goto(f"/poster/{poster.code}")
        assert answer is not None and answer.status == status
        assert narrow.locator("h1").inner_text() == heading
        look(narrow)
    answer = narrow.goto(poster.path)
    assert answer is not None and answer.status == 410
    look(narrow)


def test_addresses_that_lead_nowhere(narrow: Page) -> None:
    for address, status in ELSEWHERE.items():
        answer = narrow.goto(address)
        assert answer is not None and answer.status == status, address
        look(narrow)


def test_forms_that_come_too_late_or_not_whole(narrow: Page, poster: Poster) -> None:
    for ticket, heading in (("2020-01-01.x", "Please start again"), ("x", "Something in that page did not arrive")):
        narrow.goto(poster.path)
        narrow.evaluate("ticket => document.querySelector('[name=_ticket]').value = ticket", ticket)
        send(narrow, option(narrow, "safe_here"))
        assert heading in narrow.title()
        look(narrow)


@pytest.fixture
def resting_app(databases: Databases) -> Flask:
    """The application, not served, to make its error pages."""
    return databases.app(databases.migrated("sqlite"))


def test_every_error_page(narrow: Page, site: Site, resting_app: Flask) -> None:
    with resting_app.test_request_context("/"):
        pages = {status: error_page(status)[0] for status in ERRORS}
    dispose(resting_app)

    def answer(route: Route) -> None:
        status = int(route.request.url.rpartition("/")[2])
        route.fulfill(status=status, body=pages[status], content_type="text/html; charset=utf-8")

    narrow.route(f"{site.url}/error/*", answer)
    for status in (400, 500, 503):
        narrow.goto(f"{site.url}/error/{status}")
        assert "999" in narrow.locator("main").inner_text()
        look(narrow)
