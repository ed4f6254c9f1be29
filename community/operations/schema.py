"""The database's schema: whether it is the newest, and bringing it there."""

from __future__ import annotations

import re

from flask_migrate import upgrade
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from community.config import ROOT
from community.extensions import db


def newest() -> str:
    """The revision of the newest migration: migrations are numbered, so it is the last file's."""
    files = sorted((ROOT / "migrations" / "versions").glob("[0-9]*.py"))
    found = re.match(r"\d+", files[-1].name)
    assert found is not None
    return found.group()


def current() -> str | None:
    """The revision the database is at; None when it is new."""
    try:
        with db.engine.connect() as connection:
            revision: str | None = connection.execute(text("select version_num from alembic_version")).scalar()
            return revision
    except SQLAlchemyError:
        return None


def bring_up_to_date() -> None:
    """Upgrade the schema if it is behind. Asks the database one question when it is not."""
    if current() != newest():
        upgrade(directory=str(ROOT / "migrations"))
