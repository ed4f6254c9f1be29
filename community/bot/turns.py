"""The messages of one phone are answered one at a time, by whichever thread or process has them; others do not wait.

A file for each of a fixed number of stripes, in RUNTIME_DIR, is locked while a phone of that stripe is answered. Few
wait for a stripe: in a flood from one phone the rest go on without what is remembered, and nobody else has to wait."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

STRIPES: Final = 256
WAIT_SECONDS: Final = 0.7
"""A third of what the webhook gives an answer. One takes milliseconds."""
MOST_WAITING: Final = 2
"""Of a process's four threads, for one phone."""
_PAUSE_SECONDS: Final = 0.004


class Turns:
    """One for each application object. folder: made when first needed."""

    def __init__(self, folder: Path, *, wait_seconds: float = WAIT_SECONDS) -> None:
        self.folder = folder
        self.wait_seconds = wait_seconds
        self._here = [threading.Lock() for _ in range(STRIPES)]
        self._waiting = [0] * STRIPES
        self._counting = threading.Lock()

    @contextmanager
    def turn_of(self, phone: bytes) -> Iterator[bool]:
        """While inside, nobody else answers this phone. False when it could not be had in time: then nothing that is
        remembered of the phone may be read or changed. phone: its keyed hash."""
        stripe = int.from_bytes(phone[:4], "big") % STRIPES
        deadline = time.monotonic() + self.wait_seconds
        if not self._acquire_here(stripe, deadline):
            yield False
            return
        try:
            file = self._acquire_file(stripe, deadline)
            try:
                yield file is not None
            finally:
                if file is not None:
                    os.close(file)  # which unlocks it
        finally:
            self._here[stripe].release()

    def _acquire_here(self, stripe: int, deadline: float) -> bool:
        lock = self._here[stripe]
        if lock.acquire(blocking=False):
            return True
        with self._counting:
            if self._waiting[stripe] >= MOST_WAITING:
                return False
            self._waiting[stripe] += 1
        try:
            return lock.acquire(timeout=max(0.0, deadline - time.monotonic()))
        finally:
            with self._counting:
                self._waiting[stripe] -= 1

    def _acquire_file(self, stripe: int, deadline: float) -> int | None:
        # Opened anew each time: a lock belongs to an open file, and one opened before a fork is shared by both sides.
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(self.folder / f"{stripe:02x}", os.O_RDWR | os.O_CREAT, 0o600)
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return file
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    os.close(file)
                    return None
                time.sleep(_PAUSE_SECONDS)
            except BaseException:
                os.close(file)
                raise
