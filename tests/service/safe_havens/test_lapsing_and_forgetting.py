"""What runs out is told in time and once; what is past its time is gone, from the file too."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, make_url, select
from sqlalchemy.orm import Session, scoped_session

from community.extensions import db
from community.operations import inventory, jobs
from community.safe_havens import once
from community.safe_havens.models import (
    HavenContact,
    HavenDraft,
    HavenLink,
    HavenProspect,
    HavenTraining,
    HavenUse,
    HavenVisit,
    SafeHaven,
)
from community.safe_havens.service import drafts, forgetting, lapsing, links, renewing
from community.shared.clock import london_today
from tests.factories.safe_havens import AppliedFactory, ContactFactory, ListedFactory, ProspectFactory
from tests.rig.staff import officer

TODAY = date(2026, 8, 3)


def told_each_day(capsys: pytest.CaptureFixture[str], first: date, days: int) -> dict[date, list[str]]:
    """Day -> subjects of the letters of its night, where there were any."""
    found = {}
    for day in (first + timedelta(days=n) for n in range(days)):
        capsys.readouterr()
        lapsing.tell(day)
        db.session.commit()
        if subjects := [line for line in capsys.readouterr().err.splitlines() if line.startswith("--- email to")]:
            found[day] = subjects
    return found


def venue(**changed: object) -> SafeHaven:
    haven: SafeHaven = ListedFactory(name="Corner cafe", **changed)
    ContactFactory(haven_id=haven.id)
    db.session.refresh(haven)
    return haven


def test_a_check_is_told_a_month_before_on_the_day_after_and_a_month_later(
    app: Flask, db_session: scoped_session[Session], capsys: pytest.CaptureFixture[str]
) -> None:
    officer(app, "coordinator", email="priya@council.example")
    until = TODAY + timedelta(days=60)
    haven = venue(checked_on=until - timedelta(days=365), trained_on=until + timedelta(days=100))
    told = told_each_day(capsys, TODAY, 130)
    after = until + timedelta(days=1)
    assert list(told) == [until - timedelta(days=30), after, after + timedelta(days=30)]
    assert all(len(letters) == 2 for letters in told.values()), "one to the venue, one to the coordinator"
    assert "your yearly check by 2 October 2026" in told[until - timedelta(days=30)][0]
    assert "is not on the list just now" in told[after][0]
    db.session.refresh(haven)
    assert [(event.event, event.happened_on) for event in haven.events] == [("lapsed", after)]


def test_a_night_that_was_missed_is_made_up_for_once(
    db_session: scoped_session[Session], capsys: pytest.CaptureFixture[str]
) -> None:
    venue(checked_on=TODAY - timedelta(days=365 + 10), trained_on=TODAY)
    assert list(told_each_day(capsys, TODAY, 5)) == [TODAY]


def test_two_things_that_run_out_are_told_in_one_letter_and_a_renewal_ends_it(
    db_session: scoped_session[Session], capsys: pytest.CaptureFixture[str]
) -> None:
    haven = venue(checked_on=TODAY - timedelta(days=340), trained_on=TODAY - timedelta(days=345))
    assert len(told_each_day(capsys, TODAY, 3)) == 1
    renewing.renew(haven, on=TODAY)
    haven.trained_on = TODAY
    db.session.commit()
    assert list(told_each_day(capsys, TODAY, 200)) == []


def test_nobody_is_told_who_is_not_in_the_scheme(
    db_session: scoped_session[Session], capsys: pytest.CaptureFixture[str]
) -> None:
    for status in ("applied", "suspended", "left", "refused"):
        haven = venue(checked_on=date(2020, 1, 1))
        haven.status = status
        haven.suspended_because = "other" if status == "suspended" else None
        haven.left_on = TODAY if status == "left" else None
        haven.refused_because = "no" if status == "refused" else None
    db.session.flush()
    assert told_each_day(capsys, TODAY, 2) == {}


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_drafts_and_links_go_after_thirty_days(db_session: scoped_session[Session]) -> None:
    haven = AppliedFactory()
    drafts.save({"a": 1}, token="", on=TODAY - timedelta(days=31))
    drafts.save({"a": 1}, token="", on=TODAY - timedelta(days=30))
    links.new_link(haven, "person@venue.example", on=TODAY - timedelta(days=31))
    links.new_link(haven, "person@venue.example", on=TODAY - timedelta(days=30))
    forgetting.forget(TODAY)
    assert (count(HavenDraft), count(HavenLink)) == (1, 1)


def test_names_go_ninety_days_after_a_venue_has_gone_and_the_last_letter_says_so(
    db_session: scoped_session[Session], capsys: pytest.CaptureFixture[str]
) -> None:
    kept, gone = venue(status="left", left_on=TODAY, closed_on=TODAY - timedelta(days=89)), venue()
    gone.status, gone.left_on, gone.closed_on = "left", TODAY, TODAY - timedelta(days=90)
    gone.trainings.append(HavenTraining(course="1", finished_on=TODAY, name="Jo"))
    noise = venue()
    db.session.flush()
    forgotten = forgetting.forget(TODAY)
    db.session.commit()
    assert forgotten["safe_haven_contact"] == 1
    assert {row.haven_id for row in db.session.scalars(select(HavenContact))} == {kept.id, noise.id}
    assert db.session.scalars(select(HavenTraining.name)).all() == [None]
    assert capsys.readouterr().err.count("We have deleted your name and contacts") == 1
    db.session.refresh(gone)
    assert [event.event for event in gone.events] == ["contacts_erased"]
    assert forgetting.forget(TODAY)["safe_haven_contact"] == 0


def test_what_is_older_than_two_years_goes(db_session: scoped_session[Session]) -> None:
    old, young = TODAY - timedelta(days=732), TODAY - timedelta(days=731)
    haven = ListedFactory(status="refused", refused_because="Names of people", closed_on=old)
    keys = {"haven_id": haven.id, "daypart": "00-06", "help": "phone", "outcome": "met", "who": "adult", "n": 1}
    for day in (old, young):
        db.session.add(HavenUse(used_on=day, **keys))
        haven.trainings.append(HavenTraining(course="1", finished_on=day))
        haven.visits.append(
            HavenVisit(kind="first", planned_on=day, made_on=day, result="passed", checklist=[], note="words")
        )
    ProspectFactory(contact_name="Old", contact_email="o@b.example", added_on=old)
    ProspectFactory(contact_name="Asked", added_on=old, approached_on=young)
    db.session.flush()
    forgetting.forget(TODAY)
    db.session.expire_all()
    assert (count(HavenUse), count(HavenTraining)) == (1, 1)
    assert sorted(db.session.scalars(select(HavenVisit.note))) == ["", "words"]
    assert sorted(db.session.scalars(select(HavenProspect.contact_name))) == ["", "Asked"]
    assert haven.refused_because == forgetting.NO_LONGER_KEPT
    assert forgetting.forget(TODAY) == dict.fromkeys(forgetting.forget(TODAY), 0)


def test_a_form_that_was_counted_is_known_until_its_key_is_gone(app: Flask) -> None:
    with app.app_context():
        assert once.claim("a", on=TODAY) and not once.claim("a", on=TODAY)
        once.release("a")
        assert once.claim("a", on=TODAY)
        once.forget(TODAY + timedelta(days=2))
        assert not once.claim("a", on=TODAY)
        assert once.forget(TODAY + timedelta(days=3)) == 1


def test_the_night_leaves_nothing_of_a_name_in_any_file(fresh_app: Flask, engine_name: str) -> None:
    with fresh_app.app_context():
        haven = ListedFactory(status="left", left_on=london_today(), closed_on=london_today() - timedelta(days=90))
        ContactFactory(haven_id=haven.id, name="Wilhelmina Quokka", email="zanzibar@venue.example")
        haven.trainings.append(HavenTraining(course="1", finished_on=london_today(), name="Xylophone Brown"))
        drafts.save({"name": "Quagga"}, token="", on=london_today() - timedelta(days=31))
        db.session.commit()
        gone = jobs.nightly(fresh_app)
        assert (gone["safe_haven_contact"], gone["safe_haven_draft"]) == (1, 1)
        names = db.session.scalars(select(HavenTraining.name)).all()
        assert count(HavenContact) == count(HavenDraft) == 0 and names == [None]
        db.session.remove()
        if engine_name == "sqlite":
            path = Path(make_url(fresh_app.config["SQLALCHEMY_DATABASE_URI"]).database or "")
            files = [file for file in path.parent.glob(f"{path.name}*") if file.is_file()]
            found = {
                name for name in (b"Wilhelmina", b"zanzibar", b"Xylophone") for f in files if name in f.read_bytes()
            }
            assert files and found == set()


def test_the_inventory_says_how_long_these_are_kept() -> None:
    kept = {row.column: row.kept for row in inventory.rows()}
    assert kept["safe_haven_draft.answers"] == kept["safe_haven_link.token_hash"] == "30 days"
    assert "90 days" in kept["safe_haven_contact.email"]
    assert kept["safe_haven_use.n"] == kept["safe_haven_feedback.n"] == "24 months"
    assert "90 days" in kept["safe_haven_training.name"]
