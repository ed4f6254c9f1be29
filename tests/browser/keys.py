"""Hands on a keyboard: Tab to a thing, type into it, choose, press. Where the keyboard is must be seen on the way."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from playwright.sync_api import Download, Page, TimeoutError

from tests.browser.looking import tab_to

SAVED_MS: Final = 60_000
"""Paper is drawn while one waits: fonts are read first."""
PICKED_MS: Final = 15_000


def write(page: Page, selector: str, words: str) -> None:
    """Put words into a field in place of what it holds."""
    tab_to(page, selector)
    page.keyboard.press("Control+A")
    page.keyboard.type(words)


def choose(page: Page, selector: str, words: str) -> None:
    """Choose from a closed list by typing the beginning of an entry."""
    tab_to(page, selector)
    page.keyboard.type(words)
    chosen = page.locator(selector).evaluate("list => list.selectedOptions[0].label")
    assert chosen.startswith(words), f"typing {words!r} chose {chosen!r}"


def give(page: Page, selector: str, file: Path) -> None:
    """Open the window in which files are picked, and pick one; where none comes on a busy machine, ask once more."""
    tab_to(page, selector)
    try:
        _pick(page, file, PICKED_MS)
    except TimeoutError:
        _pick(page, file, PICKED_MS)


def _pick(page: Page, file: Path, patience_ms: int) -> None:
    with page.expect_file_chooser(timeout=patience_ms) as window:
        page.keyboard.press("Space")
    window.value.set_files(file)


def press(page: Page, selector: str) -> None:
    """Press a link or a button that leads to another page."""
    tab_to(page, selector)
    enter(page)


def enter(page: Page) -> None:
    """Press Enter where the keyboard is, which leads to another page."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def save(page: Page, selector: str) -> Download:
    """Press a button that hands out a file."""
    tab_to(page, selector)
    with page.expect_download(timeout=SAVED_MS) as saved:
        page.keyboard.press("Enter")
    return saved.value
