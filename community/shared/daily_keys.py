"""One random key for each London day, kept in RUNTIME_DIR and destroyed: what it signed or hashed cannot be redone.

A key signs for one day and is destroyed 24 hours after that day ends. It lies in a file of its own, in no backup.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from datetime import date, timedelta
from pathlib import Path

KEY_BYTES = 32


class KeyGone(Exception):
    """The day's key was destroyed, or never made: whatever it signed is void."""


class DailyKeys:
    """The keys of today and yesterday, shared by all workers of one host through a folder (mode 0700)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[date, bytes] = {}

    def key(self, day: date, *, today: date) -> bytes:
        """The 32-byte key of a day. Makes today's when there is none. Raises KeyGone for any day but
        today and yesterday, and for a yesterday that has no key."""
        if day not in (today, today - timedelta(days=1)):
            self._known.pop(day, None)
            raise KeyGone(day)
        if day not in self._known:
            self._known = {d: k for d, k in self._known.items() if d >= today - timedelta(days=1)}
            self._known[day] = self._read(day) or self._make(day, today)
        return self._known[day]

    def digest(self, purpose: str, message: bytes, day: date, *, today: date) -> bytes:
        """HMAC-SHA256 of a message under a day's key, kept apart by purpose. 32 bytes. Raises KeyGone."""
        return hmac.new(self.key(day, today=today), purpose.encode() + b"\0" + message, hashlib.sha256).digest()

    def destroy_old(self, today: date) -> int:
        """Overwrite and remove the keys of days before yesterday; how many went."""
        gone = 0
        for path in sorted(self.folder.glob("*.key")):
            if path.stem < (today - timedelta(days=1)).isoformat():
                with path.open("r+b") as file:
                    file.write(secrets.token_bytes(KEY_BYTES))
                    file.flush()
                    os.fsync(file.fileno())
                path.unlink()
                gone += 1
        return gone

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
        fresh = self.folder / f".{secrets.token_hex(8)}"
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
