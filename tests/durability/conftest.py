"""The real server on a database of its own, which a test may kill. DURABILITY=full for the whole of it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import URL

from community.shared.clock import london_today
from tests.durability.books import Books
from tests.rig.databases import Databases
from tests.rig.postgres import EmbeddedServer, Server, start_embedded
from tests.rig.server import Site


@dataclass(frozen=True)
class Measure:
    """How long the storm lasts. people: submissions; kills: of the service; postgres_kills: of the database."""

    people: int
    kills: int
    postgres_kills: int


MEASURES = {"brief": Measure(300, 12, 3), "full": Measure(1_000, 50, 10)}


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
    """start(address): a service on the database at this address; stopped afterwards."""
    with ExitStack() as ending:

        def started(address: str) -> World:
            environ = databases.environ(address)
            site = Site(environ, tmp_path / "log")
            ending.callback(site.kill)
            site.start()
            codes = [poster["code"] for poster in json.loads(site.flask("posters", "list", "--json"))]
            books = Books(environ, london_today())
            ending.callback(books.close)
            return World(site, codes, books)

        yield started


@pytest.fixture
def world(engine_name: str, databases: Databases, start: Callable[[str], World]) -> World:
    """A running service on either engine."""
    return start(databases.empty(engine_name))


@pytest.fixture
def own_postgres() -> Iterator[tuple[EmbeddedServer, str]]:
    """A PostgreSQL to kill, and the address of an empty database on it."""
    embedded = start_embedded()
    query = {"host": str(embedded.socket_folder)}
    address = URL.create("postgresql+psycopg", username="postgres", database="postgres", query=query)
    try:
        yield embedded, Server(address, embedded).create_database()
    finally:
        embedded.stop()
