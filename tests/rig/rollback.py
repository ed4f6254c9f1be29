"""A test inside one transaction that is rolled back: commits of our own code become savepoints in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import cast

from flask import Flask
from sqlalchemy import Connection, Engine

from community.extensions import db
from community.shared.runtime import Runtime


@contextmanager
def rolled_back(app: Flask, runtime_dir: Path) -> Iterator[None]:
    """While inside, every session of the application works on one connection, and daily keys and counters in a fresh
    folder. Code that opens connections of its own, or another thread, is not rolled back: it needs `fresh_app`."""
    with app.app_context():
        engine = db.engine
        engines = cast("dict[str | None, Engine | Connection]", db.engines)  # Flask-SQLAlchemy has no other way in
        db.session.configure(join_transaction_mode="create_savepoint")
    runtime = app.extensions["community"]
    with engine.connect() as connection:
        outer = connection.begin()
        engines[None] = connection
        app.extensions["community"] = Runtime.of(replace(runtime.settings, runtime_dir=runtime_dir))
        try:
            yield
        finally:
            app.extensions["community"] = runtime
            engines[None] = engine
            outer.rollback()
