"""A venue's history tells coordinators who took each step: a member of staff, the venue by its link, or a visitor."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from community.extensions import db
from community.places.service.facts import load_facts
from community.safe_havens.kinds import EVENTS
from community.safe_havens.models import SafeHaven
from community.safe_havens.service import doers, links
from community.shared.clock import london_today
from community.staff.models import AuditEntry
from tests.factories.safe_havens import ContactFactory, ListedFactory
from tests.http.safe_havens.applicant import send
from tests.rig.client import Client
from tests.rig.staff import client_of


@pytest.fixture
def haven(db_session: object) -> SafeHaven:
    checked = london_today() - timedelta(days=335)
    found: SafeHaven = ListedFactory(name="Corner cafe", slug="corner-cafe", checked_on=checked, approved_on=checked)
    ContactFactory(haven_id=found.id)
    db.session.commit()
    db.session.refresh(found)
    return found


def test_coordinators_read_who_took_each_step_and_others_do_not(app: Flask, client: Client, haven: SafeHaven) -> None:
    priya, viewer = client_of(app, "coordinator"), client_of(app, "viewer")
    at = f"/safe-havens/yours/{links.new_link(haven, 'person@venue.example')}"
    db.session.commit()
    page = "/staff/havens/venues/corner-cafe"
    suspended = priya.press(priya.get(page), "Suspend", {"reason": "asked"})
    assert suspended.status_code == 303
    assert client.press(client.get(f"{at}/leave"), "Leave now").status_code in (200, 303)
    said = priya.get(page).page.text
    assert "Suspended (coordinator@council.example)" in said
    assert "Left the scheme (the venue)" in said
    others = viewer.get(page).page.text
    assert "(the venue)" not in others and "coordinator@council.example" not in others
    assert "Coordinators see who took each step" in others
    assert priya.get("/staff/audit").status_code == 403


def test_an_application_from_the_public_form_is_a_visitors(app: Flask, client: Client, db_session: object) -> None:
    load_facts()
    db.session.commit()
    send(client)
    slug = db.session.scalars(select(SafeHaven.slug)).one()
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "haven.apply")).one()
    assert (entry.who, entry.subject, entry.detail) == (None, slug, '{"actor":"visitor"}')
    assert "Applied (a visitor)" in client_of(app, "coordinator").get(f"/staff/havens/venues/{slug}").page.text
    assert "a visitor" in client_of(app, "admin").get("/staff/audit").page.text


def test_every_step_there_is_can_be_told_of() -> None:
    assert doers.RECORDED_AS.keys() | doers.NOBODYS.keys() == EVENTS.keys()
