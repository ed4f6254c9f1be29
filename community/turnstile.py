"""One writer at a time on SQLite, in the order they came.

SQLite lets one connection write; the others look again after a pause that grows, so the unlucky wait long while the
disk is idle. Here a writer first waits in a queue: a lock among this process's threads, then a lock on a file among
processes. Both wake the next one at once.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
from pathlib import Path

WAIT_SECONDS = 10.0


class Turnstile:
    """The queue before one database file. One object per process: `of` sees to that."""

    _all: dict[tuple[int, str], Turnstile] = {}
    _making = threading.Lock()

    def __init__(self, database: str) -> None:
        self._threads = threading.Lock()
        self._file = os.open(Path(database + "-turn"), os.O_RDWR | os.O_CREAT, 0o600)

    @classmethod
    def of(cls, database: str) -> Turnstile:
        """The turnstile of a database file in this process."""
        key = (os.getpid(), database)
        with cls._making:
            if key not in cls._all:
                cls._all[key] = cls(database)
            return cls._all[key]

    def enter(self) -> None:
        """Wait for the turn. Raises sqlite3.OperationalError when it does not come in time."""
        if not self._threads.acquire(timeout=WAIT_SECONDS):
            raise sqlite3.OperationalError("database is locked")
        # Only the first of this process waits here, so a long writer elsewhere holds one thread, not all.
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def leave(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_UN)
        self._threads.release()


class QueuedConnection(sqlite3.Connection):
    """A connection whose writing transactions wait at the turnstile of its file."""

    turnstile: Turnstile | None = None
    inside = False

    def begin_writing(self) -> None:
        """BEGIN IMMEDIATE, when it is this connection's turn."""
        path = self.execute("pragma database_list").fetchone()[2] if self.turnstile is None else ""
        self.turnstile = self.turnstile or Turnstile.of(path)
        self.turnstile.enter()
        self.inside = True
        try:
            self.execute("begin immediate")
        except BaseException:
            self._leave()
            raise

    def commit(self) -> None:
        try:
            super().commit()
        finally:
            if not self.in_transaction:
                self._leave()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self._leave()

    def close(self) -> None:
        try:
            super().close()
        finally:
            self._leave()

    def _leave(self) -> None:
        if self.inside:
            self.inside = False
            assert self.turnstile is not None
            self.turnstile.leave()
