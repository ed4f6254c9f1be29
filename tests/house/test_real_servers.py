"""The PostgreSQL that the tests start is a real one: it keeps what it said it kept, and leaves nothing behind."""

from __future__ import annotations

import os
import subprocess

import psycopg
import pytest

from tests.rig.postgres import PostgresUnavailable, find_server
from tests.rig.postgres_embedded import start_embedded


def test_a_killed_server_comes_back_with_what_it_committed_and_then_leaves_nothing() -> None:
    server = start_embedded()
    try:
        address = f"host={server.socket_folder} user=postgres dbname=postgres"
        with psycopg.connect(address) as connection:
            connection.execute("create table kept (n int)")
        with psycopg.connect(address) as connection:
            assert connection.execute("show fsync").fetchone() == ("on",)
            assert connection.execute("show synchronous_commit").fetchone() == ("on",)
            connection.execute("insert into kept values (1)")
        unfinished = psycopg.connect(address)
        unfinished.execute("insert into kept values (2)")
        server.kill()
        unfinished.close()
        server.start()
        with psycopg.connect(address) as connection:
            assert connection.execute("select n from kept").fetchall() == [(1,)]
        assert "was not properly shut down; automatic recovery in progress" in server.log_text()
    finally:
        server.stop()
    assert not server.folder.exists()


def test_the_server_runs_as_an_ordinary_user_in_a_folder_of_its_own() -> None:
    server = start_embedded()
    try:
        shown = subprocess.run(["ps", "-o", "uid=", "-p", str(server.pid)], check=True, capture_output=True, text=True)
        assert int(shown.stdout) != 0
        assert server.folder.stat().st_mode & 0o077 == 0
        assert os.listdir(server.folder / "data")
    finally:
        server.stop()


def test_a_server_that_is_named_and_does_not_answer_is_said_in_one_sentence() -> None:
    with pytest.raises(PostgresUnavailable, match=r"^DATABASE_URL_TEST names a server that does not answer: [^\n]+$"):
        find_server({"DATABASE_URL_TEST": "postgresql://nobody@127.0.0.1:1/nothing"})
