"""Who looks after the directory is told of services that nobody checked: weekly, and once before one is hidden."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from community.config import Mail
from community.extensions import db
from community.operations import jobs
from community.shared.runtime import runtime
from community.support import alerts, checks, service
from community.support.catalogue import load, load_all
from tests.rig.staff import officer

CHECKED = max(one.checked_on for one in load_all())
"""The day on which the whole catalogue was looked through last."""
Db = scoped_session[Session]
Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    checks.forget()


@pytest.fixture
def priya(app: Flask, db_session: Db) -> None:
    officer(app, "coordinator", email="priya@council.example")


def confirm_all(on: date, *, but: tuple[str, ...] = ()) -> None:
    for one in load_all():
        if one.can_be_reached and one.id not in but:
            service.confirm(one.id, by="Community safety", on=on, today=on)
    db.session.commit()
    service.forget_checks()


def told_each_night(capsys: Printed, first: date, nights: int) -> dict[date, list[str]]:
    """Day -> letters of its night, whole, where there were any."""
    found = {}
    for day in (first + timedelta(days=n) for n in range(nights)):
        capsys.readouterr()
        with time_machine.travel(datetime(day.year, day.month, day.day, 3, 17, tzinfo=UTC), tick=False):
            alerts.tell(day)
            db.session.commit()
        if letters := capsys.readouterr().err.split("--- email to ")[1:]:
            found[day] = letters
    return found


def subjects(letters: list[str]) -> list[str]:
    return [letter.splitlines()[0].partition(": ")[2] for letter in letters]


@pytest.mark.usefixtures("priya")
def test_nobody_is_written_to_while_everything_was_checked_in_ninety_days(capsys: Printed) -> None:
    confirm_all(CHECKED)
    assert told_each_night(capsys, CHECKED + timedelta(days=86), 5) == {}


@pytest.mark.usefixtures("priya")
def test_while_a_service_is_overdue_a_letter_comes_each_seven_days_and_names_those_longest_unchecked(
    capsys: Printed,
) -> None:
    told = told_each_night(capsys, CHECKED + timedelta(days=85), 35)
    first = CHECKED + timedelta(days=91)
    assert [day - first for day in told] == [timedelta(days=7 * n) for n in range(len(told))]
    for day, letters in told.items():
        due = service.overdue(today=day)
        assert subjects(letters) == [f"Help directory: {len(load())} services to check"]
        (letter,) = letters
        assert letter.startswith("priya@council.example: ")
        assert f"({due[0].id}): {(day - due[0].checked_on).days} days unchecked" in letter
        assert f"support confirm {due[0].id} --by" in letter and "/staff/services" in letter
        assert "comes once a week" in letter
        assert letter.count("\n- ") == alerts.MOST_LISTED + 1
        assert f"- and {len(load()) - alerts.MOST_LISTED} more" in letter
    assert len(told) == 5


@pytest.mark.usefixtures("priya")
def test_once_all_are_checked_the_letters_end(capsys: Printed) -> None:
    day = CHECKED + timedelta(days=100)
    assert told_each_night(capsys, day, 1)
    confirm_all(day)
    assert told_each_night(capsys, day + timedelta(days=1), 30) == {}


@pytest.mark.usefixtures("priya")
def test_a_month_before_one_is_hidden_a_letter_comes_once_and_again_only_after_another_check(capsys: Printed) -> None:
    def soon_letters(first: date, nights: int) -> dict[date, list[str]]:
        told = told_each_night(capsys, first, nights)
        soon = {day: [one for one in letters if "soon hidden" in one.splitlines()[0]] for day, letters in told.items()}
        return {day: letters for day, letters in soon.items() if letters}

    confirm_all(CHECKED + timedelta(days=80), but=("galop",))
    service.confirm("galop", by="Community safety", on=CHECKED, today=CHECKED)
    db.session.commit()
    service.forget_checks()
    gone = CHECKED + timedelta(days=181)
    told = soon_letters(gone - timedelta(days=40), 45)
    assert list(told) == [gone - timedelta(days=30)]
    ((letter,),) = told.values()
    assert subjects([letter]) == ["Help directory: 1 service soon hidden"]
    assert f"the first on {gone.day} {gone:%B %Y}." in letter and "(galop): 151 days unchecked; hidden from" in letter
    assert "childline" not in letter, "the national core is never hidden"

    again = CHECKED + timedelta(days=185)
    confirm_all(again)
    told = soon_letters(again + timedelta(days=145), 12)
    assert list(told) == [again + timedelta(days=151)]
    assert "(galop): 151 days unchecked" in told[again + timedelta(days=151)][0]


def test_those_who_may_confirm_and_may_sign_in_are_written_to(app: Flask, db_session: Db, capsys: Printed) -> None:
    officer(app, "coordinator", email="priya@council.example")
    officer(app, "admin", email="adam@council.example")
    officer(app, "coordinator", email="gone@council.example").active = False
    for role in ("viewer", "analyst", "publisher", "safeguarding"):
        officer(app, role, email=f"{role}@council.example")
    (letters,) = told_each_night(capsys, CHECKED + timedelta(days=100), 1).values()
    assert sorted(letter.partition(":")[0] for letter in letters) == ["adam@council.example", "priya@council.example"]


def test_where_nobody_can_be_told_it_is_told_once_somebody_can(
    app: Flask, db_session: Db, capsys: Printed, caplog: pytest.LogCaptureFixture
) -> None:
    day = CHECKED + timedelta(days=152)
    with caplog.at_level(logging.WARNING):
        assert told_each_night(capsys, day, 1) == {}
    assert "told to nobody" in caplog.text
    officer(app, "coordinator", email="priya@council.example")
    here, settings = app.extensions["community"], runtime().settings
    without_post = replace(settings, app_env="production", mail=replace(settings.mail, server=None))
    app.extensions["community"] = replace(here, settings=without_post)
    try:
        assert told_each_night(capsys, day, 1) == {}
    finally:
        app.extensions["community"] = here
    assert isinstance(settings.mail, Mail)
    (letters,) = told_each_night(capsys, day, 1).values()
    assert [subject.rpartition(" ")[2] for subject in subjects(letters)] == ["check", "hidden"]


def test_the_night_tells_it(fresh_app: Flask, capsys: Printed) -> None:
    day = CHECKED + timedelta(days=100)
    with fresh_app.app_context():
        officer(fresh_app, "coordinator", email="priya@council.example")
    for night in range(3):
        at = datetime(day.year, day.month, day.day, 3, 17, tzinfo=UTC) + timedelta(days=night)
        with time_machine.travel(at, tick=False):
            jobs.nightly(fresh_app)
    assert capsys.readouterr().err.count("priya@council.example: Help directory") == 1
