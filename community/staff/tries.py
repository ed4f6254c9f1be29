"""Wrong passwords and codes of the last quarter of an hour, in RUNTIME_DIR: each makes the next one wait longer.

What waits is an account *from an address*: whoever hammers somebody's account elsewhere does not slow that person down.
Those who try from many addresses have a part of what this host can do, and whoever comes from a new one has another
(`pacing.FROM_ALL`). An address stands here only as a hash under the daily key. Who has signed in from where they are is
let through however many others are trying (`known.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from community.shared.daily_keys import DailyKeys
from community.shared.runtime_file import RuntimeFile
from community.staff.known import Known
from community.staff.networks import home, site
from community.staff.pacing import (
    FEW_TRIES,
    FORGOTTEN_AFTER_SECONDS,
    FROM_ONE_ADDRESS,
    LETTERS,
    Rate,
    share_of,
    wait_seconds,
)

_SCHEMA: Final = """
create table if not exists wrong (what blob primary key, n integer not null, at integer not null) without rowid;
create table if not exists bucket (what blob primary key, left real not null, at real not null) without rowid;
drop table if exists known;
"""


@dataclass(frozen=True)
class Wait:
    """Not now: in so many seconds."""

    seconds: int

    @property
    def words(self) -> str:
        unit = f"{self.seconds} seconds" if self.seconds < 90 else f"{round(self.seconds / 60)} minutes"
        return f"There were many tries just now. Wait {unit}, then try again."


class Tries:
    """Shared by the workers of one host. All methods take the time."""

    def __init__(self, path: Path, keys: DailyKeys, known: Known) -> None:
        self._file, self._keys, self._known = RuntimeFile(path, _SCHEMA), keys, known

    def may_try(self, email: str, address: str, now: datetime) -> Wait | None:
        """Whether a password may be tried for an account from an address; takes one from the buckets when it may."""
        if wait := self._wait(self._pair(email, address, now), now):
            return wait
        if self._known.knows(email, address, now.date()):
            return None
        if not self._take(self._hash("address", home(address), "", now.date()), FROM_ONE_ADDRESS, now):
            return Wait(_soon(FROM_ONE_ADDRESS))
        places = self._places(address, now)
        share = share_of(*(self._add(what, now) - 1 for what in places))  # counted first: many at once are not all new
        if not self._take(f"all {share.name}".encode(), share.rate, now):
            self._uncount(places)
            return Wait(_soon(share.rate))
        return None

    def may_queue(self, email: str, address: str, now: datetime) -> bool:
        """Whether somebody who may try may also wait for others: who is known there, or comes from where few tries
        did, this one included."""
        if self._known.knows(email, address, now.date()):
            return True
        return self._count(self._places(address, now)[0], now) <= FEW_TRIES + 1

    def wrong(self, email: str, address: str, now: datetime) -> int:
        """A password was wrong; how many of this pair were, lately."""
        return self._add(self._pair(email, address, now), now)

    def right(self, email: str, address: str, now: datetime) -> None:
        """The person is in: what was wrong before no longer counts, and they are known here. Somebody new here had one
        try counted against the address, which was none that it should be held against."""
        pair = self._pair(email, address, now)
        self._file.connection().execute("delete from wrong where what = ?", (pair,))
        if self._known.learn(email, address, now.date()):
            self._uncount(self._places(address, now))

    def may_write(self, email: str, now: datetime) -> bool:
        """Whether another letter may go to an address: two at once, then one in five minutes."""
        return self._take(self._hash("letter", email, "", now.date()), LETTERS, now)

    def may_pass(self, what: str, rate: Rate, now: datetime) -> bool:
        """Whether one more may come of something that comes at a rate."""
        return self._take(self._hash("rate", what, "", now.date()), rate, now)

    def may_try_code(self, account_id: int, now: datetime) -> Wait | None:
        """Whether a code may be tried for an account whose password was right."""
        return self._wait(_code(account_id), now, longest=900)

    def wrong_code(self, account_id: int, now: datetime) -> int:
        return self._add(_code(account_id), now)

    def right_code(self, account_id: int) -> None:
        self._file.connection().execute("delete from wrong where what = ?", (_code(account_id),))

    def purge(self, now: datetime) -> None:
        """Forget what no longer counts."""
        connection, before = self._file.connection(), now.timestamp() - FORGOTTEN_AFTER_SECONDS
        connection.execute("delete from wrong where at < ?", (before,))
        connection.execute("delete from bucket where at < ?", (before,))
        self._known.purge(now.date())

    def _wait(self, what: bytes, now: datetime, *, longest: int = 60) -> Wait | None:
        row = self._file.connection().execute("select n, at from wrong where what = ?", (what,)).fetchone()
        if row is None or now.timestamp() - row[1] > FORGOTTEN_AFTER_SECONDS:
            return None
        left = row[1] + wait_seconds(row[0], longest=longest) - now.timestamp()
        return Wait(int(left) + 1) if left > 0 else None

    def _add(self, what: bytes, now: datetime) -> int:
        at = int(now.timestamp())
        row = self._file.connection().execute(
            "insert into wrong values (?1, 1, ?2) on conflict do update set"
            " n = case when wrong.at < ?3 then 1 else wrong.n + 1 end, at = ?2 returning n",
            (what, at, at - FORGOTTEN_AFTER_SECONDS),
        ).fetchone()  # fmt: skip
        return int(row[0])

    def _take(self, what: bytes, rate: Rate, now: datetime) -> bool:
        connection, at = self._file.connection(), now.timestamp()
        connection.execute("begin immediate")
        try:
            row = connection.execute("select left, at from bucket where what = ?", (what,)).fetchone()
            left = rate.burst if row is None else rate.filled(row[0], at - row[1])
            if left >= 1:
                connection.execute("insert or replace into bucket values (?, ?, ?)", (what, left - 1, at))
            return left >= 1
        finally:
            connection.execute("commit")

    def _count(self, what: bytes, now: datetime) -> int:
        row = self._file.connection().execute(
            "select n from wrong where what = ? and at >= ?", (what, now.timestamp() - FORGOTTEN_AFTER_SECONDS)
        ).fetchone()  # fmt: skip
        return int(row[0]) if row else 0

    def _uncount(self, places: list[bytes]) -> None:
        """Take back what was counted a moment ago. The time stays: an address from which somebody goes on trying all
        the time is not new again after a quarter of an hour."""
        self._file.connection().executemany(
            "update wrong set n = n - 1 where what = ? and n > 0", [(what,) for what in places]
        )

    def _places(self, address: str, now: datetime) -> list[bytes]:
        """What tries from an address are counted by: its own network, and the site that holds it, if it is of one."""
        there = [("place", home(address)), ("site", site(address))]
        return [self._hash(kind, network, "", now.date()) for kind, network in there if network]

    def _pair(self, email: str, address: str, now: datetime) -> bytes:
        return self._hash("pair", email, home(address), now.date())

    def _hash(self, kind: str, one: str, other: str, day: date) -> bytes:
        return self._keys.digest(f"staff {kind}", f"{one.strip().lower()}\0{other}".encode(), day, today=day)


def _soon(rate: Rate) -> int:
    return max(1, round(1 / rate.per_second))


def _code(account_id: int) -> bytes:
    return b"code %d" % account_id
