"""Sticker, staff card, ICE cards and advice pack: what a camera reads off the paper, and its page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
import zxingcpp
from flask import Flask

from community.extensions import db
from community.places.codes import display
from community.safe_havens.models import SafeHaven
from community.safe_havens.papers import said
from community.safe_havens.service import team_codes
from community.shared.clock import london_today
from community.shared.runtime import runtime
from community.support import service as support
from tests.factories.safe_havens import ListedFactory
from tests.rig.client import Client
from tests.rig.staff import client_of

VENUE = "/staff/havens/venues/open-door"
CAPITAL_MM = 20


@pytest.fixture
def haven(db_session: object) -> SafeHaven:
    made: SafeHaven = ListedFactory(
        slug="open-door", name="Open Door & <Sons>", checked_on=london_today(), trained_on=london_today()
    )
    team_codes.ensure(made)
    return made


@pytest.fixture
def priya(app: Flask, haven: SafeHaven) -> Client:
    return client_of(app, "coordinator")


@contextmanager
def opened(response: object) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(io.BytesIO(response.get_data()))  # type: ignore[attr-defined]
    try:
        yield document
    finally:
        document.close()


def words(document: pypdfium2.PdfDocument) -> str:
    """All that stands on the pages, in one line."""
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)


def test_the_sticker_leads_to_the_page_that_says_it_is_ours(priya: Client, client: Client, haven: SafeHaven) -> None:
    answer = priya.get(f"{VENUE}/sticker.pdf")
    assert answer.mimetype == "application/pdf"
    with opened(answer) as document:
        (picture,) = [page.render(scale=100 / 72).to_pil().convert("RGB") for page in document]
        text = words(document)
    (code,) = zxingcpp.read_barcodes(picture)
    base = runtime().settings.public_base_url
    assert code.text == f"{base}/safe-havens/check/{haven.serial}"
    for line in ("Safe Haven", said.DANGER, display(haven.serial or ""), "Open Door & <Sons>"):
        assert line in text
    checked = client.get(code.text.removeprefix(base))
    assert checked.status_code == 200 and "Open Door & <Sons>" in checked.page.text


def test_the_name_of_the_scheme_is_read_from_across_a_street(priya: Client) -> None:
    with opened(priya.get(f"{VENUE}/sticker.pdf")) as document:
        page = document[0].get_textpage()
        heights = []
        for index in range(page.count_chars()):
            _, bottom, _, top = page.get_charbox(index)
            if page.get_text_range(index, 1) in "SH":
                heights.append((top - bottom) * 25.4 / 72)
    assert max(heights) > CAPITAL_MM


def test_the_page_beside_each_paper_says_what_the_paper_says(priya: Client, haven: SafeHaven) -> None:
    for paper in ("sticker", "staff-card"):
        page = priya.get(f"{VENUE}/{paper}").page.text
        with opened(priya.get(f"{VENUE}/{paper}.pdf")) as document:
            text = words(document)
        lines = [step.heading for step in said.steps()] + [team_codes.printed(haven)]
        for line in lines if paper == "staff-card" else [said.WELCOME, display(haven.serial or "")]:
            assert line in page and line in text, line


def test_a_venue_that_is_not_in_the_scheme_has_no_papers(priya: Client, haven: SafeHaven) -> None:
    haven.status, haven.left_on = "left", london_today()
    for paper in ("sticker", "sticker.pdf", "staff-card", "staff-card.pdf"):
        assert priya.get(f"{VENUE}/{paper}").status_code == 404


def test_anybody_may_print_ten_blank_cards_and_nothing_is_asked(client: Client) -> None:
    page = client.get("/safe-havens/ice-card").page
    assert not list(page.all("form", "input")) and "we keep nothing" in page.text
    with opened(client.get("/safe-havens/ice-card.pdf")) as document:
        assert len(document) == 1
        assert words(document).count(said.ICE_HEADING) == 10
    for line in said.ICE_LINES:
        assert line in page.text


def test_the_advice_names_whom_to_call_and_when_each_was_checked(client: Client) -> None:
    page = client.get("/safe-havens/advice").page.text
    with opened(client.get("/safe-havens/advice.pdf")) as document:
        assert 2 <= len(document) <= 5
        text = words(document)
    known = {service.id: service for service in support.directory(today=london_today())}
    for id in ("childline", "nat_da_helpline", "samaritans"):
        day = known[id].checked_on
        assert known[id].phone in page and known[id].phone in text
        assert f"Checked on {day.day} {day:%B %Y}" in page and f"checked {day.day} {day:%B %Y}" in text
    for line in ("ask for Angela", "Do not step into a fight", "All who work here do the short course each year."):
        assert line in page and line in text


@pytest.mark.parametrize("keeps_out", [True, False])
def test_whether_a_threatening_person_may_be_kept_out_is_the_councils_rule(
    app: Flask, priya: Client, client: Client, monkeypatch: pytest.MonkeyPatch, keeps_out: bool
) -> None:
    settings = runtime().settings
    changed = replace(settings, havens=replace(settings.havens, keeps_out=keeps_out))
    monkeypatch.setitem(app.extensions, "community", replace(runtime(), settings=changed))
    rule, other = said.keep_out(keeps_out=keeps_out), said.keep_out(keeps_out=not keeps_out)
    for page in (client.get("/safe-havens/advice").page.text, priya.get(f"{VENUE}/staff-card").page.text):
        assert rule in page and other not in page
    with opened(client.get("/safe-havens/advice.pdf")) as document:
        assert rule in words(document)


def test_a_number_that_nobody_has_checked_for_half_a_year_is_not_in_the_advice() -> None:
    services = support.directory(today=date(2027, 12, 1))
    pack = said.pack(services, keeps_out=False, organisation="Us", contact="us@here.example")
    assert {call.number for call in pack.calls} <= {s.phone or s.email for s in services}
    assert "999" in {call.number for call in pack.calls}


def test_a_very_long_name_and_every_script_find_room_on_the_paper(priya: Client, haven: SafeHaven) -> None:
    haven.name = "Café ăâîșț " + "Wonderful " * 10
    db.session.commit()
    for paper in ("sticker.pdf", "staff-card.pdf"):
        with opened(priya.get(f"{VENUE}/{paper}")) as document:
            assert len(document) == 1 and "Café ăâîșț" in words(document)
