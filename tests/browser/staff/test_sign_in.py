"""Signing in on the narrowest phone, by keyboard alone, without scripts: password, app, recovery codes, and out."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.looking import NARROW, look, tab_to
from tests.browser.posters import Typed
from tests.rig import totp
from tests.rig.server import Site

PASSWORD = "purple staircase lemon"


@pytest.fixture
def narrow(open_page: Callable[..., Page]) -> Page:
    return open_page(width=NARROW, scripts=False)


def test_an_officer_sets_a_password_and_an_app_and_signs_in_with_it_again(
    narrow: Page, desk: Typed, site: Site
) -> None:
    made = json.loads(desk("staff", "create-user", "officer@council.example", "--role", "analyst", "--json"))
    page = narrow
    page.goto("/staff/new-password/" + made["link"].rpartition("/")[2])
    look(page)
    _type(page, password=PASSWORD, again=PASSWORD)
    assert "Sign in with it" in page.locator("main").inner_text()

    _type(page, email="officer@council.example", password=PASSWORD)
    assert page.locator("h1").inner_text() == "Set up your app"
    look(page)
    secret = page.locator(".app-code").inner_text()
    assert page.locator(".app-qr").evaluate("image => image.complete && image.naturalWidth > 100")
    _type(page, code="000000")
    assert page.title().startswith("Error: ")
    assert page.locator(".app-code").inner_text() == secret, "the picture stays the one that was scanned"
    look(page)
    _type(page, code=totp.code(secret))
    assert page.locator("h1").inner_text() == "Keep your recovery codes"
    look(page)
    codes = page.locator(".app-codes li").all_inner_texts()
    _press(page, "main a.govuk-button")
    assert page.locator("h1").inner_text() == "Today"
    look(page)
    _press(page, ".app-out__button")
    assert "You are signed out" in page.locator("main").inner_text()

    _type(page, email="officer@council.example", password=PASSWORD)
    assert page.locator("h1").inner_text() == "Enter the code from your app"
    look(page)
    _type(page, code=totp.code(secret, at=time.time() + 30))
    assert page.locator("h1").inner_text() == "Today"
    _press(page, "footer a[href='/staff/account']")
    look(page)
    _press(page, ".app-out__button")

    _type(page, email="officer@council.example", password=PASSWORD)
    _press(page, "main a[href$='recovery-code']")
    look(page)
    _type(page, code=codes[3])
    assert page.locator("h1").inner_text() == "Today"


def test_what_goes_wrong_is_said_where_the_keyboard_finds_it(narrow: Page) -> None:
    page = narrow
    page.goto("/staff/sign-in")
    look(page)
    _type(page, email="", password="")
    look(page)
    _press(page, ".govuk-error-summary a[href='#password']")
    assert page.evaluate("document.activeElement.id") in ("password", "")
    _type(page, email="nobody@council.example", password="not a password")
    assert "is not right" in page.locator("main").inner_text()
    look(page)
    page.goto("/staff/forgot-password")
    look(page)
    _type(page, email="nobody@council.example")
    assert page.locator("h1").inner_text() == "Look in your inbox"
    look(page)


def test_every_page_of_accounts_is_open_to_every_hand_and_eye(narrow: Page, desk: Typed) -> None:
    words = ("--role", "admin", "--role", "analyst", "--demo", "--json")
    admin = json.loads(desk("staff", "create-user", "all@council.example", *words))
    page = narrow
    page.goto("/staff/audit")
    assert re.search(r"/staff/sign-in\?next=/staff/audit$", page.url)
    _type(page, email=admin["email"], password=admin["password"])
    _type(page, code=totp.code(admin["totp_secret"]))
    assert page.locator("h1").inner_text() == "Audit trail", "where they wanted to go"
    look(page)
    for path in ("/staff/accounts", "/staff/account/password", "/staff/account/app", "/staff/new-password/x"):
        page.goto(path)
        look(page)


def test_a_page_that_is_not_for_a_role_says_so(narrow: Page, desk: Typed) -> None:
    viewer = json.loads(desk("staff", "create-user", "v@council.example", "--role", "viewer", "--demo", "--json"))
    page = narrow
    page.goto("/staff/sign-in")
    _type(page, email=viewer["email"], password=viewer["password"])
    _type(page, code=totp.code(viewer["totp_secret"]))
    page.goto("/staff/audit")
    assert page.locator("h1").inner_text() == "Your account does not open this page"
    look(page)


def _type(page: Page, **values: str) -> None:
    """Fill fields in by keys and send the form with Enter."""
    for name, value in values.items():
        tab_to(page, f"main [name='{name}']")
        page.keyboard.press("Control+A")
        page.keyboard.type(value)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _press(page: Page, selector: str) -> None:
    """Go to a link or button by Tab and press Enter."""
    tab_to(page, selector)
    if page.locator(selector).get_attribute("href", timeout=1000) == "#password":
        page.keyboard.press("Enter")
        return
    with page.expect_navigation():
        page.keyboard.press("Enter")
