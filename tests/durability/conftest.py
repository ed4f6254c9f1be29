"""The real server on a database of its own, which a test may kill. DURABILITY=full for the whole of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import URL

from community.extensions import db
from community.operations import demo
from community.places.service import posters
from community.shared.clock import london_today
from tests.durability.books import Books
from tests.rig.databases import Databases, dispose
from tests.rig.postgres import EmbeddedServer, Server, start_embedded
from tests.rig.server import Site


@dataclass(frozen=True)
class Measure:
    """How long the storm lasts. people: submissions; kills: of the service; postgres_kills: of the database."""

    people: int
    kills: int
    postgres_kills: int


MEASURES = {"brief": Measure(200, 8, 3), "full": Measure(1_000, 50, 10)}


@dataclass(frozen=True)
class World:
    """A running service, the posters that hang, and its books."""

    site: Site
    codes: list[str]
    books: Books


@pytest.fixture(scope="session")
def measure() -> Measure:
    return MEASURES[os.environ.get("DURABILITY", "brief")]


@pytest.fixture
def start(databases: Databases, tmp_path: Path) -> Iterator[Callable[[str], World]]:
    """start(address): a service on the migrated database at this address, with posters; stopped afterwards."""
    with ExitStack() as ending:

        def started(address: str) -> World:
            codes = hang_posters(databases, address)
            environ = databases.environ(address) | {"CACHE_SECONDS": "2"}  # as it runs for the public
            site = Site(environ, tmp_path / "log")
            ending.callback(site.kill)
            books = Books(environ, london_today())
            ending.callback(books.close)
            return World(site.start(), codes, books)

        yield started


@pytest.fixture
def world(engine_name: str, databases: Databases, start: Callable[[str], World]) -> World:
    """A running service on either engine."""
    return start(databases.migrated(engine_name))


def hang_posters(databases: Databases, address: str) -> list[str]:
    """Give a migrated database some posters and a few answers; the posters' codes."""
    app = databases.app(address)
    with app.app_context():
        demo.load(20, seed=1, on=london_today())
        codes = [poster.code for poster in posters.list_posters(None)]
        db.session.commit()
    dispose(app)
    return codes


@pytest.fixture
def own_postgres(tmp_path: Path) -> Iterator[tuple[EmbeddedServer, str]]:
    """A PostgreSQL to kill, and the address of a migrated database on it."""
    embedded = start_embedded()
    query = {"host": str(embedded.socket_folder)}
    address = URL.create("postgresql+psycopg", username="postgres", database="postgres", query=query)
    try:
        yield embedded, Databases(tmp_path, lambda: Server(address, embedded)).migrated("postgres")
    finally:
        embedded.stop()
