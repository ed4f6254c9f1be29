"""A coordinator at the Safe Havens desk: a cafe is visited on a phone, approved, and has a sticker that checks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pypdfium2
import pytest
from flask import Flask
from playwright.sync_api import Page

from community.extensions import db
from community.safe_havens.models import HavenTraining
from community.safe_havens.service import life
from community.shared.clock import london_today
from tests.browser.looking import NARROW, look
from tests.browser.posters import SCALE, scanned
from tests.browser.walking import send
from tests.factories.safe_havens import AppliedFactory, ContactFactory
from tests.rig.server import Site

DESK = "/staff/havens"
PHONE = 360
FINGER = 44
"""CSS px: what a finger hits at a counter, with a cafe looking on."""


@pytest.fixture
def coordinator(signed_in: Callable[..., Page]) -> Callable[..., Page]:
    return partial(signed_in, "coordinator", **{"width": PHONE, "height": 740})


def press(page: Page, name: str) -> None:
    send(page, page.get_by_role("button", name=name, exact=True))


def apply(app: Flask, slug: str) -> None:
    with app.app_context():
        haven = AppliedFactory(slug=slug, name="Ayesha's cafe", reference=slug[:12], address=f"1 {slug}")
        ContactFactory(haven_id=haven.id)
        db.session.commit()


def train_and_agree(app: Flask, slug: str) -> None:
    """What the venue does by its own pages."""
    with app.app_context():
        haven, today = life.get(slug), london_today()
        haven.trainings.append(HavenTraining(course="1", finished_on=today))
        haven.trained_on, haven.agreement, haven.agreed_on = today, "1", today
        db.session.commit()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no script"])
def test_a_cafe_is_visited_approved_and_given_a_sticker_that_can_be_checked(
    coordinator: Callable[..., Page], beside: Flask, site: Site, tmp_path: Path, scripts: bool
) -> None:
    slug = f"ayesha-{scripts}".lower()
    apply(beside, slug)
    page = coordinator(scripts=scripts, accept_downloads=True)
    page.goto(DESK)
    look(page)
    page.goto(f"{DESK}/venues/{slug}")
    press(page, "Approve")
    assert page.title().startswith("Error:") and "plan a visit" in page.locator("main").inner_text()
    look(page)
    page.get_by_role("link", name="Plan a visit", exact=True).click()
    page.get_by_label("Day").fill(london_today().isoformat())
    look(page)
    press(page, "Plan it")
    page.get_by_role("link", name="Fill in the checklist").click()
    look(page)
    boxes = page.locator(".govuk-checkboxes__item")
    assert all((boxes.nth(at).bounding_box() or {"height": 0})["height"] >= FINGER for at in range(boxes.count()))
    for at in range(boxes.count()):
        boxes.nth(at).locator("label").click()
    page.get_by_label("Passed").check()
    press(page, "Record the visit")
    assert "recorded: passed" in page.get_by_role("status").inner_text()
    train_and_agree(beside, slug)
    page.reload()
    press(page, "Approve")
    assert "It is on the list" in page.get_by_role("status").inner_text()
    look(page)
    page.get_by_role("link", name="Window sticker", exact=True).click()
    look(page)
    address = page.get_by_role("link", name="Print it").get_attribute("href") or ""
    paper = tmp_path / "sticker.pdf"
    paper.write_bytes(page.context.request.get(site.url + address).body())
    document = pypdfium2.PdfDocument(paper)
    (code,) = scanned(document[0].render(scale=SCALE).to_pil().convert("RGB"))
    document.close()
    assert code.startswith(f"{site.url}/safe-havens/check/")
    page.goto(code)
    assert "Ayesha's cafe" in page.locator("main").inner_text()
    look(page)


@pytest.mark.parametrize(
    "address",
    ["", "/venues", "/prospects", "/prospects/new", "/prospects/bring-in", "/venues/corner-wash-launderette-demo",
     "/venues/st-alban-church-rooms-demo", "/venues/brass-teapot-cafe-demo/staff-card",
     "/venues/brass-teapot-cafe-demo/correct"],
)  # fmt: skip
@pytest.mark.parametrize("width", [NARROW, 1280])
def test_every_page_of_the_desk_is_fit_for_eye_thumb_and_screen_reader(
    coordinator: Callable[..., Page], address: str, width: int
) -> None:
    page = coordinator(width=width)
    page.goto(DESK + address)
    look(page)


@pytest.mark.parametrize("width", [NARROW, 1280])
def test_coverage_and_the_public_papers_are_fit_too(coordinator: Callable[..., Page], width: int) -> None:
    page = coordinator(width=width)
    for address in ("/staff/coverage", "/safe-havens/ice-card", "/safe-havens/advice", "/safe-havens/advice?lang=ur"):
        page.goto(address)
        look(page)


def test_every_cell_of_coverage_is_in_sight_on_a_phone_under_the_name_of_its_column(
    coordinator: Callable[..., Page],
) -> None:
    page = coordinator(width=NARROW)
    page.goto("/staff/coverage")
    row = page.get_by_role("row").nth(1)
    cells = [row.get_by_role("rowheader"), *row.get_by_role("cell").all()]
    assert len(cells) == 6
    boxes = [cell.bounding_box() for cell in cells]
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= NARROW for box in boxes)
    heads = [cell.evaluate("one => getComputedStyle(one, '::before').content") for cell in cells]
    assert [head.strip('"') for head in heads[-2:]] == ["Open near: ", "Whom to ask: "]
    told = page.locator("#gaps").bounding_box()
    assert told and told["x"] + told["width"] <= NARROW
