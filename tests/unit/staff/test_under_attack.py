"""However many try wrong passwords, from however many addresses, somebody new with the right one soon gets in, and no
more hashes are made than this host can spare. Simulated by the clock, on the files that the service itself uses."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.shared.clock import LONDON
from community.shared.daily_keys import DailyKeys
from community.staff.known import Known
from community.staff.pacing import FROM_ALL
from community.staff.tries import Tries

NOW = datetime(2027, 1, 31, 9, 30, tzinfo=LONDON)
OFFICER, HOTEL = "analyst@council.example", "203.0.113.50"
SAVED_UP = sum(share.rate.burst for share in FROM_ALL)
A_SECOND = sum(share.rate.per_second for share in FROM_ALL)


class Attack:
    """Addresses that each try a made-up account every so many seconds, from a moment on. hashes: how many were made."""

    def __init__(self, folder: Path, addresses: list[str], every: float) -> None:
        known = Known(folder / "known.sqlite", "x" * 40)
        self.tries = Tries(folder / "tries.sqlite", DailyKeys(folder / "keys"), known)
        self.addresses, self.every, self.seconds, self.hashes = addresses, every, 0.0, 0
        self._names = count()

    @property
    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.seconds)

    def goes_on(self, seconds: float) -> None:
        end = self.seconds + seconds
        while self.seconds < end:
            for address in self.addresses:
                email = f"u{next(self._names)}@x.example"
                if self.tries.may_try(email, address, self.now) is None:
                    self.tries.wrong(email, address, self.now)
                    self.hashes += 1
            self.seconds += self.every

    def tries_needed(self, address: str, *, pause: float, wrong_first: int = 0) -> int:
        """How often an officer sends the form, a pause apart, until they are in."""
        for sent in range(1, 100):
            if self.tries.may_try(OFFICER, address, self.now) is None:
                self.hashes += 1
                if not wrong_first:
                    self.tries.right(OFFICER, address, self.now)
                    return sent
                self.tries.wrong(OFFICER, address, self.now)
                wrong_first -= 1
            self.goes_on(pause)
        raise AssertionError("shut out")


def _addresses(n: int) -> list[str]:
    return [f"198.51.100.{k}" for k in range(n)]


@pytest.mark.parametrize(("addresses", "every"), [(2, 1 / 7), (20, 0.5)])
@pytest.mark.parametrize("minutes", [0, 0.2, 4])
def test_somebody_new_gets_in_at_once(tmp_path: Path, addresses: int, every: float, minutes: float) -> None:
    attack = Attack(tmp_path, _addresses(addresses), every)
    attack.goes_on(minutes * 60)
    assert attack.tries_needed(HOTEL, pause=2) == 1


@settings(max_examples=25)
@given(st.integers(1, 20), st.floats(0.2, 20), st.floats(0, 100), st.integers(0, 2**32))
def test_at_any_rate_and_any_moment(addresses: int, every: float, seconds: float, last: int) -> None:
    with TemporaryDirectory() as folder:
        attack = Attack(Path(folder), _addresses(addresses), every)
        attack.goes_on(seconds)
        assert attack.tries_needed(f"2001:db8:{last >> 16:x}:{last & 0xFFFF:x}::1", pause=2) <= 2
        assert attack.hashes <= SAVED_UP + A_SECOND * (attack.seconds + 1)


def test_somebody_new_who_mistypes_gets_in_too(tmp_path: Path) -> None:
    attack = Attack(tmp_path, _addresses(2), 1 / 7)
    attack.goes_on(60)
    assert attack.tries_needed(HOTEL, pause=2, wrong_first=2) <= 4


def test_more_addresses_than_can_be_served_keep_somebody_new_waiting_only_while_there_are_more_of_them(
    tmp_path: Path,
) -> None:
    attack = Attack(tmp_path, [f"10.0.{n // 250}.{n % 250}" for n in range(100)], 5)
    attack.goes_on(240)
    assert attack.tries_needed(HOTEL, pause=2) == 1


def test_a_site_with_many_lines_is_held_to_be_one_attacker(tmp_path: Path) -> None:
    attack = Attack(tmp_path, [f"2001:db8:0:{n:x}::1" for n in range(200)], 5)
    attack.goes_on(60)
    assert attack.tries_needed(HOTEL, pause=2) == 1


def test_no_more_hashes_are_made_than_one_a_second_once_what_is_saved_up_is_spent(tmp_path: Path) -> None:
    attack = Attack(tmp_path, _addresses(60), 1.0)
    attack.goes_on(200)
    assert attack.hashes <= SAVED_UP + 200 * A_SECOND
    before, began = attack.hashes, attack.seconds
    attack.goes_on(120)
    assert attack.hashes - before <= (attack.seconds - began) * A_SECOND + 1
