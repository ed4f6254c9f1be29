"""When things break behind it, the running service still answers a text and the chat: 999 and helplines, in time."""

from __future__ import annotations

import sqlite3
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import make_url

from community.support.catalogue import by_id, load
from tests.durability.lines import Lines, PhoneLine, lines
from tests.rig.postgres import EmbeddedServer
from tests.rig.twilio_standin import post

__all__ = ["lines"]

DA_LINE = by_id(load())["nat_da_helpline"].phone or ""
MESSAGES = ("my husband hits me", "hes going to kill me", "hello", "?", "who sees this?", "haven Barking Station")


def check_help(line: PhoneLine) -> None:
    """Texts and the chat are answered within five seconds with 999; what was plain is still told plainly."""
    for n, words in enumerate(MESSAGES):
        began = time.monotonic()
        said = line.say(words, f"+4477009006{time.monotonic_ns() % 10}{n}")
        assert time.monotonic() - began < 5
        assert "999" in said, words
        assert DA_LINE in said or n
        began = time.monotonic()
        page = post(f"{line.site.url}/chat", {"text": words, "_state": ""}, {})
        assert time.monotonic() - began < 5
        assert page.status == 200 and "999" in page.body.partition('id="log"')[2].partition("<form")[0]


def is_well(line: PhoneLine) -> bool:
    try:
        urllib.request.urlopen(f"{line.site.url}/healthz", timeout=15).close()
    except urllib.error.HTTPError as answer:
        answer.close()
        return False
    return True


def test_with_postgresql_killed(lines: Lines, own_postgres: tuple[EmbeddedServer, str]) -> None:
    server, address = own_postgres
    line = lines(address)
    check_help(line)
    server.kill()
    check_help(line)
    assert not is_well(line)
    server.start()
    check_help(line)


@pytest.mark.parametrize("how", ["taken away", "overwritten", "locked"])
def test_with_sqlite(lines: Lines, how: str) -> None:
    line = lines("sqlite")
    path = Path(make_url(line.site.environ["DATABASE_URL"]).database or "")
    undo = _break(path, how)
    check_help(line)
    undo()


def _break(path: Path, how: str) -> Callable[[], object]:
    if how == "taken away":
        path.rename(path.with_suffix(".gone"))
    elif how == "overwritten":
        path.write_bytes(b"this was a database" * 1_000)
    else:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("begin immediate")
        return other.close
    return lambda: None


@pytest.mark.parametrize("name", ["talks.sqlite", "counters.sqlite", "jobs.sqlite", "keys", "turns"])
def test_with_a_file_of_the_runtime_folder_in_the_way(lines: Lines, name: str) -> None:
    """As on a full or broken disk: what must be remembered cannot be, and help comes all the same."""
    line = lines("sqlite")
    path = Path(line.site.environ["RUNTIME_DIR"]) / name
    line.site.stop()
    for there in path.parent.glob(f"{name}*"):
        there.rename(there.with_name(f"old-{there.name}"))
    path.write_bytes(b"in the way" * 500)
    line.site.start()
    check_help(line)
