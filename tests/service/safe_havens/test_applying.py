"""An application comes in once, under a slug and a reference of its own, also when many come in the same moment."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from community.extensions import db
from community.safe_havens.models import HavenEvent, HavenTraining, HavenUse, SafeHaven
from community.safe_havens.service import applying, team_codes, training, uses
from community.safe_havens.service.applying import Application, Contact
from community.shared.clock import Daypart
from tests.factories.safe_havens import AppliedFactory, ListedFactory, ProspectFactory
from tests.rig.at_once import at_once

TODAY = date(2026, 8, 3)


def application(**changed: object) -> Application:
    given = {
        "name": "Corner cafe", "kind": "cafe", "address": "1 A Street", "place": "", "lat": 51.54, "lon": 0.08,
        "contact": Contact("A", "a@b.example"), "deputy": None, "opening": "Mo-Su 09:00-17:00", "exceptions": [],
        "least_staff": 2, "offers": [], "languages": ["English"], "consents": True,
    }  # fmt: skip
    return Application(**{**given, **changed})  # type: ignore[arg-type]


def test_names_give_slugs_that_are_free_and_no_address_of_ours(db_session: scoped_session[Session]) -> None:
    AppliedFactory(slug="corner-cafe", name="Corner cafe", lat=51.6)
    made = []
    for at, name in enumerate(["Corner cafe", "CORNER café", "Register", "Team", "咖啡", "咖啡", "x" * 120]):
        one = application(name=name, address=f"{at} B Street", lat=51.5 + at / 50)
        made.append(applying.submit(one, nonce=str(at), on=TODAY).haven.slug)
    assert made[:4] == ["corner-cafe-2", "corner-cafe-3", "register-2", "team-2"]
    assert made[4].startswith("sh-") and made[4] != made[5]
    assert len(set(made)) == len(made) and all(len(slug) <= 80 for slug in made)


def test_the_same_form_again_changes_nothing(db_session: scoped_session[Session]) -> None:
    first = applying.submit(application(), nonce="n", on=TODAY)
    again = applying.submit(application(name="Other name", address="9 Z Street"), nonce="n", on=TODAY)
    assert (first.is_new, again.is_new) == (True, False)
    assert again.haven is first.haven and again.haven.name == "Corner cafe"
    assert len({applying.reference_of(str(n)) for n in range(2_000)}) == 2_000
    assert len(first.haven.reference) == 12


@pytest.mark.parametrize("status", ["approved", "suspended", "applied"])
def test_look_alikes_are_found_by_name_nearby_and_by_address(db_session: scoped_session[Session], status: str) -> None:
    ListedFactory(name="Noise", address="5 A Street")
    ListedFactory(name="Corner cafe", address="7 Far Road", lat=51.545)
    gone = ListedFactory(name="Corner cafe", address="1 A Street", status="left", left_on=TODAY)
    near = ListedFactory(name="The “Corner” Cafe".replace("The ", ""), address="2 A Street", lat=51.5405)
    here = ListedFactory(name="Other", address="1 a street.")
    for haven in (near, here):
        haven.status, haven.suspended_because = status, "other" if status == "suspended" else None
    db.session.flush()
    found = applying.look_alikes("Corner cafe", "1 A Street", 51.54, 0.08)
    assert {one.id for one in found} == {near.id, here.id} and gone not in found
    assert {one.id for one in applying.look_alikes("Corner cafe", "1 A Street", 51.54, 0.08, other_than=near.id)} == {
        here.id
    }


def test_the_very_same_venue_that_waits_is_not_taken_twice_but_one_in_the_scheme_is_marked(
    db_session: scoped_session[Session],
) -> None:
    applying.submit(application(), nonce="1", on=TODAY)
    with pytest.raises(applying.AppliedAlready):
        applying.submit(application(name="corner CAFE", address="1, A Street"), nonce="2", on=TODAY)
    ListedFactory(name="Old", address="3 A Street")
    sent = applying.submit(application(name="Old", address="3 A Street"), nonce="3", on=TODAY)
    assert sent.is_new


def test_a_business_on_the_list_of_those_to_approach_is_marked_as_applied(
    db_session: scoped_session[Session],
) -> None:
    ours = ProspectFactory(name="corner Café", address="1a A Street")
    noise = [ProspectFactory(name="Corner cafe", lat=51.545), ProspectFactory(name="Other", address="1 A Street")]
    sent = applying.submit(application(), nonce="n", on=TODAY)
    assert (ours.haven_id, ours.answer) == (sent.haven.id, "applied")
    assert [(one.haven_id, one.answer) for one in noise] == [(None, "not_asked")] * 2


def test_one_form_sent_by_eight_thumbs_at_once_is_one_application(fresh_app: Flask) -> None:
    found = at_once(fresh_app, [lambda: applying.submit(application(), nonce="n", on=TODAY).haven.reference] * 8)
    with fresh_app.app_context():
        assert set(found) == {applying.reference_of("n")}
        assert db.session.scalar(select(func.count()).select_from(SafeHaven)) == 1
        assert db.session.scalar(select(func.count()).select_from(HavenEvent)) == 1


def test_venues_of_one_name_at_once_get_slugs_of_their_own(fresh_app: Flask) -> None:
    def apply(at: int) -> Callable[[], object]:
        one = application(address=f"{at} B Street", lat=51.5 + at / 50)
        return lambda: applying.submit(one, nonce=f"form {at}", on=TODAY).haven.slug

    found = at_once(fresh_app, [apply(at) for at in range(8)])
    assert set(found) == {"corner-cafe", *(f"corner-cafe-{n}" for n in range(2, 9))}


def test_a_finish_and_uses_at_once_are_counted_as_often_as_they_happened(fresh_app: Flask) -> None:
    with fresh_app.app_context():
        haven = AppliedFactory()
        team_codes.ensure(haven)
        db.session.commit()
        id = haven.id
    nonces = [secrets.token_urlsafe(16) for _ in range(4)] * 2

    def finish(nonce: str) -> Callable[[], object]:
        return lambda: training.finish(db.session.get_one(SafeHaven, id), nonce=nonce, course="1", name="", on=TODAY)

    found = at_once(fresh_app, [finish(nonce) for nonce in nonces])
    assert sorted(found, key=bool) == [False] * 4 + [True] * 4
    use = uses.Use(TODAY, Daypart.LATE, "phone", "met", "adult")
    assert at_once(fresh_app, [lambda: uses.count(db.session.get_one(SafeHaven, id), use)] * 6) == [None] * 6
    with fresh_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(HavenTraining)) == 4
        assert db.session.scalars(select(HavenUse.n)).all() == [6]
        assert db.session.get_one(SafeHaven, id).trained_on == TODAY
