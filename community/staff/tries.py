"""Wrong passwords and codes of the last quarter of an hour, in RUNTIME_DIR: each makes the next one wait longer.

What waits is an account *from an address*: whoever hammers somebody's account elsewhere does not slow that person down.
An address stands here only as a hash under the daily key; so does, for two days, an account that has signed in from it,
and such a person is let through however many others are trying.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from community.shared.clock import days_before
from community.shared.daily_keys import DailyKeys, KeyGone
from community.shared.runtime_file import RuntimeFile
from community.staff.pacing import FORGOTTEN_AFTER_SECONDS, FROM_ALL, FROM_ONE_ADDRESS, LETTERS, Rate, wait_seconds

_SCHEMA: Final = """
create table if not exists wrong (what blob primary key, n integer not null, at integer not null) without rowid;
create table if not exists bucket (what blob primary key, left real not null, at real not null) without rowid;
create table if not exists known (what blob primary key, day text not null) without rowid;
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

    def __init__(self, path: Path, keys: DailyKeys) -> None:
        self._file, self._keys = RuntimeFile(path, _SCHEMA), keys

    def may_try(self, email: str, address: str, now: datetime) -> Wait | None:
        """Whether a password may be tried for an account from an address; takes one from the buckets when it may."""
        pair = self._hash("pair", email, address, now.date())
        if wait := self._wait(pair, now):
            return wait
        if self._knows(email, address, now.date()):
            return None
        for what, rate in ((self._hash("address", address, "", now.date()), FROM_ONE_ADDRESS), (b"all", FROM_ALL)):
            if not self._take(what, rate, now):
                return Wait(max(1, round(1 / rate.per_second)))
        return None

    def wrong(self, email: str, address: str, now: datetime) -> int:
        """A password was wrong; how many of this pair were, lately."""
        return self._add(self._hash("pair", email, address, now.date()), now)

    def right(self, email: str, address: str, now: datetime) -> None:
        """The person is in: what was wrong before no longer counts, and they are known here."""
        connection, pair = self._file.connection(), self._hash("pair", email, address, now.date())
        connection.execute("delete from wrong where what = ?", (pair,))
        connection.execute("insert or replace into known values (?, ?)", (pair, now.date().isoformat()))

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
        connection.execute("delete from known where day < ?", (days_before(now.date(), 1).isoformat(),))

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

    def _knows(self, email: str, address: str, today: date) -> bool:
        hashes = [self._hash("pair", email, address, today)]
        with suppress(KeyGone):
            hashes.append(self._hash("pair", email, address, days_before(today, 1), today=today))
        marks = ", ".join("?" * len(hashes))
        query = f"select 1 from known where what in ({marks})"
        return self._file.connection().execute(query, hashes).fetchone() is not None

    def _hash(self, kind: str, one: str, other: str, day: date, *, today: date | None = None) -> bytes:
        said = f"{one.strip().lower()}\0{other}".encode()
        return self._keys.digest(f"staff {kind}", said, day, today=today or day)


def _code(account_id: int) -> bytes:
    return b"code %d" % account_id
