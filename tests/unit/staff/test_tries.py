"""Slower and slower, never not at all; and never somebody else."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.shared.clock import LONDON
from community.shared.daily_keys import DailyKeys
from community.staff.known import Known
from community.staff.pacing import (
    FORGOTTEN_AFTER_SECONDS,
    FREE_TRIES,
    FROM_ALL,
    FROM_ONE_ADDRESS,
    KNOWN_DAYS,
    Rate,
    wait_seconds,
)
from community.staff.tries import Tries

NOW = datetime(2027, 1, 31, 9, 30, tzinfo=LONDON)
OFFICE, CAFE = "192.0.2.1", "198.51.100.7"
OFFICER = "analyst@council.example"


@pytest.fixture
def tries(tmp_path: Path) -> Tries:
    return _tries(tmp_path)


def _tries(folder: Path) -> Tries:
    known = Known(folder / "known.sqlite", "x" * 40)
    return Tries(folder / "tries.sqlite", DailyKeys(folder / "keys"), known)


def _wrong(tries: Tries, times: int, *, address: str = CAFE, now: datetime = NOW) -> None:
    for _ in range(times):
        tries.wrong(OFFICER, address, now)


@given(st.integers(0, 10_000), st.integers(1, 900))
def test_a_wait_grows_with_what_was_wrong_and_ends(wrong: int, longest: int) -> None:
    assert 0 <= wait_seconds(wrong, longest=longest) <= wait_seconds(wrong + 1, longest=longest) <= longest


@given(st.floats(0, 12), st.floats(-1000, 100_000))
def test_a_bucket_never_overflows_and_never_loses_by_waiting(left: float, seconds: float) -> None:
    rate = Rate(burst=12, per_second=0.5)
    assert left <= rate.filled(left, seconds) <= 12


def test_a_few_wrong_passwords_cost_no_wait_and_more_do(tries: Tries) -> None:
    _wrong(tries, FREE_TRIES - 1)
    assert tries.may_try(OFFICER, CAFE, NOW) is None
    _wrong(tries, 1)
    waits = []
    for _ in range(8):
        wait = tries.may_try(OFFICER, CAFE, NOW)
        waits.append(wait.seconds if wait else 0)
        _wrong(tries, 1)
    assert waits == sorted(waits)
    assert waits[0] >= 2
    assert waits[-1] <= 61


def test_whoever_waited_may_try_again(tries: Tries) -> None:
    _wrong(tries, 30)
    wait = tries.may_try(OFFICER, CAFE, NOW)
    assert wait is not None
    assert tries.may_try(OFFICER, CAFE, NOW + timedelta(seconds=wait.seconds)) is None


def test_wrong_passwords_elsewhere_slow_nobody_down_here(tries: Tries) -> None:
    _wrong(tries, 1000, address=CAFE)
    assert tries.may_try(OFFICER, CAFE, NOW)
    assert tries.may_try(OFFICER, OFFICE, NOW) is None
    assert tries.may_try("other@council.example", CAFE, NOW) is None


def test_trying_many_accounts_from_one_address_is_slow_too(tries: Tries) -> None:
    let_through = [tries.may_try(f"u{n}@council.example", CAFE, NOW) is None for n in range(100)]
    assert 0 < sum(let_through) <= FROM_ONE_ADDRESS.burst
    assert tries.may_try("u@council.example", CAFE, NOW + timedelta(seconds=5)) is None


def test_trying_from_many_addresses_is_slow_too_but_not_for_those_who_are_known(tries: Tries) -> None:
    tries.right(OFFICER, OFFICE, NOW - timedelta(days=1))
    let_through = [tries.may_try(f"u{n}@x.example", f"10.0.{n // 250}.{n % 250}", NOW) is None for n in range(500)]
    assert sum(let_through) == FROM_ALL[0].rate.burst
    assert tries.may_try(OFFICER, OFFICE, NOW) is None


def _drained(tries: Tries, address: str) -> None:
    for n in range(50):
        tries.may_try(f"u{n}@x.example", address, NOW)


def test_who_signed_in_is_known_there_for_thirty_days(tries: Tries) -> None:
    tries.right(OFFICER, OFFICE, NOW - timedelta(days=KNOWN_DAYS))
    tries.right("other@council.example", OFFICE, NOW - timedelta(days=KNOWN_DAYS + 1))
    tries.purge(NOW)
    _drained(tries, OFFICE)
    assert tries.may_try(OFFICER, OFFICE, NOW) is None
    assert tries.may_try("other@council.example", OFFICE, NOW)
    assert tries.may_try(OFFICER, CAFE, NOW) is None
    _drained(tries, CAFE)
    assert tries.may_try(OFFICER, CAFE, NOW), "known there, not here"


def test_another_address_of_the_same_line_is_the_same_and_its_neighbours_are_not(tries: Tries) -> None:
    tries.right(OFFICER, "2001:db8:0:7::1", NOW)
    for n in range(50):
        tries.may_try(f"u{n}@x.example", f"2001:db8:0:7::{n:x}", NOW)
    assert tries.may_try("new@council.example", "2001:db8:0:7:ffff::2", NOW)
    assert tries.may_try(OFFICER, "2001:db8:0:7:abcd::9", NOW) is None, "known on that line"
    assert tries.may_try("new@council.example", "2001:db8:1:7::1", NOW) is None


def test_who_tries_often_from_one_address_waits_for_nobody_and_so_fills_no_room(tries: Tries) -> None:
    tries.right(OFFICER, OFFICE, NOW)
    queued = []
    for n in range(6):
        assert tries.may_try(f"u{n}@x.example", OFFICE, NOW) is None
        queued.append(tries.may_queue(f"u{n}@x.example", OFFICE, NOW))
    assert queued == [True] * 3 + [False] * 3
    assert tries.may_queue(OFFICER, OFFICE, NOW), "known there"
    assert tries.may_queue(OFFICER, CAFE, NOW), "new there"


def test_a_right_password_is_not_held_against_an_address(tries: Tries) -> None:
    for n in range(20):
        now = NOW + timedelta(seconds=4 * n)
        assert tries.may_try(f"officer{n}@council.example", OFFICE, now) is None
        tries.right(f"officer{n}@council.example", OFFICE, now)
    assert tries._add(tries._places(OFFICE, NOW)[0], NOW) == 1


def test_signing_in_makes_wrong_tries_forgotten_and_so_does_time(tries: Tries) -> None:
    _wrong(tries, 10)
    tries.right(OFFICER, CAFE, NOW)
    assert tries.may_try(OFFICER, CAFE, NOW) is None
    _wrong(tries, 10)
    later = NOW + timedelta(seconds=FORGOTTEN_AFTER_SECONDS + 1)
    assert tries.may_try(OFFICER, CAFE, later) is None
    assert tries.wrong(OFFICER, CAFE, later) == 1


def test_wrong_codes_slow_the_account_down_wherever_it_is_tried(tries: Tries) -> None:
    for _ in range(12):
        tries.wrong_code(7, NOW)
    wait = tries.may_try_code(7, NOW)
    assert wait is not None
    assert 60 < wait.seconds <= 901
    assert tries.may_try_code(8, NOW) is None
    tries.right_code(7)
    assert tries.may_try_code(7, NOW) is None


def test_neither_address_nor_email_stands_in_the_file(tries: Tries, tmp_path: Path) -> None:
    tries.may_try(OFFICER, OFFICE, NOW)
    _wrong(tries, 3)
    tries.right(OFFICER, OFFICE, NOW)
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("*.sqlite*"))
    assert OFFICE.encode() not in kept
    assert b"analyst" not in kept


def test_what_no_longer_counts_is_forgotten(tries: Tries) -> None:
    tries.may_try(OFFICER, OFFICE, NOW)
    _wrong(tries, 3)
    tries.right(OFFICER, OFFICE, NOW)
    tries.purge(NOW + timedelta(days=31))
    files = {"wrong": tries._file, "bucket": tries._file, "known": tries._known._file}
    for table, file in files.items():
        assert file.connection().execute(f"select count(*) from {table}").fetchone() == (0,), table
