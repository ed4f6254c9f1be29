"""SQL that is sent often: written once with question marks, sent to either engine without being built anew.

SQLAlchemy's statements are the rule here; these few lines are for the one path on which every tap waits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from community.extensions import db

ROWS_AT_ONCE = 300


def dialect() -> str:
    """ "sqlite" or "postgresql": the engine of the current session."""
    name: str = db.session.get_bind().dialect.name
    return name


def connection() -> Connection:
    """The connection of the current session's transaction; begins one where there is none."""
    return db.session.connection()


def run(on: Connection, sql: str, values: Sequence[Any]) -> Any:
    """Send a statement with `?` for each value and give back the driver's cursor. Raises what SQLAlchemy would."""
    lite = on.dialect.name == "sqlite"
    cursor = on.connection.cursor()
    with _faults_of(on, sql):
        cursor.execute(sql, _texts(values)) if lite else cursor.execute(_percent(sql), values)
    return cursor


def run_together(on: Connection, statements: Sequence[tuple[str, Sequence[Any]]]) -> list[Any]:
    """Send several statements in one round trip (PostgreSQL; values are written into them by the driver, so that no
    plan is kept) or one after the other (SQLite). The first row of each; None where there is none."""
    if on.dialect.name == "sqlite":
        return [run(on, sql, values).fetchone() for sql, values in statements]
    import psycopg

    raw: Any = on.connection.dbapi_connection
    cursor: Any = psycopg.ClientCursor(raw)
    text = ";".join(_percent(sql) for sql, _ in statements)
    with _faults_of(on, text):
        cursor.execute(text, [value for _, values in statements for value in values])
    rows = [cursor.fetchone() if cursor.description else None]
    while cursor.nextset():
        rows.append(cursor.fetchone() if cursor.description else None)
    return rows


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


@contextmanager
def _faults_of(on: Connection, sql: str) -> Iterator[None]:
    try:
        yield
    except on.dialect.loaded_dbapi.Error as exc:
        if on.dialect.is_disconnect(exc, on.connection.dbapi_connection, None):
            on.invalidate(exc)
        raise DBAPIError.instance(sql, None, exc, on.dialect.loaded_dbapi.Error) from exc


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
