"""What is deleted is gone from the files, and the files do not tell the order in which people answered."""

from __future__ import annotations

import logging
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import make_url, text

from community.extensions import db
from community.operations.jobs import empty_log, nightly
from community.surveys.models import Response
from community.surveys.service import retention
from tests.rig.databases import Databases, dispose
from tests.service.surveys.world import TODAY, World, answers_of, make_world, recounted, rows, tallied

SECRET = "zebra-crossing-by-the-blue-door"


@pytest.fixture(autouse=True)
def in_that_night(monkeypatch: pytest.MonkeyPatch) -> None:
    """The night comes on the day on which people answered, whenever these tests run."""
    monkeypatch.setattr("community.operations.jobs.london_today", lambda: TODAY)


def settled(app: Flask) -> World:
    """A world committed for good."""
    with app.app_context():
        made = make_world()
        db.session.commit()
        for row in (made.place, made.poster):
            db.session.refresh(row)
        db.session.expunge_all()
    return made


@pytest.fixture
def world(fresh_app: Flask) -> World:
    return settled(fresh_app)


@pytest.fixture
def sqlite_app(databases: Databases) -> Iterator[Flask]:
    """On SQLite alone: PostgreSQL's files are its own, and docs/data-inventory.md says what is left in them."""
    address = databases.migrated("sqlite")
    app = databases.app(address)
    yield app
    dispose(app)
    databases.drop(address)


@pytest.fixture
def sqlite_world(sqlite_app: Flask) -> World:
    return settled(sqlite_app)


def files(app: Flask) -> list[Path]:
    path = make_url(app.config["SQLALCHEMY_DATABASE_URI"]).database
    return [Path(f"{path}{suffix}") for suffix in ("", "-wal") if Path(f"{path}{suffix}").exists()]


def holding(app: Flask, words: bytes) -> list[str]:
    return [path.suffix for path in files(app) if words in path.read_bytes()]


def write(world: World, comment: str = SECRET) -> bytes:
    id = world.grown_up()
    world.send(id, "help", help=["cctv"], help_comment=comment)
    db.session.commit()
    return id


def on_sqlite(app: Flask) -> bool:
    with app.app_context():
        return db.engine.dialect.name == "sqlite"


def test_the_bytes_of_withdrawn_words_are_gone_after_the_night(sqlite_app: Flask, sqlite_world: World) -> None:
    with sqlite_app.app_context():
        others = [write(sqlite_world, f"lamp {n}") for n in range(30)]
        id = write(sqlite_world)
    assert holding(sqlite_app, SECRET.encode())
    with sqlite_app.app_context():
        sqlite_world.withdraw(id)
        db.session.commit()
    nightly(sqlite_app)
    assert holding(sqlite_app, SECRET.encode()) == []
    assert holding(sqlite_app, id) == [".sqlite"]  # the bare id, for two days; no option, no word
    assert [path.stat().st_size for path in files(sqlite_app)[1:]] in ([], [0])
    with sqlite_app.app_context():
        assert len([id for id in others if answers_of(id)]) == 30


def test_words_past_their_year_are_gone_from_the_file_with_the_same_night(
    sqlite_app: Flask, sqlite_world: World
) -> None:
    with sqlite_app.app_context():
        id = sqlite_world.grown_up(on=sqlite_world.safety.opens_on)
        sqlite_world.send(id, "help", help_comment=SECRET, on=sqlite_world.safety.opens_on)
        retention.forget(sqlite_world.safety.opens_on.replace(year=sqlite_world.safety.opens_on.year + 1, month=2))
        db.session.commit()
        retention.rewrite()
    assert holding(sqlite_app, SECRET.encode()) == []


def test_the_night_changes_no_answer_and_no_count(fresh_app: Flask, world: World) -> None:
    with fresh_app.app_context():
        kept = {id: answers_of(id) for id in (write(world) for _ in range(20))}
        before = tallied()
    nightly(fresh_app)
    with fresh_app.app_context():
        assert {id: answers_of(id) for id in kept} == kept
        assert before == tallied() == recounted(world.safety, world.robbery)


