"""SQL that is sent often: written once with question marks, sent to either engine without being built anew.

SQLAlchemy's statements are the rule here; these few lines are for the one path on which every tap waits.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from community.extensions import db

ROWS_AT_ONCE = 300
_SETTLED_NS = 50_000_000


def dialect() -> str:
    """ "sqlite" or "postgresql": the engine of the current session."""
    name: str = db.session.get_bind().dialect.name
    return name


def connection() -> Connection:
    """The connection of the current session's transaction; begins one where there is none."""
    return db.session.connection()


def stamp() -> object | None:
    """Something that is another thing after anything was committed by anyone; None when that cannot be told yet. Take
    it before what it is to vouch for is read.

    On PostgreSQL how far its log was written; on SQLite the write-ahead log's size and time, which the system keeps to
    some milliseconds only, so that a file just written cannot vouch for what comes next."""
    on = connection()
    if on.dialect.name == "postgresql":
        return str(on.exec_driver_sql("select pg_current_wal_lsn()").scalar_one())
    try:
        log = os.stat(f"{on.engine.url.database}-wal")
    except OSError:
        return None
    settled = time.time_ns() - log.st_mtime_ns > _SETTLED_NS
    return (log.st_mtime_ns, log.st_size, log.st_ino) if settled else None


def commit() -> None:
    """Commit what the session's transaction holds; nothing when it began none."""
    if _in_transaction():
        db.session.commit()


def run(on: Connection, sql: str, values: Sequence[Any]) -> Any:
    """Send a statement with `?` for each value and give back the driver's cursor. Raises what SQLAlchemy would."""
    lite = on.dialect.name == "sqlite"
    cursor = on.connection.cursor()
    with _faults_of(on, sql):
        cursor.execute(sql, _texts(values)) if lite else cursor.execute(_percent(sql), values)
    return cursor


def _in_transaction() -> bool:
    """Whether the session has begun one. To make a session only to ask it would cost a tap a tenth of its time."""
    return db.session.registry.has() and db.session().in_transaction()


@contextmanager
def own_transaction() -> Iterator[Connection]:
    """A transaction of its own, without the session's book-keeping: for the one save on which every tap waits. SQLite
    commits at the end; PostgreSQL after each `at_once`. Where the session has begun one, or works in somebody else's,
    it is that one, and whoever began it commits."""
    bind = db.engine
    if not isinstance(bind, Engine) or _in_transaction():
        yield connection()
        return
    with bind.connect() as on:
        raw: Any = on.connection.dbapi_connection
        if on.dialect.name == "sqlite":
            with _faults_of(on, "begin immediate"):
                raw.begin_writing()
            try:
                yield on
                with _faults_of(on, "commit"):
                    raw.commit()
            except BaseException:
                raw.rollback()
                raise
        else:
            raw.autocommit = True
            try:
                yield on
            finally:
                if not raw.closed:
                    raw.autocommit = False


def at_once(on: Connection, statements: Sequence[tuple[str, Sequence[Any]]]) -> Any:
    """Send statements to PostgreSQL in one round trip, prepared; the first row of the last, None when it has none.

    Outside a transaction they are one together, committed when this returns (libpq's pipeline mode). Each sees what was
    committed before it began, so one that waits for a lock lets the next see what it waited for."""
    raw: Any = on.connection.dbapi_connection
    with _faults_of(on, "several statements"), raw.pipeline(), raw.cursor() as cursor:
        for sql, values in statements:
            cursor.execute(_percent(sql), values, prepare=True)
        return cursor.fetchone()


def insert_rows(on: Connection, into: str, rows: Sequence[tuple[Any, ...]], *, after: str = "") -> None:
    """Insert rows: in one round trip when they are what one save writes, by the driver's own way when they are many.

    into: table and columns, as in "answer (response_id, question)". after: what follows the values, as ON CONFLICT;
    no two rows may then meet the same key."""
    if not rows:
        return
    if len(rows) <= ROWS_AT_ONCE:
        run(on, insert(into, len(rows), len(rows[0]), after), [value for row in rows for value in row])
        return
    sql = insert(into, 1, len(rows[0]), after)
    lite = on.dialect.name == "sqlite"
    cursor = on.connection.cursor()
    with _faults_of(on, sql):
        cursor.executemany(sql if lite else _percent(sql), [_texts(row) for row in rows] if lite else rows)


def count_one(table: Any, keys: Mapping[str, Any], *, most: int | None = None) -> Any:
    """Add one to the n of a table's row with these keys, its primary key; or a row with 1. Returns the row as it is;
    None when its n is `most` already, and nothing was written. Flushed."""
    insert = (postgresql if dialect() == "postgresql" else sqlite).insert(table)
    adding = insert.values(**keys, n=1).on_conflict_do_update(
        index_elements=list(keys), set_={"n": table.c.n + 1}, where=None if most is None else table.c.n < most
    )
    return db.session.execute(adding.returning(table)).first()


@contextmanager
def _faults_of(on: Connection, sql: str) -> Iterator[None]:
    try:
        yield
    except on.dialect.loaded_dbapi.Error as exc:
        if _is_lost(on, exc):
            on.invalidate(exc)
        raise DBAPIError.instance(sql, None, exc, on.dialect.loaded_dbapi.Error) from exc


def _is_lost(on: Connection, fault: Any) -> bool:
    """Whether a connection is of no more use. A PostgreSQL that is going down says so a moment before its line is cut:
    by then nobody would notice that it must not go back to the pool."""
    going = on.dialect.name == "postgresql" and isinstance(fault, on.dialect.loaded_dbapi.OperationalError)
    return going or bool(on.dialect.is_disconnect(fault, on.connection.dbapi_connection, None))


def _texts(values: Sequence[Any]) -> list[Any]:
    # SQLite has no dates: SQLAlchemy writes and reads them as ISO text, and so must we.
    return [value.isoformat() if type(value) is date else value for value in values]


@cache
def insert(into: str, rows: int, columns: int, after: str = "") -> str:
    """INSERT INTO ... VALUES with so many rows of `?`."""
    return f"insert into {into} values {marks(rows, columns)} {after}"


def marks(rows: int, columns: int) -> str:
    """(?, ?), (?, ?): so many rows of so many."""
    return ", ".join([f"({', '.join('?' * columns)})"] * rows)


@cache
def _percent(sql: str) -> str:
    return sql.replace("?", "%s")
