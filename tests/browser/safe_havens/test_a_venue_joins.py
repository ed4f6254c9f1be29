"""A venue joins by keyboard alone on a narrow screen without scripts; its team learns and notes a use on a phone."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from community.shared.clock import london_today
from tests.browser.keys import choose, enter, press, write
from tests.browser.looking import NARROW, look, tab_to
from tests.rig.server import Site

Fill = Callable[[Page], None]
GO_ON = "main form > .govuk-button"


def text(**fields: str) -> Fill:
    """Write into fields by id."""

    def fill(page: Page) -> None:
        for name, words in fields.items():
            write(page, f"#{name}", words)

    return fill


def tick(*selectors: str) -> Fill:
    """Tick boxes, in the order of the page."""

    def fill(page: Page) -> None:
        for selector in selectors:
            tab_to(page, selector)
            page.keyboard.press("Space")

    return fill


def pick(name: str, down: int) -> Fill:
    """Choose among radios: Tab to the first, down the list."""

    def fill(page: Page) -> None:
        tab_to(page, f"[name={name}]")
        page.keyboard.press("Space")
        for _ in range(down):
            page.keyboard.press("ArrowDown")

    return fill


def where(page: Page) -> None:
    write(page, "#address", "12 Station Parade, IG11 8TU")
    choose(page, "#place", "Barking Station")


def closed_and_open(page: Page) -> None:
    for selector, words in (("#Mo_from", "8am"), ("#Mo_to", "6pm"), ("#Sa_from", "9am"), ("#Sa_to", "1am")):
        write(page, selector, words)
    tab_to(page, "#Su_shut")
    page.keyboard.press("Space")


FILLS: dict[str, Fill] = {
    "What is the place called?": text(name="Ayesha's Cafe"),
    "What kind of place is it?": pick("kind", 2),
    "Where is it?": where,
    "Is this the right spot?": lambda page: None,
    "Who is in charge?": text(name="Ayesha Khan", email="ayesha@cafe.example", phone="020 8215 3000"),
    "Who else can we ask for?": text(name="Sam Obi", email="sam@cafe.example"),
    "How are your opening hours?": pick("pattern", 1),
    "When are you open?": closed_and_open,
    "And on bank holidays?": pick("holidays", 0),
    "Are there days with other hours?": lambda page: None,
    "How many people are at work?": text(least_staff="2"),
    "What can you offer?": tick("#facilities", "#facilities-4", "#access"),
    "Which languages do you speak there?": tick("#languages"),
    "What a Safe Haven promises": tick(
        *(f"#promises-{key}" for key in ("welcome", "staff", "training", "sticker", "limits", "private"))
    ),
    "May we show you on the public list?": pick("consent", 0),
    "How did you hear of Safe Havens?": pick("heard", 1),
}


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


def go_on(page: Page, *, look: Callable[[Page], object]) -> None:
    """Fill in the screen at hand and continue."""
    look(page)
    now = heading(page)
    FILLS[now](page)
    tab_to(page, ".govuk-button:not(.govuk-button--secondary)")
    enter(page)
    if now == heading(page):
        raise AssertionError(f"{now!r} comes again: {page.locator('main').inner_text()}")


def sent_letter(site: Site, subject: str, holding: str) -> str:
    """The letter under a subject in which these words stand, as the site's job consumer prints it a moment later."""
    by = time.monotonic() + 20
    while time.monotonic() < by:
        for letter in site.log.read_text().split("--- email to "):
            if subject in letter.split("\n")[0] and holding in letter:
                return letter
        time.sleep(0.1)
    raise AssertionError(f"no letter {subject!r} holding {holding!r}")


