"""Staff confirm services: what they say is public from then on, and help never waits for the database."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session, scoped_session

from community.config import Settings
from community.extensions import db
from community.support import checks, service
from community.support.catalogue import by_id, load
from community.support.models import SupportCheck
from tests.rig.client import Runner

CHECKED = date(2026, 11, 20)
NEXT_YEAR = date(2027, 12, 1)
Db = scoped_session[Session]


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    checks.forget()


def confirm(service_id: str, on: date, *, by: str = "Community safety", today: date = NEXT_YEAR) -> None:
    service.confirm(service_id, by=by, on=on, today=today)
    db.session.commit()
    service.forget_checks()


def shown_on(day: date) -> set[str]:
    return {one.id for one in service.directory(today=day)}


def test_a_confirmed_service_is_shown_past_the_180_days_with_who_checked_it(db_session: Db) -> None:
    assert "galop" not in shown_on(NEXT_YEAR)
    confirm("galop", NEXT_YEAR - timedelta(days=3), by="  R.  Okafor ")
    assert "galop" in shown_on(NEXT_YEAR)
    galop = by_id(service.directory(today=NEXT_YEAR))["galop"]
    assert (galop.checked_on, galop.checked_by) == (NEXT_YEAR - timedelta(days=3), "R. Okafor")
    assert "calm" not in shown_on(NEXT_YEAR)


def test_it_goes_again_when_nobody_checks_it_for_another_180_days(db_session: Db) -> None:
    confirm("galop", NEXT_YEAR)
    assert "galop" in shown_on(NEXT_YEAR + timedelta(days=180))
    assert "galop" not in shown_on(NEXT_YEAR + timedelta(days=181))


def test_what_was_held_back_is_public_once_a_person_confirms_it(db_session: Db) -> None:
    assert "nia_elrc" not in shown_on(CHECKED)
    confirm("nia_elrc", CHECKED, today=CHECKED)
    assert "nia_elrc" in shown_on(CHECKED)


def test_a_second_check_takes_the_place_of_the_first(db_session: Db) -> None:
    confirm("galop", NEXT_YEAR - timedelta(days=9))
    confirm("galop", NEXT_YEAR, by="Safeguarding")
    rows = db.session.execute(select(SupportCheck.service, SupportCheck.checked_on, SupportCheck.checked_by)).all()
    assert [tuple(row) for row in rows] == [("galop", NEXT_YEAR, "Safeguarding")]


@pytest.mark.parametrize(
    ("service_id", "by", "on", "error", "said"),
    [
        ("galopp", "us", NEXT_YEAR, service.NoSuchService, "no service 'galopp'"),
        ("galop", " ", NEXT_YEAR, service.NotConfirmed, "Say who asked"),
        ("galop", "x" * 121, NEXT_YEAR, service.NotConfirmed, "Say who asked"),
        ("galop", "us", NEXT_YEAR + timedelta(days=1), service.NotConfirmed, "still to come"),
        ("galop", "us", CHECKED - timedelta(days=1), service.NotConfirmed, "checked later than that"),
        ("kooth", "us", NEXT_YEAR, service.NotConfirmed, "no number or address yet"),
    ],
)
def test_a_check_that_cannot_be_is_refused_and_leaves_nothing(
    db_session: Db, service_id: str, by: str, on: date, error: type[Exception], said: str
) -> None:
    with pytest.raises(error) as refused:
        service.confirm(service_id, by=by, on=on, today=NEXT_YEAR)
    assert said in str(refused.value)
    assert db.session.scalars(select(SupportCheck)).all() == []


def test_the_later_check_of_file_and_database_counts(db_session: Db) -> None:
    db.session.add(SupportCheck(service="galop", checked_on=date(2020, 1, 1), checked_by="long ago"))
    db.session.commit()
    assert by_id(service.directory(today=CHECKED))["galop"].checked_on == CHECKED


def test_a_check_of_a_service_that_left_the_file_changes_nothing(db_session: Db) -> None:
    db.session.add(SupportCheck(service="gone", checked_on=NEXT_YEAR, checked_by="us"))
    db.session.commit()
    assert shown_on(CHECKED) == {one.id for one in load()}


def test_matching_names_a_service_again_once_it_is_confirmed(db_session: Db) -> None:
    now = datetime(2027, 12, 1, 11, tzinfo=ZoneInfo("Europe/London"))
    person = service.Person(facets=frozenset({"lgbt"}))
    before = [one.service.id for one in service.match_needs(["domestic_abuse"], person, now=now)]
    confirm("galop", NEXT_YEAR)
    after = [one.service.id for one in service.match_needs(["domestic_abuse"], person, now=now)]
    assert ("galop" in before, after[0]) == (False, "galop")


def test_the_list_puts_first_whom_staff_should_ask_now(runner: Runner) -> None:
    rows = runner.json("support", "list")
    assert {row["service"] for row in rows} >= {"galop", "kooth", "childline"}
    due = [row["check_due"] for row in rows]
    assert due == sorted(due, reverse=True)
    kooth = next(row for row in rows if row["service"] == "kooth")
    assert (kooth["status"], kooth["check_due"]) == ("held back", True)


@time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False)
def test_confirming_by_command_is_stored_and_seen_at_once(runner: Runner, db_session: Db) -> None:
    today = service.directory(today=CHECKED)[0].checked_on
    said = runner.json("support", "confirm", "nia_elrc", "--by", "Community safety", "--on", today.isoformat())
    assert said == {"service": "nia_elrc", "checked_on": "2026-11-20", "checked_by": "Community safety"}
    row = next(row for row in runner.json("support", "list") if row["service"] == "nia_elrc")
    assert (row["status"], row["checked_by"]) == ("public", "Community safety")


def test_a_command_that_is_refused_says_why_and_ends_with_status_1(runner: Runner) -> None:
    assert "has no number or address yet" in runner("support", "confirm", "kooth", "--by", "us", status=1).stderr


def test_without_the_table_help_comes_from_the_file(fresh_app: Flask) -> None:
    with fresh_app.app_context():
        db.session.execute(text("drop table support_check"))
        db.session.commit()
        checks.forget()
        assert shown_on(CHECKED) == {one.id for one in load()}


def test_what_was_known_is_kept_when_the_database_goes_away(fresh_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "LOOK_AGAIN_S", 0.0)
    with fresh_app.app_context():
        confirm("galop", NEXT_YEAR)
        assert "galop" in shown_on(NEXT_YEAR)
        db.session.execute(text("drop table support_check"))
        db.session.commit()
        assert "galop" in shown_on(NEXT_YEAR)


def test_a_database_that_never_answers_holds_nobody_up(tmp_path: Path) -> None:
    """An address that takes the call and then says nothing, as behind a broken network."""
    import socket

    from community import create_app

    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql+psycopg://us@127.0.0.1:{silent.getsockname()[1]}/nowhere"
        settings = Settings.from_environ(
            {"DATABASE_URL": url, "INSTANCE_DIR": str(tmp_path / "i"), "RUNTIME_DIR": str(tmp_path / "r")}
        )
        with create_app(settings).app_context():
            started = time.monotonic()
            assert shown_on(CHECKED) == {one.id for one in load()}
            assert shown_on(CHECKED)
            assert time.monotonic() - started < checks.WAIT_S + 1


@pytest.mark.parametrize("sheet", ["card", "poster"])
def test_sheets_are_written_by_command_with_a_warning_when_the_address_is_not_public(
    app: Flask, runner: Runner, tmp_path: Path, sheet: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "sheet.pdf"
    settings: Settings = app.config["SETTINGS"]
    for base, warned in (("https://voice.example.org", False), ("http://127.0.0.1:8000", True)):
        monkeypatch.setitem(app.config, "SETTINGS", replace(settings, public_base_url=base))
        result = runner("support", sheet, "--out", str(out))
        assert out.read_bytes().startswith(b"%PDF-")
        assert ("set PUBLIC_BASE_URL before you print" in result.stderr) is warned
    assert "cannot be written" in runner("support", sheet, "--out", str(tmp_path / "no" / "x.pdf"), status=1).stderr
