"""An officer's first day, step by step, with the keyboard alone (docs/journeys/an-officers-first-day.md). Each step
begins where the one before ended."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Final

import openpyxl
import pypdfium2
from PIL.Image import Image
from playwright.sync_api import Page

from tests.browser import keys
from tests.browser.posters import SCALE
from tests.rig import totp

PASSWORD: Final = "purple staircase lemon"
TITLE: Final = "Light at the stations"
OPENING: Final = "Is it light enough here after dark, at {place}?"
WAVE: Final = "November evenings"
SPOT: Final = "by the ticket gates"
STATIONS: Final = (
    "Barking Station",
    "Becontree Station",
    "Chadwell Heath Station",
    "Dagenham East Station",
    "Upney Station",
)
RATHER_NOT: Final = ("prefer_not_to_say", "I'd rather not say")
AGES: Final = (
    ("under_13", "Under 13"), ("13-15", "13 to 15"), ("16-17", "16 or 17"), ("18-21", "18 to 21"),
    ("22-24", "22 to 24"), ("25-34", "25 to 34"), ("35-44", "35 to 44"), ("45-54", "45 to 54"),
    ("55-64", "55 to 64"), ("65+", "65 or over"), RATHER_NOT,
)  # fmt: skip
SOURCE: Final = "Our own question, for the lighting team, November 2026."

Look = Callable[[Page, str], object]
"""What is done with every page she meets: the page, and a short name for it."""


def spreadsheet(path: Path, slug: str) -> Path:
    """Three questions as she writes them in her spreadsheet program. slug: what the survey is called in addresses."""
    book = openpyxl.Workbook()
    survey = book.active
    survey.title = "survey"
    for line in (
        ("type", "name", "label", "wording_anywhere", "attribute", "source"),
        ("select_one yes_no", "lights", OPENING, "Is it light enough after dark, where you are?", "", SOURCE),
        ("select_one age", "age", "How old are you?", "", "age", "As in the safety survey."),
        ("select_multiple helps", "helps", "What would help most?", "", "", SOURCE),
    ):
        survey.append(line)
    choices = book.create_sheet("choices")
    choices.append(("list_name", "name", "label"))
    for answer in (("yes", "Yes"), ("no", "No"), RATHER_NOT):
        choices.append(("yes_no", *answer))
    for band in AGES:
        choices.append(("age", *band))
    for answer in (("lamps", "More lamps"), ("mend", "Mending the lamps there are"), RATHER_NOT):
        choices.append(("helps", *answer))
    settings = book.create_sheet("settings")
    for line in (("form_title", "form_id"), (TITLE, slug)):
        settings.append(line)
    book.save(path)
    return path


def sign_in(page: Page, link: str, email: str, look: Look) -> None:
    """From the link she was handed to her home page: password, app, recovery codes."""
    page.goto(link)
    look(page, "new-password")
    keys.write(page, "#password", PASSWORD)
    keys.write(page, "#again", PASSWORD)
    keys.enter(page)
    look(page, "sign-in")
    keys.write(page, "#email", email)
    keys.write(page, "#password", PASSWORD)
    keys.enter(page)
    look(page, "set-up-app")
    keys.write(page, "#code", totp.code(page.locator(".app-code").inner_text()))
    keys.enter(page)
    assert page.locator(".app-codes li").count() == 10
    look(page, "recovery-codes")
    keys.press(page, "main a.govuk-button")
    look(page, "home")


def bring_in(page: Page, file: Path, look: Look) -> None:
    """From any page to the preview of a questionnaire, all of its screens seen."""
    keys.press(page, "nav a[href='/staff/questionnaires']")
    look(page, "questionnaires")
    keys.press(page, "main a[href$='/bring-in']")
    look(page, "bring-in")
    keys.give(page, "#file", file)
    keys.press(page, "main form button")
    look(page, "draft")
    while page.get_by_role("link", name="Next screen").count():
        keys.press(page, ".app-glass__turn a:last-child")
        look(page, "draft-on")


def publish(page: Page, look: Look) -> None:
    """From the preview to a wave that is open."""
    keys.press(page, "#publish")
    look(page, "published")
    keys.press(page, "main a[href$='/open-wave']")
    look(page, "open-wave")
    keys.write(page, "#title", WAVE)
    keys.enter(page)
    look(page, "wave")


def make_posters(page: Page, look: Look) -> None:
    """From the wave's page to one poster for each station, ready to print."""
    keys.press(page, "main a[href^='/staff/posters/new']")
    look(page, "make-posters")
    for station in STATIONS:
        keys.choose(page, "#place", station)
        keys.write(page, "#spot", SPOT)
        keys.press(page, "main form button")
        if station != STATIONS[-1]:
            keys.press(page, "main a.app-action")
    look(page, "made")


def print_posters(page: Page, path: Path) -> list[Image]:
    """The sheets that come out of the printer."""
    keys.save(page, "main form button").save_as(path)
    document = pypdfium2.PdfDocument(BytesIO(path.read_bytes()))
    try:
        return [sheet.render(scale=SCALE).to_pil().convert("RGB") for sheet in document]
    finally:
        document.close()


def open_live_page(page: Page, slug: str, look: Look) -> None:
    """From any page to the live answers of her survey."""
    keys.press(page, "nav a[href='/staff/insights']")
    look(page, "live-surveys")
    keys.press(page, f"main h2 a[href='/staff/insights/{slug}']")
    look(page, "live-empty")
