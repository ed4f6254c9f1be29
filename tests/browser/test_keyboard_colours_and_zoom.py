"""The same journey for every hand and eye: by keyboard alone, in forced colours, with spread-out or doubled letters,
with and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import posters
from tests.browser.looking import NARROW, faults, tab_to
from tests.browser.posters import Poster, Typed
from tests.browser.walking import END, FORM, ROBBED, asked, fill_in, option, send, walk

SPREAD = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
"""WCAG 2.2, 1.4.12: what a reader may set."""
DOUBLED = "html { font-size: 200% !important }"
"""WCAG 2.2, 1.4.4, at 640 px: a window of 1,280 in which only the letters were made bigger."""


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with scripts"])
def test_a_survey_can_be_answered_with_the_keyboard_alone(
    open_page: Callable[..., Page], poster: Poster, scripts: bool
) -> None:
    page = open_page(scripts=scripts)
    page.goto(poster.path)
    while questions := asked(page):
        for question in questions:
            type_answer(page, question)
        if asked(page) == questions:  # not buttons, whose Enter has sent the screen already
            tab_to(page, f"{FORM} .govuk-button")
            press_enter(page)
    assert page.locator(END).count() == 1
    tab_to(page, "main form .govuk-button")
    press_enter(page)
    assert asked(page) == ("know_robbed",)


def type_answer(page: Page, question: str) -> None:
    """Go to a question by Tab and answer it by keys."""
    kind = option(page, question).evaluate("control => control.type")
    value = ROBBED.get(question)
    if kind == "submit":
        tab_to(page, f'[name="{question}"]' + (f'[value="{value}"]' if value else ""))
        press_enter(page)
        return
    tab_to(page, f'[name="{question}"]')
    if kind in ("radio", "checkbox"):
        page.keyboard.press("Space")
        assert page.locator(f'[name="{question}"]:checked').count() == 1
    else:
        page.keyboard.type("More lamps, please.")


def press_enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_first_tab_leads_past_the_header(page: Page, poster: Poster) -> None:
    page.goto(poster.path)
    tab_to(page, ".app-skip")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "safe_here"


@pytest.mark.parametrize("language", ["en", "ur"])
def test_forced_colours_keep_every_edge_and_mark(open_page: Callable[..., Page], poster: Poster, language: str) -> None:
    page = open_page(forced_colors="active")
    page.goto(f"{poster.path}?lang={language}")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    while asked(page):
        controls = page.locator(
            f"{FORM} button.app-option, {FORM} .govuk-radios__label, {FORM} .govuk-checkboxes__label"
        )
        edges = controls.evaluate_all(
            """all => all.map(control => {
              const style = getComputedStyle(control, control.localName === "label" ? "::before" : undefined);
              return [style.borderTopColor, getComputedStyle(document.body).backgroundColor, style.borderTopWidth];
            })"""
        )
        assert edges and all(edge != ground and width != "0px" for edge, ground, width in edges)
        assert faults(page) == []
        send(page, fill_in(page))
    page.screenshot()


@pytest.mark.parametrize(("style", "width"), [(SPREAD, NARROW), (DOUBLED, 2 * NARROW)], ids=["spread", "doubled"])
def test_letters_spread_or_doubled_stay_inside(
    open_page: Callable[..., Page], poster: Poster, style: str, width: int
) -> None:
    page = open_page(width=width, bypass_csp=True)

    def look(page: Page) -> None:
        page.add_style_tag(content=style)
        assert faults(page) == [], page.title()

    page.goto(poster.path)
    walk(page, look=look)
    for address in ("/", "/help", "/help/35", f"/poster/{poster.code}", "/withdraw?lang=ro"):
        page.goto(address)
        look(page)


def test_scripts_change_nothing(open_page: Callable[..., Page], desk: Typed, poster: Poster) -> None:
    before, journeys = posters.counts(desk, "place"), []
    for scripts in (False, True):
        page = open_page(scripts=scripts)
        headings: list[str] = []
        page.goto(poster.path)
        screens = walk(page, look=lambda page, said=headings: said.append(page.locator("h1").inner_text()))
        journeys.append((screens, headings))
    assert journeys[0] == journeys[1]
    after = posters.counts(desk, "place")
    assert posters.more(before, after) == {(posters.PLACE, ROBBED["safe_here"]): 2}
