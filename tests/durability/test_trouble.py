"""A database that is locked, read-only or full: a page that says so and who helps, and the same form taken later."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, make_url, select

from community import extensions
from community.extensions import db
from community.places.service import posters
from community.surveys.models import Response
from tests.durability.conftest import hang_posters
from tests.durability.respondents import COUNTED
from tests.durability.test_connections import configure
from tests.rig.client import Client
from tests.rig.databases import Databases, dispose

Open = Callable[[str], Flask]


@pytest.fixture
def peopled(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """peopled(engine): an application with posters, which does not wait long for a lock."""
    monkeypatch.setattr(extensions, "BUSY_TIMEOUT_MS", 200)
    opened: list[tuple[Flask, str]] = []

    def application(engine: str) -> Flask:
        address = databases.migrated(engine)
        hang_posters(databases, address)
        opened.append((databases.app(address), address))
        return opened[-1][0]

    yield application
    for app, address in opened:
        dispose(app)
        databases.drop(address)


def test_a_locked_sqlite_is_told_and_the_same_form_is_taken_when_it_is_free(peopled: Open) -> None:
    app = peopled("sqlite")
    client = Client(app, surprises=True)
    form = open_form(app, client)
    other = sqlite3.connect(make_url(app.config["SQLALCHEMY_DATABASE_URI"]).database or "", isolation_level=None)
    other.execute("begin immediate")
    for _ in range(3):
        check_page(app, client.press(form, "Fairly unsafe"))
    assert client.get("/privacy").status_code == 200
    other.execute("rollback")
    other.close()
    assert COUNTED in client.press(form, "Fairly unsafe").html
    assert web_answers(app) == 1


def test_a_full_sqlite_is_told_and_the_same_form_is_taken_when_there_is_room(peopled: Open) -> None:
    app = peopled("sqlite")
    client = Client(app, surprises=True)
    form = open_form(app, client)
    with app.app_context():
        engine = db.engine
        engine.dispose()
    full = True

    @event.listens_for(engine, "checkout")
    def no_room(connection: Any, _record: object, _proxy: object) -> None:
        most = connection.execute("pragma page_count").fetchone()[0] if full else 2**31
        connection.execute(f"pragma max_page_count = {most}")

    taken = 0
    while client.press(open_form(app, client), "Neither safe nor unsafe").status_code == 200:
        taken += 1  # there is room for some more in the pages that are there
        assert taken < 500
    check_page(app, client.press(form, "Fairly unsafe"))
    assert web_answers(app) == taken
    full = False
    assert COUNTED in client.press(form, "Fairly unsafe").html
    assert web_answers(app) == taken + 1


def test_a_postgresql_that_only_reads_is_told_and_shows_in_healthz(peopled: Open) -> None:
    app = peopled("postgres")
    client = Client(app, surprises=True)
    form = open_form(app, client)
    configure(app.config["SQLALCHEMY_DATABASE_URI"], "default_transaction_read_only = on")
    dispose(app)
    check_page(app, client.press(form, "Fairly unsafe"))
    assert (client.get("/healthz").json or {})["database"] == "down"


def open_form(app: Flask, client: Client) -> Any:
    with app.app_context():
        code = posters.list_posters(None)[0].code
    return client.get(f"/q/{code}")


def check_page(app: Flask, response: Any) -> None:
    """The page says that it is not the reader's fault, and who helps all the same; nothing of how we are built."""
    assert response.status_code == 503
    assert "Nothing you did caused this" in response.html
    assert "999" in response.html
    for line in app.config["ERROR_LINES"]:
        assert line.phone in response.html
    for inside in ("Traceback", "sqlite", "postgres", "psycopg"):
        assert inside not in response.html


def web_answers(app: Flask) -> int:
    with app.app_context():
        query = select(func.count()).select_from(Response).where(Response.channel == "web")
        return db.session.scalar(query) or 0
