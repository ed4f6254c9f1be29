"""Small counts that must be forgotten: scans of the last minute, taps of this hour. In RUNTIME_DIR, in no backup.

Kept in a SQLite file that does not wait for the disk: a crash of the machine may lose a minute, never a response.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections import Counter
from pathlib import Path

from community.shared.runtime_file import RuntimeFile

log = logging.getLogger(__name__)

_SCHEMA = """create table if not exists counter (kind text, item integer, bucket text, n integer not null,
primary key (kind, item, bucket)) without rowid"""
_ADD = """insert into counter values (?, ?, ?, ?)
on conflict do update set n = n + excluded.n returning n"""


class Counters:
    """Counts by (kind, item, bucket), shared by the workers of one host; a bucket is a London date or hour."""

    def __init__(self, path: Path) -> None:
        self._file = RuntimeFile(path, _SCHEMA, busy_seconds=10)
        self._pending: Counter[tuple[str, int, str]] = Counter()
        self._carried: dict[tuple[str, int, str], int] = {}
        self._lock = threading.Lock()

    def note(self, kind: str, item: int, bucket: str, n: int = 1) -> int:
        """Add in memory; `flush` carries it to the file. The total as far as this process knows it: all that was in the
        file at its last flush of this count, and what it noted since."""
        key = (kind, item, bucket)
        with self._lock:
            self._pending[key] += n
            return self._carried.get(key, 0) + self._pending[key]

    def flush(self) -> None:
        """Carry what was noted in this process to the file; what cannot be carried now waits for the next time."""
        with self._lock:
            pending, self._pending = self._pending, Counter()
        if not pending:
            return
        carried = {}
        try:
            with self._file.connection() as connection:
                connection.execute("begin immediate")
                for key, n in pending.items():
                    carried[key] = connection.execute(_ADD, (*key, n)).fetchone()[0]
        except sqlite3.Error as exc:
            log.warning("counts wait to be written: %s", type(exc).__name__)
            with self._lock:
                self._pending.update(pending)
            return
        with self._lock:
            known = {**self._carried, **carried}
            latest = {kind: max(bucket for of, _, bucket in known if of == kind) for kind, _, _ in known}
            self._carried = {key: n for key, n in known.items() if key[2] == latest[key[0]]}

    def total(self, kind: str, item: int, bucket: str) -> int:
        """What the file says."""
        row = (
            self._file.connection()
            .execute("select n from counter where (kind, item, bucket) = (?, ?, ?)", (kind, item, bucket))
            .fetchone()
        )
        return row[0] if row else 0

    def take(self, kind: str) -> dict[tuple[int, str], int]:
        """(item, bucket) -> count of a kind, removed from here in the same step."""
        rows = (
            self._file.connection()
            .execute("delete from counter where kind = ? returning item, bucket, n", (kind,))
            .fetchall()
        )
        return {(item, bucket): n for item, bucket, n in rows}

    def forget_before(self, kind: str, bucket: str) -> None:
        """Drop the counts of a kind, and of the kinds under it ("taps safety" is one of "taps"), whose bucket sorts
        before this one."""
        of_it = "(kind = ? or substr(kind, 1, length(?) + 1) = ? || ' ')"
        self._file.connection().execute(f"delete from counter where {of_it} and bucket < ?", (kind, kind, kind, bucket))
