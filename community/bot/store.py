"""What is remembered of talks for thirty minutes, and of answered messages for a day. In RUNTIME_DIR, in no backup.

No words and no numbers: a talk is needs and ages, and of a reply its id, version and facts are kept, to say the same
again to a provider that asks twice. Facts may be a place, a venue or a withdrawal code, so nothing of it can be read in
the file: a phone and a message are known by *marks*, keyed hashes under the daily key that are not kept either. From a
mark follow the name of its row and the key that seals the row: only who brings the phone or the message's id again
opens it, and only while the daily key is there."""

from __future__ import annotations

import hmac
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from community.bot.talk import LIFE, Talk
from community.bot.wording import Reply, say_again
from community.shared.runtime_file import RuntimeFile
from community.shared.sealed import BadSeal, seal, unseal

SAY_AGAIN_FOR: Final = timedelta(seconds=300)
"""A reply older than this may reach somebody else: then nothing is said (design: late is worse than never)."""
KNOWN_FOR: Final = timedelta(hours=24)
"""How long a message is known to have been answered."""
BUSY_SECONDS: Final = 1.0

_SCHEMA: Final = """
create table if not exists talk (phone blob primary key, seen integer not null, state text not null) without rowid;
create table if not exists said (message blob primary key, at integer not null, reply text) without rowid;
create index if not exists talk_seen on talk (seen);
create index if not exists said_at on said (at);
create index if not exists said_kept on said (at) where reply is not null;
"""
_TALK: Final = "talk"
_REPLY: Final = "reply"


@dataclass(frozen=True)
class Said:
    """That a message was answered before. text: what to say now: the same, or nothing where that was silence, is too
    old or is worded otherwise by now."""

    text: str


class Store:
    """Shared by the workers of one host. Every method raises sqlite3.Error when the file cannot be used."""

    def __init__(self, path: Path) -> None:
        self.file = RuntimeFile(path, _SCHEMA, busy_seconds=BUSY_SECONDS)

    def said(self, messages: Sequence[bytes], now: datetime) -> Said | None:
        """What was said to a message, known by its marks under the keys of today and yesterday; None for a new one."""
        marks = {_row(message): message for message in messages}
        found = self.file.connection().execute(
            f"select message, at, reply from said where message in ({_gaps(marks)}) limit 1", tuple(marks)
        ).fetchone()  # fmt: skip
        return None if found is None else Said(_again(marks[found[0]], found[1], found[2], now))

    def talk(self, phones: Sequence[bytes], now: datetime) -> Talk | None:
        """The talk with a phone, known by its marks under the keys of today and yesterday, unless it is over."""
        marks = {_row(phone): phone for phone in phones}
        found = self.file.connection().execute(
            f"select phone, state from talk where phone in ({_gaps(marks)}) order by seen desc limit 1", tuple(marks)
        ).fetchone()  # fmt: skip
        plain = _opened(found[1], marks[found[0]], _TALK) if found else None
        talk = Talk.from_json(plain) if isinstance(plain, dict) else None
        return None if talk is None or talk.is_over(now) else talk

    def keep(
        self, message: bytes, phones: Sequence[bytes], talk: Talk | None, reply: Reply | None, now: datetime
    ) -> None:
        """Remember in one step that a message was answered so, and what the talk has become; None forgets it.

        phones: today's mark first. Raises Answered when another thread was first: then nothing is changed. What is past
        its time goes in the same step, so that it does not wait for the job consumer."""
        connection = self.file.connection()
        connection.execute("begin immediate")
        try:
            fresh = _insert(connection, message, reply, now)
            if fresh:
                connection.executemany("delete from talk where phone = ?", [(_row(phone),) for phone in phones])
                if talk is not None:
                    state = seal(talk.to_json(), _key(phones[0]), _TALK)
                    connection.execute("insert into talk values (?, ?, ?)", (_row(phones[0]), talk.at, state))
                _forget(connection, now)
            connection.execute("commit")
        except BaseException:
            connection.execute("rollback")
            raise
        if not fresh:
            raise Answered

    def note(self, message: bytes, reply: Reply | None, now: datetime) -> None:
        """Remember that a message was answered so, and leave the talk as it is. Raises Answered."""
        if not _insert(self.file.connection(), message, reply, now):
            raise Answered

    def purge(self, now: datetime) -> int:
        """Forget talks that are over, replies that cannot be said again, and messages of yesterday: gone from the file
        and its log. How many talks went."""
        connection = self.file.connection()
        gone = _forget(connection, now)
        connection.execute("pragma wal_checkpoint(truncate)")
        return gone


class Answered(Exception):
    """The message was answered in the meantime: say what was said then."""


def _insert(connection: sqlite3.Connection, message: bytes, reply: Reply | None, now: datetime) -> bool:
    """Whether the message was new."""
    said = None if reply is None else [reply.id, reply.version, dict(reply.facts)]
    kept = seal(said, _key(message), _REPLY)  # silence too, so that nobody reads who was met with it
    done = connection.execute(
        "insert into said values (?, ?, ?) on conflict do nothing", (_row(message), int(now.timestamp()), kept)
    )
    return done.rowcount == 1


def _forget(connection: sqlite3.Connection, now: datetime) -> int:
    """Take away what is past its time; how many talks."""
    ages = {"talk": LIFE, "reply": SAY_AGAIN_FOR, "message": KNOWN_FOR}  # in seconds that pass, not by the clock
    before = {what: int(now.timestamp() - age.total_seconds()) for what, age in ages.items()}
    gone = connection.execute("delete from talk where seen < ?", (before["talk"],)).rowcount
    connection.execute("update said set reply = null where at < ? and reply is not null", (before["reply"],))
    connection.execute("delete from said where at < ?", (before["message"],))
    return gone


def _again(message: bytes, at: int, kept: str | None, now: datetime) -> str:
    if kept is None or abs(now.timestamp() - at) > SAY_AGAIN_FOR.total_seconds():
        return ""
    plain = _opened(kept, message, _REPLY)
    if not isinstance(plain, list):
        return ""
    reply = say_again(plain[0], plain[1], plain[2])
    return "" if reply is None else reply.text


def _row(mark: bytes) -> bytes:
    """The name of a row. Neither the mark nor the key can be worked out from it."""
    return hmac.digest(mark, b"row", "sha256")


def _key(mark: bytes) -> bytes:
    """What seals the row: 32 bytes."""
    return hmac.digest(mark, b"key", "sha256")


def _opened(sealed: str, mark: bytes, about: str) -> Any:
    """What was sealed; None where this mark does not open it, as with what another version kept."""
    try:
        return unseal(sealed, _key(mark), about)
    except BadSeal:
        return None


def _gaps(marks: Collection[bytes]) -> str:
    return ", ".join("?" * len(marks))
