"""Databases for tests: migrated once for each engine, then copied, which takes a tenth of a second."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

import flask_migrate
from flask import Flask
from sqlalchemy import make_url

from community import create_app  # loads every room only when called: tests of pure ideas need none
from community.config import Settings
from community.extensions import db
from tests.rig.postgres import Server

ENGINES = ("sqlite", "postgres")
PUBLIC_BASE_URL = "https://voice.example"


class Databases:
    """Makes databases on both engines. folder: fresh, for files; postgres: called when the first one is needed."""

    def __init__(self, folder: Path, postgres: Callable[[], Server]) -> None:
        self.folder = folder
        self._postgres = postgres
        self._templates: dict[tuple[str, str], str] = {}

    def empty(self, engine: str) -> str:
        """The address of a database without tables."""
        if engine == "postgres":
            return self._postgres().create_database()
        return f"sqlite:///{self.folder / secrets.token_hex(6)}.sqlite"

    def migrated(self, engine: str) -> str:
        """The address of a database with all tables and no rows."""
        return self._copy(engine, "migrated", flask_migrate.upgrade)

    def lived_in(self, engine: str) -> str:
        """The address of a database with the demonstration answers that `make run` begins with."""
        from community.operations import serve  # which loads every room

        return self._copy(engine, "lived in", serve.furnish)

    def drop(self, address: str) -> None:
        """Remove a database that this object made."""
        if address.startswith("sqlite"):
            for suffix in ("", "-wal", "-shm", "-turn"):
                Path(f"{_file(address)}{suffix}").unlink(missing_ok=True)
        else:
            self._postgres().drop_database(address)

    def environ(self, address: str) -> dict[str, str]:
        """The environment in which the application uses a database: folders of its own, and nothing remembered."""
        home = self.folder / f"home-{secrets.token_hex(6)}"
        return {
            "APP_ENV": "development",
            "DATABASE_URL": address,
            "INSTANCE_DIR": str(home / "instance"),
            "RUNTIME_DIR": str(home / "runtime"),
            "SECRET_KEY": secrets.token_hex(32),
            "PUBLIC_BASE_URL": PUBLIC_BASE_URL,
            "CACHE_SECONDS": "0",
        }

    def app(self, address: str, **environ: str) -> Flask:
        """The application on a database, with settings of the environment changed as given."""
        return create_app(Settings.from_environ(self.environ(address) | environ))

    def _copy(self, engine: str, kind: str, furnish: Callable[[], object]) -> str:
        template = self._template(engine, kind, furnish)
        if engine == "postgres":
            return self._postgres().create_database(template)
        copy = self.empty(engine)
        shutil.copyfile(_file(template), _file(copy))
        return copy

    def _template(self, engine: str, kind: str, furnish: Callable[[], object]) -> str:
        if (engine, kind) not in self._templates:
            address = self.empty(engine)
            app = self.app(address)
            with app.app_context():
                furnish()
            dispose(app)  # PostgreSQL copies a database only while nobody is connected; SQLite then has no WAL
            self._templates[engine, kind] = address
        return self._templates[engine, kind]


def dispose(app: Flask) -> None:
    """Close every connection of an application."""
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


def _file(address: str) -> str:
    path = make_url(address).database
    assert path is not None
    return path
