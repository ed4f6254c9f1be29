"""Small counts in RUNTIME_DIR: none lost while the machine stands, shared by all processes, forgotten on time."""

from __future__ import annotations

import logging
import multiprocessing
import os
import sqlite3
import threading
from pathlib import Path

import pytest

from community.shared.counters import Counters


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "runtime" / "counters.sqlite"


def _count(path: Path, gate: object, times: int) -> None:
    gate.wait()  # type: ignore[attr-defined]
    counters = Counters(path)
    for n in range(times):
        counters.note("taps", 1, "2026-11-20T09")
        counters.note("scans", n % 2, "2026-11-20")
        if n % 7 == 0:
            counters.flush()
    counters.flush()


def test_processes_that_count_together_lose_nothing(path: Path) -> None:
    fork = multiprocessing.get_context("fork")
    gate = fork.Barrier(4)
    processes = [fork.Process(target=_count, args=(path, gate, 100)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * 4
    assert Counters(path).take("scans") == {(0, "2026-11-20"): 200, (1, "2026-11-20"): 200}
    assert Counters(path).total("taps", 1, "2026-11-20T09") == 400


def test_threads_that_count_together_lose_nothing(path: Path) -> None:
    counters = Counters(path)
    totals: list[int] = []

    def count() -> None:
        totals.extend(counters.note("taps", 1, "h") for _ in range(50))
        for _ in range(50):
            counters.note("scans", 1, "d")

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(totals) == list(range(1, 401))  # every total is given out once
    counters.flush()
    assert counters.take("scans") == {(1, "d"): 400}


def test_adding_gives_the_new_total_of_that_count_alone(path: Path) -> None:
    counters = Counters(path)
    assert [counters.note("taps", 1, "h") for _ in range(3)] == [1, 2, 3]
    assert counters.note("taps", 1, "h", -1) == 2
    assert [counters.note("taps", 2, "h"), counters.note("taps", 1, "i"), counters.note("scans", 1, "h")] == [1, 1, 1]


def test_what_was_noted_is_in_the_file_once_it_is_flushed(path: Path) -> None:
    counters = Counters(path)
    for _ in range(3):
        counters.note("scans", 1, "2026-11-20")
    assert counters.take("scans") == {}
    counters.flush()
    counters.flush()
    assert Counters(path).take("scans") == {(1, "2026-11-20"): 3}


def test_a_total_tells_what_other_processes_had_brought_at_the_last_flush(path: Path) -> None:
    here, there = Counters(path), Counters(path)
    there.note("taps", 1, "h", 40)
    there.flush()
    assert here.note("taps", 1, "h") == 1  # not heard of yet
    here.flush()
    assert here.note("taps", 1, "h") == 42
    here.note("taps", 1, "i")
    here.flush()
    assert here._carried == {("taps", 1, "i"): 1}  # hours that are over are not held on to


def test_what_was_taken_is_gone_and_the_rest_is_not(path: Path) -> None:
    counters = Counters(path)
    counters.note("scans", 1, "a")
    counters.note("taps", 1, "a")
    counters.flush()
    assert counters.take("scans") == {(1, "a"): 1}
    assert counters.take("scans") == {}
    assert counters.total("taps", 1, "a") == 1


def test_old_hours_are_forgotten(path: Path) -> None:
    counters = Counters(path)
    for hour in ("2026-11-19T23", "2026-11-20T08", "2026-11-20T09"):
        counters.note("taps", 1, hour, 5)
        counters.note("taps safety", 1, hour, 6)
    counters.note("scans", 1, "2026-11-19", 5)
    counters.flush()
    counters.forget_before("taps", "2026-11-20T09")
    assert counters.take("taps") == {(1, "2026-11-20T09"): 5}
    assert counters.take("taps safety") == {(1, "2026-11-20T09"): 6}
    assert counters.take("scans") == {(1, "2026-11-19"): 5}


def test_what_cannot_be_written_now_waits(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    counters = Counters(path)
    counters.note("taps", 1, "h")
    counters.flush()
    broken = sqlite3.connect(path, isolation_level=None)
    broken.execute("alter table counter rename to elsewhere")
    counters.note("scans", 1, "d")
    with caplog.at_level(logging.WARNING):
        counters.flush()
    assert "wait to be written" in caplog.text
    broken.execute("alter table elsewhere rename to counter")
    broken.close()
    counters.note("scans", 1, "d")
    counters.flush()
    assert counters.take("scans") == {(1, "d"): 2}


def test_nobody_else_can_read_the_counts(path: Path) -> None:
    before = os.umask(0)
    try:
        counters = Counters(path)
        counters.note("taps", 1, "h")
        counters.flush()
    finally:
        os.umask(before)
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}
