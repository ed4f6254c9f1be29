"""Answering a survey in a browser as a person would, whatever it asks: each screen is filled in and sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from playwright.sync_api import Locator, Page

Chosen = Mapping[str, str]

ROBBED: Final = {
    "safe_here": "fairly_unsafe", "age": "18-21", "safe_in_borough": "no", "robbed": "me",
    "know_robbed": "yes", "who": "me", "where": "at_a_station", "reported": "no",
}  # fmt: skip
"""Question -> option of a person to whom every screen of both questionnaires is shown."""

WORDS: Final = "More lamps by the bridge, please."

FORM: Final = "form#survey"
END: Final = ".app-code"


def asked(page: Page) -> tuple[str, ...]:
    """The keys of the questions on a page, in order; none when it is not a screen of a survey."""
    names = page.eval_on_selector_all(f"{FORM} [name]", "all => all.map(control => control.name)")
    return tuple(dict.fromkeys(name for name in names if not name.startswith("_")))


def send(page: Page, button: Locator) -> None:
    """Press a button and wait for the page that answers."""
    with page.expect_navigation():
        button.click()


def option(page: Page, question: str, value: str | None = None) -> Locator:
    """The button, radio, checkbox or box of a question on the page: its first, unless an option is named."""
    which = f'[value="{value}"]' if value else ""
    return page.locator(f'{FORM} [name="{question}"]{which}').first


def fill_in(page: Page, chosen: Chosen = ROBBED) -> Locator:
    """Answer every question on the page but do not send it. Returns the button that does: for a question of buttons
    the answer itself."""
    for question in asked(page):
        control = option(page, question, chosen.get(question))
        match control.evaluate("control => control.type"):
            case "submit":
                return control
            case "radio" | "checkbox":
                control.check()
            case "select-one":
                control.select_option(index=1)
            case _:
                control.fill(WORDS)
    return page.locator(f"{FORM} .govuk-button").first


def walk(page: Page, chosen: Chosen = ROBBED, *, look: Callable[[Page], object] = asked) -> list[tuple[str, ...]]:
    """Answer screen after screen until the end page, which is left open. look: called on every one of them, the end
    page too. Returns the questions of each screen."""
    seen = []
    while questions := asked(page):
        look(page)
        seen.append(questions)
        send(page, fill_in(page, chosen))
    look(page)
    assert page.locator(END).count() == 1, f"the survey ended without a code, at {page.url}: {page.title()}"
    return seen
