"""Staff who may confirm services see on their home page which are due, and on a page of its own all of them."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from flask import Flask

from community.support import checks, service
from community.support.catalogue import load_all
from tests.rig.client import Runner
from tests.rig.staff import client_of

CHECKED = max(one.checked_on for one in load_all())
MAY, MAY_NOT = ("coordinator", "admin"), ("viewer", "analyst", "publisher", "safeguarding")


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    checks.forget()


def noon(days: int) -> datetime:
    """So many days after the whole catalogue was looked through last."""
    return datetime.combine(CHECKED + timedelta(days=days), time(12), UTC)


@pytest.mark.parametrize("role", MAY)
def test_the_card_says_how_many_which_first_and_how_to_confirm_it(app: Flask, role: str) -> None:
    with time_machine.travel(noon(91), tick=False):
        page = client_of(app, role).get("/staff").page
    with app.app_context():
        due = service.overdue(today=noon(91).date())
    assert page.link("Help directory") == "/staff/services"
    assert f"{len(due)} services not checked for more than 90 days." in page.text
    assert f"First: {due[0].name}, {(noon(91).date() - due[0].checked_on).days} days unchecked." in page.text
    assert f"flask support confirm {due[0].id} --by" in page.text
    assert "soon hidden" not in page.text


def test_the_card_says_what_is_soon_hidden_and_from_when(app: Flask) -> None:
    with time_machine.travel(noon(160), tick=False):
        page = client_of(app, "coordinator").get("/staff").page
    with app.app_context():
        soon = service.soon_hidden(today=noon(160).date())
    gone = CHECKED + timedelta(days=181)
    assert soon and f"{len(soon)} services soon hidden from the public, the first on {gone.day} {gone:%B %Y}." in (
        page.text
    )


@pytest.mark.parametrize("role", MAY_NOT)
def test_who_may_not_confirm_sees_neither_card_nor_page(app: Flask, role: str) -> None:
    with time_machine.travel(noon(160), tick=False):
        client = client_of(app, role)
        assert "Help directory" not in client.get("/staff").page.text
        client.surprises = True
        assert client.get("/staff/services").status_code == 403


def test_without_a_service_overdue_there_is_no_card(app: Flask) -> None:
    with time_machine.travel(noon(1), tick=False):
        page = client_of(app, "coordinator").get("/staff").page
    assert "not checked for more than" not in page.text


def test_the_page_names_each_with_what_to_ask_and_one_that_is_confirmed_goes(app: Flask) -> None:
    with time_machine.travel(noon(160), tick=False):
        client, run = client_of(app, "coordinator"), Runner(app)
        before = client.get("/staff/services").page.text
        assert f"To check now: {len(load_all())}" in before
        assert 'flask support confirm galop --by "your name"' in before and "160 days unchecked; hidden from" in before
        assert "of the national core, so never hidden" in before and "held back until somebody confirms it" in before
        run("support", "confirm", "galop", "--by", "R. Okafor")
        after = client.get("/staff/services").page.text
    assert f"To check now: {len(load_all()) - 1}" in after and "confirm galop" not in after
