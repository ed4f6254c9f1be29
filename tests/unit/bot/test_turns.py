"""One phone is answered by one at a time, in this process and in others; nobody waits long, and others do not wait."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

from community.bot.turns import MOST_WAITING, STRIPES, Turns
from community.config import ROOT

PHONE, OTHER = bytes(32), (1).to_bytes(4, "big") + bytes(28)


def test_two_threads_never_have_the_turn_of_one_phone_at_once(tmp_path: Path) -> None:
    turns, inside, most, got = Turns(tmp_path, wait_seconds=5), 0, 0, []

    def work() -> None:
        nonlocal inside, most
        with turns.turn_of(PHONE) as mine:
            if mine:
                inside += 1
                most = max(most, inside)
                time.sleep(0.01)
                inside -= 1
            got.append(mine)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    assert got == [True] * 3


def test_another_process_waits_for_its_turn(tmp_path: Path) -> None:
    held = subprocess.Popen(
        [sys.executable, "-c", "import sys, time; from pathlib import Path; from community.bot.turns import Turns\n"
         f"with Turns(Path({str(tmp_path)!r})).turn_of(bytes(32)) as mine:\n"
         "    print(mine, flush=True); sys.stdin.read()"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert held.stdin and held.stdout and held.stdout.readline() == "True\n"
    here = Turns(tmp_path, wait_seconds=0.1)
    with here.turn_of(PHONE) as mine:
        assert not mine
    with here.turn_of(OTHER) as mine:
        assert mine, "another phone does not wait"
    held.communicate("")
    with here.turn_of(PHONE) as mine:
        assert mine


def test_waiting_ends_in_time(tmp_path: Path) -> None:
    first, second = Turns(tmp_path), Turns(tmp_path, wait_seconds=0.2)  # as two processes: they share only the files
    with first.turn_of(PHONE):
        began = time.monotonic()
        with second.turn_of(PHONE) as mine:
            assert not mine
        assert 0.15 < time.monotonic() - began < 1


def test_in_a_flood_from_one_phone_few_wait_and_the_rest_go_on_at_once(tmp_path: Path) -> None:
    turns, got = Turns(tmp_path, wait_seconds=5), []

    def wait() -> None:
        with turns.turn_of(PHONE) as mine:
            got.append(mine)

    with turns.turn_of(PHONE):
        threads = [threading.Thread(target=wait) for _ in range(MOST_WAITING)]
        for thread in threads:
            thread.start()
        while sum(turns._waiting) < MOST_WAITING:
            time.sleep(0.001)
        began = time.monotonic()
        with turns.turn_of(PHONE) as mine:
            assert not mine
        assert time.monotonic() - began < 0.1
    for thread in threads:
        thread.join()
    assert got == [True] * MOST_WAITING
    assert sum(turns._waiting) == 0


def test_a_turn_is_given_back_when_answering_fails(tmp_path: Path) -> None:
    turns = Turns(tmp_path, wait_seconds=0.1)
    for _ in range(2):
        try:
            with turns.turn_of(PHONE) as mine:
                assert mine
                raise ValueError
        except ValueError:
            continue


def test_files_are_as_many_as_stripes_hold_nothing_and_are_ours_alone(tmp_path: Path) -> None:
    turns = Turns(tmp_path / "turns")
    for number in range(STRIPES + 20):
        with turns.turn_of(number.to_bytes(4, "big") + bytes(28)) as mine:
            assert mine
    files = list((tmp_path / "turns").iterdir())
    assert len(files) == STRIPES
    assert {file.stat().st_size for file in files} == {0}
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
