"""The database and its migrations as bare objects, and what every connection must be before it is used."""

from __future__ import annotations

import select
import sqlite3
from contextvars import ContextVar
from typing import Any

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, Engine, MetaData, event, make_url
from sqlalchemy.exc import DBAPIError, DisconnectionError, OperationalError
from sqlalchemy.orm import DeclarativeBase

from community.turnstile import QueuedConnection


class Base(DeclarativeBase):
    """All tables. Constraint names follow one convention so that migrations can name them on every engine."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class QuietlyClosed(Session):
    """A session that ends without a word when its connection broke: whatever mattered was committed, or has failed,
    before. Otherwise a page that is ready would be lost as it is being sent."""

    def close(self) -> None:
        try:
            super().close()
        except DBAPIError:
            self.invalidate()


db = SQLAlchemy(model_class=Base, session_options={"class_": QuietlyClosed})
migrate = Migrate(db=db, render_as_batch=True, compare_type=True, directory="migrations")
csrf = CSRFProtect()

reading: ContextVar[bool] = ContextVar("reading", default=False)
"""True while a GET is served: SQLite then begins a deferred transaction, which cannot wait for a writer."""

BUSY_TIMEOUT_MS = 10_000
CHECKPOINT_PAGES = 4_000
_HUNG_UP = getattr(select, "POLLRDHUP", select.POLLHUP)
CONNECT_SECONDS = 5
"""How long to wait for a PostgreSQL that does not even refuse, before the page says that we cannot take answers."""


class NotDurable(Exception):
    """The database would answer "committed" before the data is safe, or takes no data at all. Wrapped in SQLAlchemy's
    OperationalError, as a database that is not there."""


def engine_options(url: str) -> dict[str, Any]:
    """How the engine of a database is made: SQLite's connections queue before they write."""
    if url.startswith("sqlite"):
        return {"connect_args": {"factory": QueuedConnection}}
    return {} if "connect_timeout" in make_url(url).query else {"connect_args": {"connect_timeout": CONNECT_SECONDS}}


def prepare_engine(engine: Engine) -> None:
    """Make every connection of this engine durable, or refuse to use it."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _prepare_postgresql)
        event.listen(engine, "checkout", _refuse_closed)


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by us, below
    cursor = connection.cursor()
    cursor.execute(f"pragma busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("pragma journal_mode = wal")
    cursor.execute("pragma synchronous = full")
    cursor.execute("pragma foreign_keys = on")
    cursor.execute("pragma secure_delete = on")
    cursor.execute(f"pragma wal_autocheckpoint = {CHECKPOINT_PAGES}")
    if cursor.execute("pragma synchronous").fetchone() != (2,):
        raise _refused("SQLite would not take synchronous = FULL.")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that reads and then writes fails with "locked" at once, whatever the timeout;
    # one that says at the start that it will write waits its turn.
    raw = connection.connection.dbapi_connection
    if reading.get() or not isinstance(raw, QueuedConnection):
        connection.exec_driver_sql("begin" if reading.get() else "begin immediate")
        return
    try:
        raw.begin_writing()
    except sqlite3.OperationalError as error:  # SQLAlchemy's own, so that whoever handles the others handles this
        raise OperationalError("begin immediate", None, error) from error


def _prepare_postgresql(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        # Setting it to what it is keeps it so for this connection, whatever is configured later.
        cursor.execute(
            "select current_setting('fsync'),"
            " set_config('synchronous_commit', current_setting('synchronous_commit'), false),"
            " current_setting('transaction_read_only')"
        )
        fsync, synchronous_commit, read_only = cursor.fetchone()
    connection.commit()
    if fsync == "on" and synchronous_commit in ("on", "remote_apply") and read_only == "off":
        return
    connection.close()
    if read_only != "off":
        raise _refused("PostgreSQL only lets us read: it is a standby, or set to default_transaction_read_only.")
    raise _refused(
        f"PostgreSQL runs with fsync = {fsync} and synchronous_commit = {synchronous_commit}: both must be on."
    )


def _refuse_closed(connection: Any, _record: object, _proxy: object) -> None:
    """A server that was restarted has hung up on the connections that waited in the pool. The system knows, so nobody
    is asked (as pre_ping would, a round trip for every tap): the pool then makes a new one."""
    if connection.closed:
        raise DisconnectionError("This connection was closed here.")
    waiting = select.poll()
    waiting.register(connection.fileno(), _HUNG_UP)
    if waiting.poll(0):
        raise DisconnectionError("The server has hung up.")


def _refused(why: str) -> OperationalError:
    return OperationalError("connect", None, NotDurable(why))
