"""No connection is used that would say "committed" before the data is on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, make_url, text
from sqlalchemy.exc import OperationalError

from community.extensions import NotDurable, db, reading
from tests.rig.databases import Databases, dispose
from tests.rig.server import Site, SiteDown, free_port

AT_ONCE = 12
DURABLE = {
    "sqlite": {"synchronous": "2", "journal_mode": "wal"},  # 2 is FULL: COMMIT waits until the log is on the disk
    "postgresql": {"fsync": "on", "synchronous_commit": "on"},
}


@pytest.fixture
def engine(fresh_app: Flask) -> Iterator[Engine]:
    """The application's engine, in a context that reads, so that connections do not wait for one another."""
    token = reading.set(True)
    with fresh_app.app_context():
        yield db.engine
    reading.reset(token)


def durability_of(connection: Connection) -> dict[str, str]:
    ask = "pragma {}" if connection.dialect.name == "sqlite" else "show {}"
    return {
        name: str(connection.execute(text(ask.format(name))).scalar_one()) for name in DURABLE[connection.dialect.name]
    }


def test_every_connection_of_a_busy_pool_waits_for_the_disk(engine: Engine) -> None:
    for _ in range(2):  # the second time, those that the pool kept
        with ExitStack() as at_once:
            connections = [at_once.enter_context(engine.connect()) for _ in range(AT_ONCE)]
            assert len({id(c.connection.dbapi_connection) for c in connections}) == AT_ONCE
            assert [durability_of(c) for c in connections] == [DURABLE[engine.dialect.name]] * AT_ONCE


def test_connections_made_after_all_were_lost_wait_for_the_disk_too(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.invalidate()
    engine.dispose()
    with engine.connect() as connection:
        assert durability_of(connection) == DURABLE[engine.dialect.name]


def test_a_connection_keeps_synchronous_commit_whatever_is_configured_later(databases: Databases) -> None:
    app = databases.app(databases.migrated("postgres"))
    with app.app_context(), db.engine.connect() as connection:
        source = "select source from pg_settings where name = 'synchronous_commit'"
        assert connection.execute(text(source)).scalar_one() == "session"
    dispose(app)


def test_a_page_is_not_lost_when_its_connection_breaks_after_the_commit(databases: Databases) -> None:
    app = databases.app(databases.migrated("postgres"))
    with app.app_context():
        pid = db.session.scalar(text("select pg_backend_pid()"))
        with db.engine.connect() as other:
            other.execute(text("select pg_terminate_backend(:pid, 5000)"), {"pid": pid})
        db.session.remove()  # as at the end of a request
        assert db.session.scalar(text("select 1")) == 1
    dispose(app)


def test_connections_that_waited_while_the_server_hung_up_are_not_used(databases: Databases) -> None:
    app = databases.app(databases.migrated("postgres"))
    with app.app_context():
        waiting = [db.engine.connect() for _ in range(3)]
        pids = [one.scalar(text("select pg_backend_pid()")) for one in waiting]
        for one in waiting:
            one.close()
        with waiting[0].engine.connect() as other:
            mine = other.scalar(text("select pg_backend_pid()"))
            for pid in set(pids) - {mine}:
                other.execute(text("select pg_terminate_backend(:pid, 5000)"), {"pid": pid})
        again = [db.engine.connect() for _ in pids]
        assert {one.scalar(text("select pg_backend_pid()")) for one in again} & set(pids) == {mine}
        for one in again:
            one.close()
    dispose(app)


@pytest.mark.parametrize("weaker", ["off", "remote_write"])
def test_a_postgresql_that_answers_before_its_disk_does_is_refused_at_start(
    databases: Databases, tmp_path: Path, weaker: str
) -> None:
    address = databases.migrated("postgres")
    configure(address, f"synchronous_commit = {weaker}")
    site = Site(databases.environ(address), tmp_path / "log")
    with pytest.raises(SiteDown) as refused:
        site.start()
    assert f"synchronous_commit = {weaker}: both must be on." in str(refused.value)
    assert "Traceback" not in str(refused.value)
    databases.drop(address)


def test_a_postgresql_that_becomes_less_durable_gets_no_new_connection(databases: Databases) -> None:
    address = databases.migrated("postgres")
    app = databases.app(address)
    with app.app_context():
        db.engine.connect().close()
        configure(address, "synchronous_commit = off")
        db.engine.dispose()
        with pytest.raises(OperationalError) as refused:
            db.engine.connect()
        assert isinstance(refused.value.orig, NotDurable)
    assert app.test_client().get("/healthz").status_code == 503
    dispose(app)
    databases.drop(address)


def test_a_database_that_is_not_there_is_named_at_start_without_its_password(
    databases: Databases, tmp_path: Path
) -> None:
    address = f"postgresql://someone:not-for-the-log@127.0.0.1:{free_port()}/voice"
    site = Site(databases.environ(address), tmp_path / "log")
    with pytest.raises(SiteDown, match=r"The database does not answer, so nothing was started\.") as refused:
        site.start()
    assert "Traceback" not in str(refused.value)
    assert "not-for-the-log" not in str(refused.value)


def configure(address: str, setting: str) -> None:
    """Set something for every later connection to a database."""
    url = make_url(address)
    with psycopg.connect(url.set(drivername="postgresql").render_as_string(False), autocommit=True) as connection:
        connection.execute(f'alter database "{url.database}" set {setting}')
