"""A letter is stored with what it tells of, leaves at once, and is tried again until a server has it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from community.extensions import db
from community.messaging import delivery, email, letters_card, outbox
from community.messaging.models import WaitingLetter
from community.operations import serve
from community.shared.clock import london_now
from community.staff.models import Account
from tests.rig.databases import Databases, dispose
from tests.rig.mail_office import Office, nobody_listens
from tests.rig.staff import officer

Made = Callable[..., Flask]
LETTER = ("ada@council.example", "Danger reported", "https://voice.example/a-secret-link")
PRODUCTION = {"APP_ENV": "production", "SECRET_KEY": "x" * 40}


@pytest.fixture
def office() -> Iterator[Office]:
    office = Office()
    yield office
    office.close()


@pytest.fixture
def made(engine_name: str, databases: Databases) -> Iterator[Made]:
    """Makes applications on one database, with settings; in their context in turn."""
    address, apps = databases.migrated(engine_name), []

    def make(**environ: str) -> Flask:
        apps.append(databases.app(address, **{"SECRET_KEY": "x" * 40} | environ))
        return apps[-1]

    yield make
    _threads_end()
    for app in apps:
        dispose(app)
    databases.drop(address)


def _threads_end() -> None:
    for thread in threading.enumerate():
        if thread.name == "letters":
            thread.join(20)


def _post(app: Flask, *letters: tuple[str, str, str]) -> None:
    with app.app_context():
        for letter in letters or (LETTER,):
            email.post(*letter)
        db.session.commit()
    _threads_end()


def _rows(app: Flask) -> list[WaitingLetter]:
    with app.app_context():
        return db.session.query(WaitingLetter).order_by(WaitingLetter.id).all()


def _round(app: Flask, *, after: timedelta = timedelta()) -> int:
    with time_machine.travel(datetime.now(UTC) + after), app.app_context():
        return delivery.send_due()


def test_a_letter_leaves_at_once_after_the_commit_and_nothing_of_it_stays(made: Made, office: Office) -> None:
    app = made(**office.environ)
    _post(app)
    assert "a-secret-link" in office.wait_for(1)[0]
    assert _rows(app) == []


def test_what_is_rolled_back_tells_nobody(made: Made, office: Office) -> None:
    app = made(**office.environ)
    with app.app_context():
        email.post(*LETTER)
        db.session.rollback()
        db.session.commit()
        assert delivery.send_due() == 0
    assert _rows(app) == []
    assert office.letters == []


def test_while_the_server_is_away_a_letter_waits_sealed_and_leaves_once_it_is_back(
    made: Made, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        _post(away := made(**nobody_listens()))
    (row,) = _rows(away)
    assert row.tries == 1
    assert "ada" not in (row.sealed or "") and "secret" not in (row.sealed or "")
    assert caplog.messages == ["an email could not be sent, and will be tried again: ConnectionRefusedError"]
    assert _round(away) == 0, "not before its pause is over"
    assert _rows(away)[0].tries == 1
    back = made(**office.environ)
    assert _round(back, after=timedelta(seconds=61)) == 1
    assert "a-secret-link" in office.wait_for(1)[0]
    assert _rows(back) == []


def test_a_letter_that_is_in_hand_is_sent_by_nobody_else_and_by_anybody_when_its_sender_died(
    made: Made, office: Office
) -> None:
    away = made(**nobody_listens())
    _post(away)
    app = made(**office.environ)
    later = timedelta(seconds=61)
    with time_machine.travel(datetime.now(UTC) + later), app.app_context():
        (id,) = outbox.due(london_now())
        assert outbox.take_up(id, london_now()) is not None
        db.session.commit()
        assert outbox.take_up(id, london_now()) is None
        db.session.rollback()
    assert _round(app, after=later) == 0
    assert _round(app, after=later + timedelta(seconds=outbox.IN_HAND_SECONDS)) == 1
    assert len(office.wait_for(1)) == 1


def test_a_letter_that_is_refused_keeps_no_other_one_waiting(made: Made, office: Office) -> None:
    office.refuses.add("gone@venue.example")
    app = made(**office.environ)
    _post(app, ("gone@venue.example", "Hello", "words"), LETTER, ("ben@venue.example", "Hello", "words"))
    assert len(office.wait_for(2)) == 2
    assert [row.tries for row in _rows(app)] == [1]


def test_after_three_days_a_letter_is_given_up_and_after_thirty_that_is_forgotten(
    made: Made, caplog: pytest.LogCaptureFixture
) -> None:
    app = made(**nobody_listens())
    _post(app)
    for hours in range(1, 72):
        _round(app, after=timedelta(hours=hours))
    (row,) = _rows(app)
    assert row.sealed is not None and row.tries > 60
    with caplog.at_level(logging.ERROR):
        _round(app, after=timedelta(hours=73))
    assert "given up: 1" in caplog.text
    assert [row.sealed for row in _rows(app)] == [None]
    _round(app, after=timedelta(days=31))
    assert _rows(app) == []


def test_in_production_without_a_server_letters_wait_are_logged_and_leave_when_one_is_set(
    made: Made, office: Office, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    app = made(**PRODUCTION)
    with caplog.at_level(logging.WARNING):
        _post(app)
    assert capsys.readouterr().err == "", "a terminal in production is a log"
    assert "no mail server is set (MAIL_SERVER)" in caplog.text
    assert "secret" not in caplog.text and "ada" not in caplog.text
    assert _round(app) == 0
    assert _round(made(**PRODUCTION, **office.environ), after=timedelta(hours=5)) == 1


@pytest.mark.parametrize(
    ("environ", "warns"), [(PRODUCTION, True), ({**PRODUCTION, "MAIL_SERVER": "mail.example"}, False), ({}, False)]
)
def test_production_without_a_server_is_warned_of_at_the_start(
    made: Made, caplog: pytest.LogCaptureFixture, environ: dict[str, str], warns: bool
) -> None:
    with caplog.at_level(logging.WARNING):
        serve.warn(made(**environ))
    assert ("no mail server is set (MAIL_SERVER)" in caplog.text) is warns


def test_without_a_server_development_prints_a_letter_after_the_commit_and_keeps_none(
    made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    app = made()
    with app.app_context():
        email.post(*LETTER)
        assert capsys.readouterr().err == ""
        db.session.commit()
        assert capsys.readouterr().err.startswith("--- email to ada@council.example: Danger reported\nhttps://voice")
    assert _rows(app) == []


def test_a_letter_of_no_change_is_sent_too(made: Made, office: Office) -> None:
    app = made(**office.environ)
    with app.app_context():
        email.post(*LETTER)
        db.session.commit()
    assert len(office.wait_for(1)) == 1


def test_a_letter_to_nobody_goes_nowhere(made: Made, office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    for app in (made(**office.environ), made()):
        _post(app, ("", "Hello", "words"))
        assert _rows(app) == []
    assert office.letters == []
    assert capsys.readouterr().err == ""


def test_a_letter_sealed_under_another_key_is_given_up(made: Made, office: Office) -> None:
    _post(made(**nobody_listens()))
    app = made(**office.environ, SECRET_KEY="y" * 40)
    assert _round(app, after=timedelta(hours=1)) in (0, 1)
    assert [row.sealed for row in _rows(app)] == [None]
    assert office.letters == []


def test_those_who_look_after_accounts_see_on_their_home_page_that_letters_wait(made: Made) -> None:
    app = made(**nobody_listens())
    with app.app_context():
        admin, viewer = officer(app, "admin").id, officer(app, "viewer").id
        assert _card(admin) == ""
    _post(app, LETTER, LETTER)
    with app.app_context():
        said = _card(admin, after=timedelta(minutes=6))
        assert "2 letters wait to be sent since " in said
        assert "ada" not in said
        assert _card(viewer) == ""
    _round(app, after=timedelta(days=4))
    with app.app_context():
        assert "2 letters were never sent" in _card(admin)
    production = made(**PRODUCTION)
    with production.app_context():
        assert "No mail server is set (MAIL_SERVER)" in _card(admin)


def _card(person: int, after: timedelta = timedelta()) -> str:
    found = letters_card.card(db.session.get_one(Account, person), london_now() + after)
    return " ".join(found.lines) if found else ""
