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


def dialect() -> str:
    """ "sqlite" or "postgresql": the engine of the current session."""
    name: str = db.session.get_bind().dialect.name
    return name


def connection() -> Connection:
    """The connection of the current session's transaction; begins one where there is none."""
    return db.session.connection()


def run(on: Connection, sql: str, values: Sequence[Any]) -> Any:
    """Send a statement with `?` for each value and give back the driver's cursor; a list of tuples sends it once for
    each. Raises what SQLAlchemy would."""
    many = isinstance(values, list)
    lite = on.dialect.name == "sqlite"
    cursor = on.connection.cursor()
    try:
        if many:
            cursor.executemany(sql if lite else _percent(sql), [_text(row) for row in values] if lite else values)
        else:
            cursor.execute(sql if lite else _percent(sql), _text(values) if lite else values)
    except on.dialect.loaded_dbapi.Error as exc:
        if on.dialect.is_disconnect(exc, on.connection.dbapi_connection, cursor):
            on.invalidate(exc)
        raise DBAPIError.instance(sql, None, exc, on.dialect.loaded_dbapi.Error) from exc
    return cursor


def _text(row: Sequence[Any]) -> tuple[Any, ...]:
    # SQLite has no dates: SQLAlchemy writes and reads them as ISO text, and so must we.
    return tuple(value.isoformat() if type(value) is date else value for value in row)


@cache
def _percent(sql: str) -> str:
    return sql.replace("?", "%s")