def test_after_the_night_rows_lie_in_the_order_of_their_random_ids(fresh_app: Flask, world: World) -> None:
    with fresh_app.app_context():
        ids = [write(world) for _ in range(25)]
    assert ids != sorted(ids)
    nightly(fresh_app)
    with fresh_app.app_context():
        if on_sqlite(fresh_app):
            for table in ("response", "answer", "comment", "tombstone"):
                made = db.session.scalar(text(f"select sql from sqlite_master where name = '{table}'"))
                assert "without rowid" in made.lower()
        else:
            for table, key in (("response", "id"), ("answer", "response_id"), ("comment", "response_id")):
                lying = list(db.session.scalars(text(f"select {key} from {table} order by ctid")))
                assert lying == sorted(lying)
                # Nor do the numbers of the transactions that wrote them tell who came after whom.
                assert db.session.scalar(text(f"select count(distinct xmin::text) from {table}")) <= 1


def test_connections_are_as_safe_after_the_night_as_before(fresh_app: Flask, world: World) -> None:
    nightly(fresh_app)
    with fresh_app.app_context():
        if on_sqlite(fresh_app):
            with db.engine.connect() as connection:
                raw = connection.connection.dbapi_connection
                assert raw.isolation_level is None
                assert raw.execute("pragma synchronous").fetchone() == (2,)
        id = world.grown_up()
        db.session.rollback()
        assert answers_of(id).keys() == {"safe_here"}


def test_people_can_answer_while_the_tables_are_rewritten(fresh_app: Flask, world: World) -> None:
    stop, faults, given = threading.Event(), [], []

    def answer() -> None:
        with fresh_app.app_context():
            while not stop.is_set():
                try:
                    given.append(world.tap())
                    db.session.commit()
                except Exception as exc:
                    faults.append(exc)
                    db.session.rollback()

    threads = [threading.Thread(target=answer) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(5):
        nightly(fresh_app)
    stop.set()
    for thread in threads:
        thread.join(60)
    assert faults == []
    with fresh_app.app_context():
        assert rows()["response"] == len(given)
        assert tallied() == recounted(world.safety, world.robbery)


def test_a_log_that_a_reader_holds_open_is_reported_not_passed_over(
    sqlite_app: Flask, sqlite_world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "LOG_WAIT_MS", 100)
    with sqlite_app.app_context():
        write(sqlite_world)
    reader = sqlite3.connect(files(sqlite_app)[0])
    reader.execute("begin")
    reader.execute("select count(*) from response").fetchone()
    with sqlite_app.app_context():
        sqlite_world.withdraw(write(sqlite_world))
        db.session.commit()
        with caplog.at_level(logging.WARNING):
            retention.rewrite()
    assert "log" in caplog.text
    reader.close()
    with sqlite_app.app_context():
        retention.rewrite()
    assert holding(sqlite_app, SECRET.encode()) == [".sqlite"]  # the one that was not withdrawn


def test_an_id_is_drawn_at_random(fresh_app: Flask, world: World) -> None:
    with fresh_app.app_context():
        ids = [write(world) for _ in range(8)]
        stored = set(db.session.scalars(db.select(Response.id)))
    assert stored == set(ids)
    assert len(secrets.token_bytes(16)) == len(ids[0])


def test_words_that_were_taken_back_leave_the_log_within_minutes(fresh_app: Flask, world: World) -> None:
    if not on_sqlite(fresh_app):
        pytest.skip("PostgreSQL keeps its own log: docs/data-inventory.md says for how long")
    secret = "the kiosk keeper with one blue eye"
    with fresh_app.app_context():
        id = world.grown_up()
        world.send(id, "help", help=["cctv"], help_comment=secret)
        db.session.commit()
        log = Path(f"{db.engine.url.database}-wal")
        assert secret.encode() in log.read_bytes()
        assert world.withdraw(id)
        db.session.commit()
    empty_log(fresh_app)
    assert not log.exists() or log.stat().st_size == 0
    assert secret.encode() not in log.with_name(log.name.removesuffix("-wal")).read_bytes()
