"""An officer at the posters desk, on a phone 320 px wide: makes, prints, hangs, looks after; a resident who doubts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pypdfium2
import pytest
from flask import Flask
from playwright.sync_api import Page

from community.extensions import db
from community.places.service import posters, reports
from community.places.service.scans import add_scans
from community.shared.clock import london_today
from tests.browser.looking import NARROW, look, tab_to
from tests.browser.posters import SCALE, Poster, Typed, make_poster, mark, scanned
from tests.browser.walking import option, send
from tests.rig.server import Site

DESK = "/staff/posters"
OPENING_THE_CAMERA = """code => {
  window.BarcodeDetector = class { async detect() { return [{rawValue: code}]; } };
  navigator.mediaDevices.getUserMedia = async () => document.createElement("canvas").captureStream();
  HTMLMediaElement.prototype.play = async () => {};
}"""
"""A browser that can read QR codes and holds one before its camera; the one here can do neither."""


@pytest.fixture
def officer(signed_in: Callable[..., Page]) -> Callable[..., Page]:
    """Somebody who looks after posters."""
    return partial(signed_in, "coordinator", **{"width": NARROW, "height": 640})


def press(page: Page, name: str) -> None:
    send(page, page.get_by_role("button", name=name, exact=True))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no script"])
def test_an_officer_makes_prints_hangs_and_takes_down_a_poster(
    officer: Callable[..., Page], site: Site, tmp_path: Path, scripts: bool
) -> None:
    page = officer(scripts=scripts, accept_downloads=True)
    page.goto(DESK)
    look(page)
    page.get_by_role("link", name="Make posters").click()
    press(page, "Make")
    assert page.title().startswith("Error:")
    look(page)
    page.get_by_label("Place", exact=True).select_option(label="Barking Station")
    page.get_by_label("Spot").fill("by the lift")
    page.get_by_label("Wave", exact=True).select_option(index=1)
    press(page, "Make")
    assert page.locator("h1").inner_text() == "Your poster"
    assert "which is not a public address" in page.locator("main").inner_text()  # this server's is not
    look(page)
    with page.expect_download(timeout=60_000) as printed:
        page.get_by_role("button", name="Print it").click(no_wait_after=True, timeout=60_000)
    paper = tmp_path / "poster.pdf"
    printed.value.save_as(paper)
    document = pypdfium2.PdfDocument(paper)
    (address,) = scanned(document[0].render(scale=SCALE).to_pil().convert("RGB"))
    document.close()
    assert address.startswith(f"{site.url}/q/")
    page.goto(f"{DESK}/scan")
    look(page)
    page.get_by_label("The code or the address").fill(address)
    press(page, "Open the poster")
    assert page.locator("h1").inner_text() == "Barking Station, by the lift"
    look(page)
    for button, said in (("Mark as put up", "Marked as put up."), ("Mark as taken down", "Marked as taken down.")):
        press(page, button)
        assert said in page.get_by_role("status").inner_text()
        look(page)


def test_what_is_out_of_the_ordinary_stands_out_in_words(
    officer: Callable[..., Page], beside: Flask, desk: Typed
) -> None:
    made = make_poster(desk, spot="by the bridge")
    mark(desk, made, "up")
    with beside.app_context():
        poster, today = posters.get(made.code), london_today()
        poster.up_on = today - timedelta(days=40)
        add_scans({(poster.id, today - timedelta(days=n)): 12 for n in range(4, 40)})
        db.session.commit()
    page = officer()
    page.goto("/staff")
    assert "Fallen silent: Barking Station, by the bridge." in page.locator("main").inner_text()
    page.goto(f"{DESK}?status=attention&q=bridge")
    assert page.get_by_text("Fallen silent").count() == 1
    page.get_by_text("Day by day").click()
    look(page)
    page.get_by_role("link", name="by the bridge").click()
    assert "Go and see whether it still hangs" in page.locator("main").inner_text()
    look(page)
    page.goto(f"{DESK}?q=nothing+of+this+name")
    assert "No poster fits." in page.locator("main").inner_text()
    look(page)


def test_a_wave_is_set_for_the_posters_that_were_ticked(officer: Callable[..., Page], desk: Typed) -> None:
    for spot in ("platform 3", "platform 4"):
        make_poster(desk, spot=spot)
    page = officer()
    page.goto(f"{DESK}?q=platform")
    press(page, "Set the wave of those ticked")
    assert "Tick at least one poster." in page.get_by_role("alert").inner_text()
    look(page)
    page.goto(f"{DESK}?q=platform")
    for box in page.get_by_role("checkbox").all():
        box.check()
    press(page, "Set the wave of those ticked")
    press(page, "Set the wave")
    assert "Select a wave." in page.get_by_role("alert").inner_text()
    look(page)
    page.get_by_label("Wave", exact=True).select_option(index=1)
    press(page, "Set the wave")
    assert "The wave is set." in page.get_by_role("status").inner_text()
    look(page)


@pytest.mark.parametrize("language", ["en", "ro", "ur"])
def test_a_resident_says_that_a_poster_looks_fake(
    open_page: Callable[..., Page], poster: Poster, language: str
) -> None:
    page = open_page(width=NARROW, height=640, scripts=False)
    page.goto(f"/poster/{poster.code}?lang={language}")
    page.locator("summary").click()
    look(page)
    form = page.locator(f'form[action="/poster/{poster.code}"]')
    send(page, form.get_by_role("button"))
    assert page.locator(".govuk-error-summary").count() == 1
    look(page)
    option_of = form.locator("[value=covered]")
    option_of.check()
    send(page, form.get_by_role("button"))
    assert page.locator("html").get_attribute("lang") == language
    look(page)


def test_the_queue_of_doubts_is_worked_off_with_the_keyboard_alone(
    officer: Callable[..., Page], beside: Flask, desk: Typed
) -> None:
    made = make_poster(desk, spot="by the bins")
    mark(desk, made, "up")
    with beside.app_context():
        for code in (made.code, "ABCD2345", reports.THE_REST):
            reports.report(code, "covered", london_today())
        db.session.commit()
    page = officer()
    page.goto(f"{DESK}/reports")
    look(page)
    tab_to(page, f'#found-{made.code} [value="taken-down"]')
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "What you found is noted." in page.get_by_role("status").inner_text()
    look(page)
    page.goto(f"{DESK}/{made.code}")
    assert page.locator(".govuk-tag").first.inner_text().lower() == "taken down"
    look(page)


def test_the_list_is_worked_with_the_keyboard_alone(officer: Callable[..., Page], desk: Typed) -> None:
    made = make_poster(desk, spot="by the stairs")
    page = officer(scripts=False, accept_downloads=True)
    page.goto(f"{DESK}?q=stairs")
    tab_to(page, f"#tick-{made.code}")
    page.keyboard.press("Space")
    tab_to(page, "#ticked button:not([formaction])")
    with page.expect_download(timeout=60_000) as printed:
        page.keyboard.press("Enter")
    assert printed.value.suggested_filename == f"poster-{made.code}.pdf"


def test_the_camera_reads_a_poster_where_the_browser_can(officer: Callable[..., Page], site: Site, desk: Typed) -> None:
    made = make_poster(desk, spot="by the camera")
    page = officer()
    page.add_init_script(f"({OPENING_THE_CAMERA})({site.url + made.path!r})")
    page.goto(f"{DESK}/scan")
    look(page)
    page.get_by_role("button", name="Use the camera").click()
    page.wait_for_url(f"**{DESK}/{made.code}")


def test_without_a_camera_the_page_offers_none(officer: Callable[..., Page]) -> None:
    page = officer()
    page.goto(f"{DESK}/scan")
    assert page.get_by_role("button", name="Use the camera").count() == 0


def test_a_poster_scanned_while_signed_in_is_a_page_like_anybodys(officer: Callable[..., Page], poster: Poster) -> None:
    page = officer()
    with page.expect_request(f"**{poster.path}") as asked:
        page.goto(poster.path)
    assert "cookie" not in asked.value.all_headers()
    send(page, option(page, "safe_here"))
    page.goto(f"/poster/{poster.code}")
    page.get_by_role("link", name="For council staff").click()
    page.wait_for_url(f"**{DESK}/{poster.code}")
    page.get_by_role("button", name="Mark as put up").wait_for()
