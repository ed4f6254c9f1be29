"""SQL that is sent often: written once with question marks, sent to either engine without being built anew.

SQLAlchemy's statements are the rule here; these few lines are for the one path on which every tap waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from community.extensions import db

ROWS_AT_ONCE = 400


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
    try:
        # SQLite has no dates: SQLAlchemy writes and reads them as ISO text, and so must we.
        cursor.execute(sql, [_text(v) for v in values]) if lite else cursor.execute(_percent(sql), values)
    except on.dialect.loaded_dbapi.Error as exc:
        if on.dialect.is_disconnect(exc, on.connection.dbapi_connection, cursor):
            on.invalidate(exc)
        raise DBAPIError.instance(sql, None, exc, on.dialect.loaded_dbapi.Error) from exc
    return cursor


def insert_rows(on: Connection, into: str, rows: Sequence[tuple[Any, ...]], *, after: str = "") -> None:
    """Insert some rows with as few statements as may be: one round trip for all that one tap writes.

    into: table and columns, as in "answer (response_id, question)". after: what follows the values, as ON CONFLICT;
    no two rows may then meet the same key."""
    for start in range(0, len(rows), ROWS_AT_ONCE):
        chunk = rows[start : start + ROWS_AT_ONCE]
        run(on, _insert(into, len(chunk), len(chunk[0]), after), [value for row in chunk for value in row])


def _text(value: Any) -> Any:
    return value.isoformat() if type(value) is date else value


@cache
def _insert(into: str, rows: int, columns: int, after: str) -> str:
    row = f"({', '.join('?' * columns)})"
    return f"insert into {into} values {', '.join([row] * rows)} {after}"


@cache
def _percent(sql: str) -> str:
    return sql.replace("?", "%s")
