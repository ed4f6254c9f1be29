"""An officer sharpens a question: takes a survey along, brings a spreadsheet in, looks at it on a phone, publishes."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import looking
from tests.browser.posters import Typed
from tests.unit.surveys.sheets import row, sheets, with_column, xlsx

DESK = "/staff/questionnaires"
PICTURES = os.environ.get("DESK_PICTURES")
"""A folder to keep pictures of the pages in, for somebody who wants to look at them."""
Seated = Callable[..., Page]


@pytest.fixture
def at_desk(signed_in: Callable[..., Page]) -> Seated:
    return partial(signed_in, "analyst")


@pytest.fixture
def spreadsheet(tmp_path: Path) -> Path:
    """Three questions, two of them in Urdu too; one column that is not used here."""
    made = sheets(row("select_multiple why", "why", "Why do you not feel safe?", relevant="${here} = 'no'"),
                  choices=[("why", "dark", "It is dark"), ("why", "people", "People"),
                           ("why", "prefer_not_to_say", "Rather not")])  # fmt: skip
    made = with_column(made, "survey", "label::Urdu (ur)", "کیا آپ یہاں محفوظ ہیں؟", "آپ کی عمر کیا ہے؟")
    made = with_column(made, "survey", "required", "yes")
    path = tmp_path / "benches.xlsx"
    path.write_bytes(xlsx(made))
    return path


@pytest.fixture
def wrong_spreadsheet(tmp_path: Path) -> Path:
    path = tmp_path / "wrong.xlsx"
    path.write_bytes(xlsx(sheets(row("geopoint", "x", "Where?"), row("integer", "n", "How many?"))))
    return path


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


def bring_in(page: Page, file: Path) -> None:
    page.goto(f"{DESK}/bring-in")
    page.set_input_files("#file", file)
    page.get_by_role("button", name="Bring it in").click()


def test_a_spreadsheet_becomes_a_survey_without_any_script(at_desk: Seated, spreadsheet: Path) -> None:
    page = at_desk(scripts=False)
    bring_in(page, spreadsheet)
    assert page.locator("h1").inner_text() == "Look before you publish"
    glass = page.frame_locator("iframe")
    assert glass.locator("h1").inner_text() == "Safe here?"
    glass.get_by_role("button", name="Yes").click()
    assert glass.locator("h1").inner_text() == "Safe here?", "a button in the frame did something"
    page.get_by_role("link", name="Next screen").click()
    page.get_by_role("link", name="اردو").click()
    assert page.frame_locator("iframe").locator("h1").inner_text() == "آپ کی عمر کیا ہے؟"
    assert page.frame_locator("iframe").locator("html").get_attribute("dir") == "rtl"
    page.get_by_role("button", name="Publish a new survey, small").click()
    page.get_by_role("link", name="Open a wave").click()
    page.get_by_label("Title").fill("First try")
    page.get_by_role("button", name="Open the wave").click()
    assert "People can answer now" in page.get_by_role("status").inner_text()
    page.get_by_role("link", name="Answer it without a poster").click()
    page.locator("h1").wait_for()


def test_a_file_that_is_too_large_is_refused_with_a_page_and_not_a_broken_connection(
    at_desk: Seated, tmp_path: Path
) -> None:
    page = at_desk()
    large = tmp_path / "large.xlsx"
    large.write_bytes(os.urandom(5_000_000))
    bring_in(page, large)
    assert "larger than 1 MB" in page.get_by_role("alert").inner_text()


def test_the_frame_is_as_wide_as_a_phone_and_keeps_to_a_narrow_window(at_desk: Seated) -> None:
    for width, wanted in ((1024, 360), (320, 300)):
        page = at_desk(width=width, height=900)
        page.goto(f"{DESK}/surveys/safety/1")
        box = page.locator("iframe").bounding_box()
        assert box is not None
        assert box["width"] <= wanted
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        inside = page.frames[1].evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert inside


@pytest.mark.parametrize("width", [looking.NARROW, 1024])
def test_every_state_is_clean_for_axe_thumb_and_eye(
    at_desk: Seated, desk: Typed, spreadsheet: Path, wrong_spreadsheet: Path, width: int
) -> None:
    page = at_desk(width=width, height=900)

    def look(name: str) -> None:
        page.wait_for_load_state()
        picture(page, f"{name}-{width}")
        looking.look(page)

    bring_in(page, wrong_spreadsheet)
    look("mistakes")
    bring_in(page, spreadsheet)
    look("draft")
    page.get_by_role("link", name="اردو").click()
    look("draft-urdu")
    changed = desk("surveys", "export", "safety").replace("after dark?", "at night?")
    sharpened = spreadsheet.with_name("safety.yaml")
    sharpened.write_text(changed)
    bring_in(page, sharpened)
    look("draft-next-version")
    page.goto(DESK)
    look("surveys")
    for name, address in (
        ("bring-in", "bring-in"),
        ("survey", "surveys/safety"),
        ("version", "surveys/safety/1?lang=ur&screen=help"),
        ("wave", "surveys/safety/waves/1?done=opened"),
        ("open-wave", "surveys/safety/open-wave"),
        ("close-wave", "surveys/safety/waves/1/close"),
        ("gone", "drafts/nowhere"),
    ):
        page.goto(f"{DESK}/{address}")
        look(name)
    page.goto(f"{DESK}/surveys/safety/open-wave")
    page.get_by_role("button", name="Open the wave").click()
    look("open-wave-mistakes")
    for screen in ("here", "help"):
        page.goto(f"{DESK}/surveys/safety/1/screens/{screen}?lang=ur")
        look(f"screen-{screen}")


def test_the_way_to_publishing_can_be_gone_by_keyboard(at_desk: Seated, spreadsheet: Path) -> None:
    page = at_desk()
    page.goto(DESK)
    looking.tab_to(page, f"a[href='{DESK}/bring-in']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bring-in")
    page.set_input_files("#file", spreadsheet)
    looking.tab_to(page, "main button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/drafts/*")
    looking.tab_to(page, "iframe, a[href$='#phone']")
