"""Work that must not keep a person waiting: it is given so long, and then the caller goes on without it.

A thread cannot be stopped from outside, so work that hangs keeps its place until it ends by itself. Places are few:
once all are taken by work that hangs, the next caller is told at once instead of waiting too."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class TooSlow(Exception):
    """The work has not ended in its time, or there was no place to begin it. It may still take effect."""


class InTime:
    """Runs work in threads of its own, which are kept: what a thread holds open, such as a file, is opened once."""

    def __init__(self, places: int) -> None:
        self.places = places
        self._free = threading.BoundedSemaphore(places)
        self._threads: ThreadPoolExecutor | None = None
        self._making = threading.Lock()

    def run(self, work: Callable[[], T], seconds: float) -> T:
        """What the work returns or raises, if it does so in time. Raises TooSlow."""
        if not self._free.acquire(blocking=False):
            raise TooSlow
        # A context of its own: nothing of the caller's request, language or transaction leaks into the thread.
        future: Future[T] = self._pool().submit(contextvars.Context().run, self._then_free, work)
        try:
            return future.result(timeout=max(0.0, seconds))
        except TimeoutError:
            if future.done():
                return future.result()  # it ended in that moment, or the work itself raised TimeoutError
            raise TooSlow from None

    def _then_free(self, work: Callable[[], T]) -> T:
        try:
            return work()
        finally:
            self._free.release()

    def _pool(self) -> ThreadPoolExecutor:
        with self._making:  # made when first needed: threads do not survive the fork that makes a web worker
            if self._threads is None:
                self._threads = ThreadPoolExecutor(self.places, thread_name_prefix="in-time")
            return self._threads
