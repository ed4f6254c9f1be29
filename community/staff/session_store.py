"""Who is signed in: in RUNTIME_DIR, so that signing out ends a session for whoever holds a copy of its cookie.

Twelve hours after it began a session is over, and fifteen minutes after the person last did something.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from community.shared.runtime_file import RuntimeFile

WHOLE_LIFE: Final = timedelta(hours=12)
IDLE_LIFE: Final = timedelta(minutes=15)
_TOUCH_EVERY: Final = timedelta(seconds=20)
"""How exactly the last activity is known: a page with many parts is one act, not many."""
_SCHEMA: Final = """create table if not exists session (id blob primary key, account integer not null,
mark text not null, started integer not null, seen integer not null) without rowid"""


@dataclass(frozen=True)
class Signed:
    """A session that is not over. mark: the account's uniquifier when it began; another now means that it was ended."""

    account_id: int
    mark: str


class SessionStore:
    """Sessions of this host, known by the hash of a token that only the cookie holds."""

    def __init__(self, path: Path) -> None:
        self._file = RuntimeFile(path, _SCHEMA)

    def begin(self, account_id: int, mark: str, now: datetime) -> str:
        """A new session; its token."""
        token, at = secrets.token_urlsafe(32), _seconds(now)
        self._file.connection().execute(
            "insert into session values (?, ?, ?, ?, ?)", (_digest(token), account_id, mark, at, at)
        )
        return token

    def find(self, token: str, now: datetime, *, active: bool) -> Signed | None:
        """The session of a token, unless it is over. active: the person did something, so it lasts from now on."""
        connection, id = self._file.connection(), _digest(token)
        row = connection.execute("select account, mark, started, seen from session where id = ?", (id,)).fetchone()
        if row is None:
            return None
        account, mark, started, seen = row
        at = _seconds(now)
        if at - started >= WHOLE_LIFE.total_seconds() or at - seen >= IDLE_LIFE.total_seconds():
            connection.execute("delete from session where id = ?", (id,))
            return None
        if active and at - seen >= _TOUCH_EVERY.total_seconds():
            connection.execute("update session set seen = ? where id = ?", (at, id))
        return Signed(account, mark)

    def end(self, token: str) -> None:
        """Sign out here."""
        self._file.connection().execute("delete from session where id = ?", (_digest(token),))

    def end_all(self, account_id: int) -> int:
        """Sign a person out wherever they are signed in on this host; how many sessions that were."""
        return self._file.connection().execute("delete from session where account = ?", (account_id,)).rowcount

    def purge(self, now: datetime) -> int:
        """Forget sessions that are over; how many."""
        at = _seconds(now)
        return self._file.connection().execute(
            "delete from session where started <= ? or seen <= ?",
            (at - WHOLE_LIFE.total_seconds(), at - IDLE_LIFE.total_seconds()),
        ).rowcount  # fmt: skip


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _seconds(now: datetime) -> int:
    return int(now.timestamp())
