"""What people wrote, as an analyst meets it: a form first, the words in its answer, and a note of who read."""

from __future__ import annotations

import json
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from community.extensions import db
from community.staff.models import AuditEntry
from community.surveys.service import waves
from tests.rig.client import Client
from tests.rig.staff import client_of
from tests.service.insights.test_words import many, write
from tests.service.insights.world import World

LIVE = "/staff/insights/safety"
WORDS = f"{LIVE}/words"


def noted() -> list[dict[str, str]]:
    """What the audit trail says of reading words."""
    rows = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "words.read")).all()
    return [json.loads(row.detail) for row in rows]


def test_a_link_leads_from_the_live_page_to_a_form_and_nothing_is_read_yet(world: World, analyst: Client) -> None:
    write(world, *many(10), place=world.station)
    assert analyst.get(LIVE).page.by_id("words").get("href") == WORDS
    there = analyst.get(f"{LIVE}/places/barking-station").page.by_id("words").get("href") or ""
    form = analyst.get(there)
    assert "Lamp" not in form.page.text
    assert noted() == []
    assert "Barking Station" in analyst.press(form, "Read the words").page.by_id("words-1").text


def test_words_are_shown_with_their_question_and_what_goes_with_them(world: World, analyst: Client) -> None:
    write(world, *many(10), "<script>x</script>", "اچھی روشنی", place=world.station)
    write(world, "Alone", place=world.park)
    answer = analyst.press(analyst.get(WORDS), "Read the words")
    page = answer.page
    assert page.h1 == "What people wrote"
    assert page.by_id("words").text == "Is there anything you would like to add?"
    assert [page.by_id(f"words-{n}").text for n in (1, 2)] == [
        "Barking Station, November 2026", "Places and months where few wrote",
    ]  # fmt: skip
    for told in ("<script>x</script>", "اچھی روشنی", "not a sample", "safeguarding lead", "13 comments"):
        assert told in page.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert noted() == [{"page": "1", "question": "help_comment"}]


def test_the_next_page_is_a_button_and_is_noted(world: World, analyst: Client) -> None:
    write(world, *many(60), place=world.station)
    first = analyst.press(analyst.get(WORDS), "Read the words", {"place": "barking-station"})
    assert ("Lamp 000" in first.page.text, "Lamp 059" in first.page.text) == (True, False)
    second = analyst.press(first, "Next page").page
    assert ("Lamp 000" in second.text, "Lamp 059" in second.text) == (False, True)
    assert noted() == [{"page": n, "place": "barking-station", "question": "help_comment"} for n in ("1", "2")]


def test_a_slip_in_the_form_is_told_at_its_field_and_nothing_is_shown(world: World, analyst: Client) -> None:
    write(world, *many(3))
    token = next(f for f in analyst.get(WORDS).page.all("input") if f.get("name") == "csrf_token").get("value")
    answer = analyst.post(WORDS, data={"csrf_token": token, "place": "nowhere", "from": "soon", "question": "age"})
    assert answer.status_code == 422
    assert answer.page.title.startswith("Error: ")
    assert "Lamp" not in answer.page.text
    assert noted() == []


def test_a_survey_without_such_a_question_says_so(world: World, analyst: Client) -> None:
    waves.open_wave("robbery", title="Robbery", opens_on=date(2026, 1, 1))
    page = analyst.get("/staff/insights/robbery/words").page
    assert "asks no question that is answered in words" in page.text
    assert not [a for a in analyst.get("/staff/insights/robbery").page.all("a") if a.get("id") == "words"]
    assert analyst.get("/staff/insights/nothing/words").status_code == 404


def test_made_up_words_stand_under_a_banner(world: World, analyst: Client) -> None:
    write(world, "Lamps", channel="demo")
    assert "made up for demonstration" in analyst.press(analyst.get(WORDS), "Read the words").page.text


@pytest.mark.parametrize("role", ["viewer", "publisher", "coordinator", "safeguarding", "admin"])
def test_only_an_analyst_reads_words(world: World, app: Flask, role: str) -> None:
    other = client_of(app, role)
    assert other.get(WORDS).status_code == 403
    assert other.post(WORDS).status_code == 403
    if role == "publisher":
        assert not [a for a in other.get(LIVE).page.all("a") if a.get("id") == "words"]
