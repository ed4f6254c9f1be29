"""Accounts by command, and the demonstration sign-ins."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session, scoped_session

from community.config import ROOT
from community.operations.serve import addresses, prepare
from community.staff import demo
from community.staff.audit_check import verify
from community.staff.models import Account, AuditEntry
from community.staff.roles import ROLES
from community.staff.service import passwords
from tests.rig.client import Runner
from tests.rig.databases import Databases, dispose

DbSession = scoped_session[Session]


def test_an_account_is_made_listed_switched_off_and_on(db_session: DbSession, runner: Runner) -> None:
    made = runner.json("staff", "create-user", "A@Council.example", "--role", "analyst", "--role", "viewer")
    assert (made["email"], made["roles"], made["app"]) == ("a@council.example", ["viewer", "analyst"], "not yet")
    assert made["link"].startswith("https://voice.example/staff/new-password/")
    runner("staff", "disable", "a@council.example")
    assert [one["active"] for one in runner.json("staff", "list")] == [False]
    runner("staff", "enable", "a@council.example")
    runner("staff", "roles", "a@council.example", "--role", "viewer")
    assert runner.json("staff", "list")[0] | {"created_on": ""} == {
        "email": "a@council.example", "roles": ["viewer"], "active": True, "app": "not needed", "demo": False,
        "created_on": "",
    }  # fmt: skip
    assert verify().entries == 5, "the link that was printed has an entry of its own"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["create-user", "nobody", "--role", "viewer"], "Enter an email address"),
        (["create-user", "a@b.example", "--role", "boss"], "There is no role 'boss'"),
        (["disable", "a@b.example"], "has no account"),
        (["link", "a@b.example"], "has no account"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    db_session: DbSession, runner: Runner, words: list[str], said: str
) -> None:
    assert said in runner("staff", *words, status=1).output
    assert db_session.query(Account).count() == 0


def test_an_address_has_one_account(db_session: DbSession, runner: Runner) -> None:
    runner("staff", "create-user", "a@b.example", "--role", "viewer")
    assert "already" in runner("staff", "create-user", "A@B.example", "--role", "admin", status=1).output


def test_a_password_may_be_typed_and_no_link_is_printed_then(db_session: DbSession, runner: Runner) -> None:
    typed = "purple staircase lemon"
    words = ("staff", "create-user", "a@b.example", "--role", "viewer", "--ask-password")
    said = runner(*words, input=f"{typed}\n{typed}\n").output
    assert "new-password" not in said
    assert typed not in said
    assert passwords.is_right(typed, db_session.query(Account).one().password)


def test_there_is_a_demonstration_sign_in_for_each_role_and_the_same_at_each_start(db_session: DbSession) -> None:
    first, again = demo.one_of_each_role(date(2027, 1, 4)), demo.one_of_each_role(date(2027, 1, 5))
    assert first == again
    assert [person.roles for person in first] == [(role,) for role in ROLES]
    account = db_session.query(Account).filter_by(email=first[1].email).one()
    assert passwords.is_right(first[1].password, account.password)


def test_make_run_prints_demonstration_sign_ins_in_development_only(databases: Databases) -> None:
    address = databases.migrated("sqlite")
    app = databases.app(address)
    prepare(app)
    said = addresses(app, "127.0.0.1:8000")
    for role in ROLES:
        assert f"{role}@demo.example" in said
    with app.app_context():
        secret = demo.one_of_each_role(date(2027, 1, 4))[0].totp_secret
    assert secret in said
    readme = (ROOT / "README.md").read_text().split("## What to try")[1].split("##")[0]
    promised = set(re.findall(r"`/([a-z-]+)[/`]", readme))
    assert {"chat", "safe-havens"} <= promised
    assert [name for name in promised if f"http://127.0.0.1:8000/{name}" not in said] == []
    dispose(app)
    production = databases.app(address, APP_ENV="production")
    prepare(production)
    assert "demo.example" not in addresses(production, "127.0.0.1:8000")
    dispose(production)


def test_a_demonstration_account_does_not_sign_in_in_production(databases: Databases) -> None:
    address = databases.migrated("sqlite")
    app = databases.app(address, SECRET_KEY="x" * 40)
    with app.app_context():
        person = demo.one_of_each_role(date(2027, 1, 4))[0]
        _commit()
    dispose(app)
    production: Any = databases.app(address, SECRET_KEY="x" * 40, APP_ENV="production")
    with production.app_context():
        from community.staff.service import signing_in

        assert signing_in.check(person.email, person.password) is None
        assert demo.one_of_each_role(date(2027, 1, 4)) == []
        with pytest.raises(demo.NotHere):
            demo.make("a@b.example", ["admin"], on=date(2027, 1, 4))
    dispose(production)


def test_a_link_that_is_printed_is_recorded(db_session: DbSession, runner: Runner) -> None:
    runner(
        "staff",
        "create-user",
        "a@b.example",
        "--role",
        "viewer",
        "--ask-password",
        input="purple staircase lemon\n" * 2,
    )
    runner("staff", "link", "a@b.example")
    account = db_session.query(Account).one()
    entries = [(entry.action, entry.subject, entry.detail) for entry in db_session.query(AuditEntry)]
    assert entries[1:] == [("account.link", str(account.id), '{"given":"printed"}')]


def _commit() -> None:
    from community.extensions import db

    db.session.commit()
