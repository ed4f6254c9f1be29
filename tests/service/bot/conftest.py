"""Nothing of the bot needs the database: one engine is enough, but where the database is what is tried."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.rig.databases import Databases, dispose
from tests.rig.rollback import rolled_back
from tests.service.bot.phone import Phone


@pytest.fixture(scope="session")
def bot_app(databases: Databases) -> Iterator[Flask]:
    app = databases.app(databases.migrated("sqlite"))
    yield app
    dispose(app)


@pytest.fixture
def runtime_dir(tmp_path: Path) -> Path:
    """Where keys, talks and counts of the test are."""
    return tmp_path / "runtime"


@pytest.fixture
def phone(bot_app: Flask, runtime_dir: Path) -> Iterator[Phone]:
    with rolled_back(bot_app, runtime_dir), bot_app.app_context():
        yield Phone()
