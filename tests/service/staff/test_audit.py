"""The audit trail tells where it was changed, cut or put back; it forgets only what is past its time."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, scoped_session

from community.extensions import db
from community.staff import audit
from community.staff.audit_check import verify
from community.staff.service import trail
from tests.rig.client import Runner
from tests.rig.staff import officer

DbSession = scoped_session[Session]
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def _record(times: int) -> None:
    for n in range(1, times + 1):
        audit.record("poster.create", f"CODE{n}", {"place": "barking-station", "é": "ü"})
    db.session.commit()


def _past_the_guards(*statements: str) -> None:
    """What somebody who owns the database can do: take the triggers away first."""
    lite = db.session.get_bind().dialect.name == "sqlite"
    names = ("audit_entry_stays", "audit_entry_is_kept") if lite else ("audit_entry_stays",)
    for name in names:
        db.session.execute(text(f"drop trigger {name}" + ("" if lite else " on audit_entry")))
    for statement in statements:
        db.session.execute(text(statement))
    db.session.commit()
    db.session.expire_all()


def test_an_untouched_trail_is_sound(db_session: DbSession) -> None:
    _record(5)
    found = verify()
    assert (found.entries, found.fault) == (5, None)


@pytest.mark.parametrize("column", ["minute", "who", "action", "subject", "detail", "prev_hash", "hash"])
def test_a_changed_entry_is_named(db_session: DbSession, column: str) -> None:
    _record(5)
    value = "7" if column == "who" else "'2027-01-31T09:30Z'"
    _past_the_guards(f"update audit_entry set {column} = {value} where number = 3")
    assert verify().bad == 3


def test_an_entry_made_anew_without_the_key_is_named(db_session: DbSession, app: Flask) -> None:
    _record(3)
    entry = db.session.get_one(audit.AuditEntry, 2)
    entry.subject = "OTHER"
    forged = audit.hashlib.sha256(entry.subject.encode()).hexdigest()
    db_session.rollback()
    _past_the_guards(f"update audit_entry set subject = 'OTHER', hash = '{forged}' where number = 2")
    assert verify().bad == 2


def test_a_missing_entry_is_named(db_session: DbSession) -> None:
    _record(5)
    _past_the_guards("delete from audit_entry where number = 3")
    found = verify()
    assert (found.bad, found.entries) == (4, 2)
    assert "Entry 3 is missing" in (found.fault or "")


def test_a_cut_end_is_noticed(db_session: DbSession) -> None:
    _record(5)
    _past_the_guards("delete from audit_entry where number > 3")
    assert verify().fault == "The end was cut off: the last entry is 3, not 5."


def test_a_cut_end_is_noticed_when_the_head_was_turned_back_with_it(db_session: DbSession) -> None:
    _record(5)
    hash_of_3 = db.session.get_one(audit.AuditEntry, 3).hash
    _past_the_guards(
        "delete from audit_entry where number > 3", f"update audit_head set last = 3, last_hash = '{hash_of_3}'"
    )
    assert "seal" in (verify().fault or "")


def test_a_trail_put_back_to_an_older_copy_is_noticed_by_what_was_noted(db_session: DbSession) -> None:
    _record(3)
    older = db.session.execute(text("select last, last_hash, seal from audit_head")).one()
    _record(2)
    noted = verify().end
    assert noted is not None
    _past_the_guards(
        "delete from audit_entry where number > 3",
        f"update audit_head set last = {older[0]}, last_hash = '{older[1]}', seal = '{older[2]}'",
    )
    assert verify().fault is None
    assert "entry 5 was noted" in (verify(noted).fault or "")


def test_a_trail_that_is_gone_altogether_is_noticed(db_session: DbSession, app: Flask) -> None:
    assert verify().fault is None
    officer(app, "viewer")
    _past_the_guards("delete from audit_entry", "delete from audit_head")
    assert "whole trail is missing" in (verify().fault or "")


@pytest.mark.parametrize("statement", ["update audit_entry set subject = 'x'", "delete from audit_entry"])
def test_the_database_itself_lets_no_entry_be_changed_or_taken(db_session: DbSession, statement: str) -> None:
    _record(2)
    with pytest.raises(DatabaseError, match="only be added to"):
        db_session.execute(text(statement))
    db_session.rollback()


def test_what_is_past_its_time_is_forgotten_and_the_rest_stays_sound(
    db_session: DbSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as then:
        then.setattr(audit, "datetime", _Then)
        _record(4)
    _record(3)
    assert audit.forget_before(datetime(2021, 1, 1, tzinfo=UTC)) == 4
    db_session.commit()
    assert (verify().entries, verify().fault) == (3, None)
    assert audit.forget_before(datetime(2021, 1, 1, tzinfo=UTC)) == 0
    _record(1)
    assert (verify().entries, verify().fault) == (4, None)


def test_everything_may_be_past_its_time(db_session: DbSession) -> None:
    _record(2)
    assert audit.forget_before(datetime(2100, 1, 1, tzinfo=UTC)) == 2
    assert (verify().entries, verify().fault) == (0, None)
    _record(1)
    assert (verify().entries, verify().fault) == (1, None)


def test_what_is_rolled_back_was_not_done(db_session: DbSession) -> None:
    _record(1)
    audit.record("poster.create", "NEVER")
    db_session.rollback()
    assert (verify().entries, verify().fault) == (1, None)


def test_an_entry_says_what_acted_where_nobody_was_signed_in(app: Flask, db_session: DbSession) -> None:
    ada = officer(app, "admin", email="ada@council.example")
    audit.record("haven.leave", "cafe", otherwise="venue")
    with app.test_request_context("/safe-havens/register"):
        audit.record("haven.apply", "cafe")
        audit.record("haven.agree", "cafe", {"version": "2"}, otherwise="venue")
        audit.record("haven.approve", "cafe", who=ada.id, otherwise="venue")
    audit.record("haven.forget", "cafe")
    db.session.commit()
    told = [(line.action, line.who, line.detail) for line in trail.page().lines]
    assert told[:5] == [
        ("haven.forget", "a command", ""),
        ("haven.approve", "ada@council.example", ""),
        ("haven.agree", "the venue", "version: 2"),
        ("haven.apply", "a visitor", ""),
        ("haven.leave", "the venue", ""),
    ]
    assert verify().fault is None


def test_older_entries_that_do_not_say_what_acted_are_read_as_what_they_were_and_stay_sound(
    db_session: DbSession,
) -> None:
    audit.record("haven.apply", "cafe")
    audit.record("haven.renew", "cafe", {"counts": "yes"})
    audit.record("haven.hours-changed", "cafe", {"by": "venue"})
    audit.record("account.create", "1")
    assert [one.who for one in trail.done_with("cafe", "haven")] == ["a visitor", "the venue", "the venue"]
    assert trail.page().lines[0].who == "a command"
    assert (verify().entries, verify().fault) == (4, None)


def test_many_who_write_at_once_make_one_chain(fresh_app: Flask) -> None:
    faults: list[BaseException] = []

    def write(n: int) -> None:
        try:
            with fresh_app.app_context():
                for step in range(5):
                    audit.record("poster.create", f"{n}-{step}")
                    db.session.commit()
        except BaseException as exc:
            faults.append(exc)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with fresh_app.app_context():
        found = verify()
        assert (found.entries, found.fault) == (40, None)
        db.session.remove()


def test_the_command_says_that_all_is_well_and_ends_with_1_when_it_is_not(
    db_session: DbSession, runner: Runner
) -> None:
    _record(3)
    told = runner.json("audit", "verify")
    assert (told["sound"], told["entries"], told["last"]["number"]) == (True, 3, 3)
    _past_the_guards("update audit_entry set subject = 'x' where number = 2")
    assert "Entry 2 was changed" in runner("audit", "verify", status=1).output


class _Then(datetime):
    """A clock that says that it is long ago."""

    @classmethod
    def now(cls, tz: Any = None) -> datetime:
        return LONG_AGO
