"""The list of services to check, in a real browser, on a phone and at a desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.looking import NARROW, look


@pytest.mark.parametrize("width", [NARROW, 1280])
def test_the_list_is_fit_for_eye_thumb_and_screen_reader(signed_in: Callable[..., Page], width: int) -> None:
    page = signed_in("coordinator", width=width)
    page.goto("/staff/services")
    assert "held back until somebody confirms it" in page.get_by_role("row").nth(1).inner_text()
    look(page)
