"""Fixtures that every kind of test shares. Service and HTTP tests run on SQLite and on a real PostgreSQL.

def test_a_closed_wave_takes_no_response(db_session): ...      # rolled back afterwards
def test_the_page_says_so(client): client.get("/").page.h1     # every page is checked as it comes
def test_two_at_once(fresh_app): ...                           # a database of its own, with real commits
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import settings
from sqlalchemy import make_url
from sqlalchemy.orm import Session, scoped_session

from community.extensions import db
from tests.rig.client import Client, Runner
from tests.rig.databases import ENGINES, Databases, dispose
from tests.rig.postgres import PostgresUnavailable, Server, find_server
from tests.rig.rollback import rolled_back

settings.register_profile("community", deadline=None)  # how fast something is belongs in `make bench`
settings.load_profile("community")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """With pytest-xdist, one PostgreSQL serves all workers; it ends with the process that started them."""
    if not hasattr(node.config, "shared_postgres"):
        node.config.shared_postgres = _find_server()
    node.workerinput["postgres"] = node.config.shared_postgres.address.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def postgres_server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A real PostgreSQL on which databases can be made. One to stop and kill is `start_embedded()`'s."""
    shared = getattr(request.config, "workerinput", {}).get("postgres")
    server = Server(make_url(shared)) if shared else _find_server()
    yield server
    server.close()


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """Makes empty and migrated databases on either engine."""
    return Databases(tmp_path_factory.mktemp("databases"), lambda: request.getfixturevalue("postgres_server"))


@pytest.fixture(scope="session", params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """ "sqlite" or "postgres"; every test that asks for it, or for what stands on it, runs on both."""
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def shared_app(engine_name: str, databases: Databases) -> Iterator[Flask]:
    """One application for each engine, on a migrated database. Tests ask for `app`, which cleans up after them."""
    app = databases.app(databases.migrated(engine_name))
    yield app
    dispose(app)


@pytest.fixture
def app(shared_app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """The application; whatever the test stores is rolled back, and its keys and counters are new."""
    with rolled_back(shared_app, tmp_path / "runtime"):
        yield shared_app


@pytest.fixture
def db_session(app: Flask) -> Iterator[scoped_session[Session]]:
    """An application context and its session, as service tests need. What it has added is committed (to a savepoint)
    before `client` or `runner` does anything, and read anew afterwards."""
    with app.app_context():
        yield db.session
        db.session.rollback()


@pytest.fixture
def client(app: Flask) -> Client:
    """A browser without scripts that checks every page it gets; see tests/rig/client.py."""
    return Client(app)


@pytest.fixture
def runner(app: Flask) -> Runner:
    """Types commands: `runner("places", "list")`, `runner.json("places", "list")`."""
    return Runner(app)


@pytest.fixture
def fresh_app(engine_name: str, databases: Databases) -> Iterator[Flask]:
    """The application on a migrated database of its own, where commits are real; dropped afterwards."""
    address = databases.migrated(engine_name)
    app = databases.app(address)
    yield app
    dispose(app)
    databases.drop(address)


def _find_server() -> Server:
    try:
        return find_server()
    except PostgresUnavailable as missing:
        pytest.exit(str(missing), returncode=1)
