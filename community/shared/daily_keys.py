"""One random key for each London day, kept in RUNTIME_DIR and destroyed: what it signed or hashed cannot be redone.

A key signs for one day and is destroyed 24 hours after that day ends. It lies in a file of its own, in no backup.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import threading
import time
from datetime import date, timedelta
from pathlib import Path

KEY_BYTES = 32
_HALF_MADE = ".new-"
_SURELY_LEFT_SECONDS = 3600


class KeyGone(Exception):
    """The day's key was destroyed, or never made: whatever it signed is void."""


class DailyKeys:
    """The keys of today and yesterday, shared by all workers of one host through a folder (mode 0700)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[date, bytes] = {}
        self._lock = threading.Lock()

    def key(self, day: date, *, today: date) -> bytes:
        """The 32-byte key of a day. Makes today's when there is none. Raises KeyGone for any day but
        today and yesterday, and for a yesterday that has no key."""
        yesterday = today - timedelta(days=1)
        if day not in (today, yesterday):
            self._forget_before(yesterday)
            raise KeyGone(day)
        if (known := self._known.get(day)) is not None:
            return known
        self._forget_before(yesterday)
        key = self._read(day) or self._make(day, today)
        with self._lock:
            self._known = {**self._known, day: key}
        return key

    def digest(self, purpose: str, message: bytes, day: date, *, today: date) -> bytes:
        """HMAC-SHA256 of a message under a day's key, kept apart by purpose. 32 bytes. Raises KeyGone."""
        return hmac.new(self.key(day, today=today), purpose.encode() + b"\0" + message, hashlib.sha256).digest()

    def destroy_old(self, today: date) -> int:
        """Overwrite and remove the keys of days before yesterday; how many went."""
        gone, yesterday = 0, today - timedelta(days=1)
        self._forget_before(yesterday)
        for path in sorted(self.folder.glob("*.key")):
            if path.stem < yesterday.isoformat():
                with path.open("r+b") as file:
                    file.write(secrets.token_bytes(KEY_BYTES))
                    file.flush()
                    os.fsync(file.fileno())
                path.unlink()
                gone += 1
        for left in self.folder.glob(f"{_HALF_MADE}*"):  # by a worker that died while it made one
            if time.time() - left.stat().st_mtime > _SURELY_LEFT_SECONDS:
                left.unlink(missing_ok=True)
        return gone

    def _forget_before(self, day: date) -> None:
        with self._lock:  # replaced whole, never changed in place: other threads may be reading it
            self._known = {known: key for known, key in self._known.items() if known >= day}

    def _path(self, day: date) -> Path:
        return self.folder / f"{day.isoformat()}.key"

    def _read(self, day: date) -> bytes | None:
        try:
            key = self._path(day).read_bytes()
        except FileNotFoundError:
            return None
        return key if len(key) == KEY_BYTES else None

    def _make(self, day: date, today: date) -> bytes:
        if day != today:
            raise KeyGone(day)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = self.folder / f"{_HALF_MADE}{secrets.token_hex(8)}"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, self._path(day))  # whole, and only if no other worker was first
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        key = self._read(day)
        if key is None:
            raise KeyGone(day)
        return key
