"""A SQLite file in RUNTIME_DIR that the workers of one host share and may lose: it does not wait for the disk."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
from pathlib import Path


class RuntimeFile:
    """Connections to such a file, one for each thread. schema: statements that may be run again."""

    def __init__(self, path: Path, schema: str, *, busy_seconds: float = 2.0) -> None:
        self.path, self.schema, self.busy_seconds = path, schema, busy_seconds
        self._local = threading.local()

    def connection(self) -> sqlite3.Connection:
        """This thread's, in autocommit. Raises sqlite3.Error when the file cannot be used."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None or getattr(self._local, "process", None) != os.getpid():
            connection = self._open()
            self._local.connection, self._local.process = connection, os.getpid()
        return connection

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        turn = os.open(f"{self.path}-turn", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(turn, fcntl.LOCK_EX)  # going over to WAL fails at once when two do it, whatever the timeout
            if not self.path.exists():
                os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))  # -wal and -shm take its mode
            connection = sqlite3.connect(self.path, timeout=self.busy_seconds, isolation_level=None)
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = off")
            connection.execute("pragma secure_delete = on")
            connection.executescript(self.schema)
            return connection
        finally:
            os.close(turn)
