"""When things break behind it, the running service still answers a text and the chat: 999 and helplines, in time."""

from __future__ import annotations

import itertools
import os
import signal
import sqlite3
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bench.processes import tree
from community.support.catalogue import by_id, load
from tests.durability.lines import Lines, PhoneLine, lines
from tests.rig.postgres import EmbeddedServer
from tests.rig.twilio_standin import post

__all__ = ["lines"]

DA_LINE = by_id(load())["nat_da_helpline"].phone or ""
SURVEY = "the code of a poster"
MESSAGES = (
    "my husband hits me",
    "hes going to kill me",
    "hello",
    "?",
    "who sees this?",
    "haven Barking Station",
    SURVEY,
)


NUMBERS = itertools.count(6_000)
"""Each text from a number of its own: a talk that goes on is answered otherwise."""


def check_help(line: PhoneLine) -> None:
    """Texts and the chat are answered within five seconds with 999; what was plain is still told plainly."""
    for n, meant in enumerate(MESSAGES):
        words = line.code if meant == SURVEY else meant
        began = time.monotonic()
        said = line.say(words, f"+44770090{next(NUMBERS):04}")
        assert time.monotonic() - began < 5, words
        assert "999" in said or (words == line.code and said), words
        assert DA_LINE in said or n
        began = time.monotonic()
        page = post(f"{line.site.url}/chat", {"text": words, "_state": ""}, {})
        assert time.monotonic() - began < 5
        answers = page.body.partition('id="log"')[2].partition("<form")[0]
        assert page.status == 200 and ("999" in answers or words == line.code)


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


def test_with_postgresql_that_hangs_and_says_nothing(lines: Lines, own_postgres: tuple[EmbeddedServer, str]) -> None:
    server, address = own_postgres
    line = lines(address)
    line.say(line.code)
    processes = tree(server.pid)
    for pid in processes:
        os.kill(pid, signal.SIGSTOP)
    try:
        check_help(line)
        with ThreadPoolExecutor(16) as people:
            taken = list(people.map(lambda n: _timed(line, n), range(60)))
    finally:
        for pid in processes:
            os.kill(pid, signal.SIGCONT)
    assert max(seconds for seconds, _ in taken) < 5
    assert all("999" in said for _, said in taken)


def _timed(line: PhoneLine, n: int) -> tuple[float, str]:
    """A code that asks the database, or a cry for help; seconds and words of the answer."""
    began = time.monotonic()
    said = line.say(line.code if n % 2 else MESSAGES[0], f"+4477009007{n:02}")
    return time.monotonic() - began, said


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
