"""What was looked up in the last moments, kept in this process for a few seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Recent:
    """A bounded memory of look-ups. Values are plain and shared between threads, so they must not be changed."""

    def __init__(self, seconds: float, most: int = 512) -> None:
        self.seconds, self.most = seconds, most
        self._kept: dict[Hashable, tuple[float, Any]] = {}

    def peek(self, key: Hashable) -> Any:
        """The value of a key while it is no older than `seconds`; None otherwise."""
        kept = self._kept.get(key)
        return kept[1] if kept is not None and time.monotonic() - kept[0] < self.seconds else None

    def get(self, key: Hashable, look_up: Callable[[], T]) -> T:
        """The value of a key, looked up anew when it is older than `seconds`."""
        now = time.monotonic()
        kept = self._kept.get(key)
        if kept is not None and now - kept[0] < self.seconds:
            value: T = kept[1]
            return value
        fresh = look_up()
        if len(self._kept) >= self.most:
            self._kept = {}
        self._kept[key] = (now, fresh)
        return fresh