def test_five_minutes_at_the_counter_by_keyboard_alone(open_page: Callable[..., Page], site: Site) -> None:
    page = open_page(width=NARROW, height=640, scripts=False)
    page.goto("/safe-havens/register")
    look(page)
    press(page, ".govuk-button")
    tab_to(page, ".govuk-button")
    enter(page)
    look(page)
    assert page.title().startswith("Error: ")
    tab_to(page, ".govuk-error-summary a")
    page.keyboard.press("Enter")
    page.keyboard.type("Ay")
    assert page.locator("#name").input_value() == "Ay", "the summary's link leads to the field"
    seen = []
    while heading(page) != "How many people are at work?":
        seen.append(heading(page))
        if heading(page) == "Is this the right spot?":
            look(page)
            tab_to(page, '.app-spot__square[value="1,1"]')
            enter(page)
            assert "of Barking Station" in page.locator(".app-lead").inner_text()
        if heading(page) == "What kind of place is it?":
            pick("kind", 13)(page)
            tab_to(page, "form > .govuk-button")
            enter(page)
            look(page)
            press(page, "[name=_look]")
        if heading(page) == "Are there days with other hours?":
            year = str(london_today().year + 1)
            text(**{"day-day": "25", "day-month": "12", "day-year": year})(page)
            tick("#day_shut")(page)
            press(page, "[name=_add]")
            assert f"25 December {year}: shut" in page.locator(".app-lines").inner_text()
        go_on(page, look=look)
    press(page, "[name=_save]")
    look(page)
    tab_to(page, ".govuk-button")
    enter(page)
    look(page)
    assert heading(page) == "Your form is saved"
    letter = sent_letter(site, "Your Safe Haven form is saved", holding="/safe-havens/register/saved/")
    page.goto(re.findall(r"http\S+/safe-havens/register/saved/\S+", letter)[0])
    assert heading(page) == "How many people are at work?"
    while heading(page) != "Check your answers":
        seen.append(heading(page))
        go_on(page, look=look)
    assert seen == list(FILLS)
    look(page)
    press(page, '[name=_change][value="holidays"]')
    assert heading(page) == "And on bank holidays?"
    tab_to(page, "form > .govuk-button")
    enter(page)
    assert heading(page) == "Check your answers"
    tab_to(page, ".govuk-button[name=_send]")
    enter(page)
    look(page)
    assert heading(page) == "Thank you, we have your form"
    assert sent_letter(site, "We have your form", holding=page.locator(".app-code").inner_text())


def test_back_in_the_browser_leads_back_through_the_screens(open_page: Callable[..., Page]) -> None:
    page = open_page(scripts=False)
    page.goto("/safe-havens/register")
    page.get_by_role("button", name="Start now").click()
    page.locator("#name").fill("Corner cafe")
    page.get_by_role("button", name="Continue").click()
    assert heading(page) == "What kind of place is it?"
    page.go_back()
    assert heading(page) == "What is the place called?"
    page.get_by_role("button", name="Continue").click()
    assert heading(page) == "What kind of place is it?"


def join(page: Page) -> None:
    """Apply, quickly."""
    page.goto("/safe-havens/register")
    page.get_by_role("button", name="Start now").click()
    while heading(page) != "Check your answers":
        go_on(page, look=lambda _: None)
    page.get_by_role("button", name="Send", exact=True).click()
    if heading(page) == "Do we know this place already?":
        page.get_by_role("button", name="Send all the same").click()


def test_a_venues_own_pages_the_course_and_the_use_log_on_a_phone(
    open_page: Callable[..., Page], site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(scripts=False)
    monkeypatch.setitem(FILLS, "What is the place called?", text(name="Sam's Barbers"))
    monkeypatch.setitem(FILLS, "Who is in charge?", text(name="Sam Obi", email="sam@barbers.example"))
    join(page)
    letter = sent_letter(site, "We have your form", holding="Sam's Barbers")
    own = re.findall(r"http\S+/safe-havens/yours/\S+", letter)[0]
    for end in ("", "/agreement", "/details", "/people", "/hours", "/days", "/check", "/leave"):
        page.goto(own + end)
        look(page)
    page.goto(own)
    code = page.locator(".app-code").inner_text()
    page.goto("/safe-havens/yours")
    look(page)
    page.goto("/safe-havens/team/pack")
    look(page)
    page.goto("/safe-havens/team")
    look(page)
    write(page, "#code", code)
    enter(page)
    look(page)
    page.get_by_role("button", name="Do the short course").click()
    while heading(page) != "You have been through it all":
        look(page)
        page.locator("[name=option]").first.check()
        page.get_by_role("button", name="Answer").click()
        look(page)
        page.get_by_role("button", name="Go on").click()
    look(page)
    page.get_by_role("button", name="Finish").click()
    look(page)
    assert "1 person at Sam's Barbers has done the course" in page.locator("main").inner_text()
    page.goto("/safe-havens/team")
    page.locator("#code").fill(code)
    page.get_by_role("button", name="Open").click()
    page.get_by_role("button", name="Note that you helped").click()
    look(page)
    page.get_by_role("button", name="Count it").click()
    look(page)
    page.get_by_label("A phone or charging").check()
    page.get_by_label("Left when ready").check()
    page.get_by_label("Someone under 18").check()
    page.get_by_role("button", name="Count it").click()
    look(page)
    assert heading(page) == "Thank you, it is counted"
