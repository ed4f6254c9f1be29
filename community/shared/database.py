"""INSERT ... ON CONFLICT in the dialect of the engine at hand; the two we support spell it alike."""

from __future__ import annotations

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase

from community.extensions import db

Insert = postgresql.Insert | sqlite.Insert


def dialect() -> str:
    """"sqlite" or "postgresql": the engine of the current session."""
    name: str = db.session.get_bind().dialect.name
    return name


def insert_into(model: type[DeclarativeBase], engine: str) -> Insert:
    table = model.__table__
    assert isinstance(table, Table)
    return postgresql.insert(table) if engine == "postgresql" else sqlite.insert(table)
