"""One key for each London day, the same in every process, destroyed on time."""

from __future__ import annotations

import multiprocessing
import os
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest

from community.shared.daily_keys import KEY_BYTES, DailyKeys, KeyGone

DAY = date(2026, 11, 20)
YESTERDAY, TOMORROW, DAY_AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1), DAY + timedelta(days=2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


def _make_key(folder: Path, gate: object, found: object) -> None:
    gate.wait()  # type: ignore[attr-defined]
    found.put(DailyKeys(folder).key(DAY, today=DAY))  # type: ignore[attr-defined]


def test_processes_that_start_together_make_one_key(folder: Path) -> None:
    fork = multiprocessing.get_context("fork")
    gate, found = fork.Barrier(6), fork.Queue()
    processes = [fork.Process(target=_make_key, args=(folder, gate, found)) for _ in range(6)]
    for process in processes:
        process.start()
    keys = {found.get(timeout=20) for _ in processes}
    for process in processes:
        process.join(20)
    assert len(keys) == 1
    assert len(keys.pop()) == KEY_BYTES
    assert os.listdir(folder) == ["2026-11-20.key"]  # and no half-made one is left


def keys_at_midnight(keys: DailyKeys, today: date, tomorrow: date) -> list[tuple[bytes, bytes]]:
    """(tomorrow's key, today's) as eight threads get them in the same moment; a thread that fails gets none."""
    gate = threading.Barrier(8)
    found: list[tuple[bytes, bytes]] = []

    def ask() -> None:
        gate.wait()
        found.append((keys.key(tomorrow, today=tomorrow), keys.key(today, today=tomorrow)))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_threads_that_meet_at_midnight_get_one_key_each_day(folder: Path) -> None:
    for day in (DAY + timedelta(days=2 * n) for n in range(30)):
        keys = DailyKeys(folder)
        before = keys.key(day, today=day)
        found = keys_at_midnight(keys, day, day + timedelta(days=1))
        assert len(found) == 8
        assert len(set(found)) == 1
        assert found[0][1] == before


def test_each_day_has_a_key_of_its_own_that_says_nothing_of_the_others(folder: Path) -> None:
    keys = DailyKeys(folder)
    made = {keys.key(DAY + timedelta(days=n), today=DAY + timedelta(days=n)) for n in range(20)}
    assert len(made) == 20


def test_a_key_lasts_through_the_next_day_and_a_restart(folder: Path) -> None:
    key = DailyKeys(folder).key(DAY, today=DAY)
    assert DailyKeys(folder).key(DAY, today=TOMORROW) == key


@pytest.mark.parametrize("today", [DAY_AFTER, DAY + timedelta(days=400), YESTERDAY, YESTERDAY - timedelta(days=9)])
def test_no_key_serves_on_any_day_but_its_own_and_the_next(folder: Path, today: date) -> None:
    keys = DailyKeys(folder)
    keys.key(DAY, today=DAY)
    with pytest.raises(KeyGone):
        keys.key(DAY, today=today)  # its file is still there


def test_yesterday_s_key_is_not_made_today(folder: Path) -> None:
    with pytest.raises(KeyGone):
        DailyKeys(folder).key(YESTERDAY, today=DAY)
    assert not folder.exists()


def test_what_is_destroyed_is_overwritten_removed_and_forgotten(folder: Path) -> None:
    keys = DailyKeys(folder)
    key = keys.key(DAY, today=DAY)
    still_open = (folder / "2026-11-20.key").open("rb")  # as a thief who was quick enough to open the file
    assert keys.destroy_old(DAY_AFTER) == 1
    with still_open:
        assert still_open.read() != key
    assert os.listdir(folder) == []
    assert key not in vars(keys)["_known"].values()
    with pytest.raises(KeyGone):
        keys.key(DAY, today=DAY_AFTER)


def test_the_keys_of_today_and_yesterday_are_not_destroyed(folder: Path) -> None:
    keys = DailyKeys(folder)
    old, new = keys.key(DAY, today=DAY), keys.key(TOMORROW, today=TOMORROW)
    assert keys.destroy_old(TOMORROW) == 0
    assert (DailyKeys(folder).key(DAY, today=TOMORROW), DailyKeys(folder).key(TOMORROW, today=TOMORROW)) == (old, new)


def test_a_worker_forgets_a_key_when_the_next_days_are_asked_for(folder: Path) -> None:
    keys = DailyKeys(folder)
    key = keys.key(DAY, today=DAY)
    keys.key(DAY_AFTER, today=DAY_AFTER)
    assert key not in vars(keys)["_known"].values()


def test_destroying_before_there_is_any_key_is_no_fault(folder: Path) -> None:
    assert DailyKeys(folder).destroy_old(DAY) == 0


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_nobody_else_can_read_the_keys(folder: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        DailyKeys(folder).key(DAY, today=DAY)
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in folder.iterdir()] == [0o600]


def test_a_digest_hangs_on_the_purpose_the_message_and_the_day(folder: Path) -> None:
    keys = DailyKeys(folder)
    keys.key(DAY, today=DAY)
    digests = {
        keys.digest("a", b"x", DAY, today=TOMORROW),
        keys.digest("b", b"x", DAY, today=TOMORROW),
        keys.digest("a", b"y", DAY, today=TOMORROW),
        keys.digest("a", b"x", TOMORROW, today=TOMORROW),
    }
    assert len(digests) == 4
    assert keys.digest("a", b"x", DAY, today=DAY) in digests


def test_what_a_dying_worker_left_half_made_goes_too(folder: Path) -> None:
    keys = DailyKeys(folder)
    keys.key(DAY, today=DAY)
    old, young = folder / ".new-1", folder / ".new-2"
    for left in (old, young):
        left.write_bytes(b"k" * 32)
    os.utime(old, (0, 0))
    keys.destroy_old(DAY)
    assert (old.exists(), young.exists()) == (False, True)
