"""What a worker remembers of live pages, so that many who watch cost little more than one.

Everyone who watches asks more than once a second if something changed. The answer is looked up now and then for all
of them, a page is put together once for all who look at the same, and only so many are told in a second to fetch
theirs: the others hear of it a second later. So pages that people watch never take the time of those who answer."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Hashable
from functools import cache
from typing import Any, Final

from community.shared.recent import Recent
from community.shared.runtime import Runtime, runtime

PULSE_SECONDS: Final = 0.3
"""With a question each 0.7 s and a page within 0.1 s, an answer is seen before two seconds have passed."""
TOLD_PER_SECOND: Final = 4
"""In each worker; at 0.1 s a page, two fifths of its time at the very most."""
UNCHANGED_SECONDS: Final = 60
PAGES: Final = 64


class Memory:
    """seconds: how long a page may stand while its word is the same; 0: nothing is remembered. What was looked up
    under a stamp of the database holds as long as nothing was committed since."""

    def __init__(self, seconds: float) -> None:
        self._asked = Recent(PULSE_SECONDS if seconds else 0)
        self._pages = Recent(seconds, most=PAGES)
        self._stamped = Recent(UNCHANGED_SECONDS if seconds else 0, most=PAGES)
        self._told: deque[float] = deque(maxlen=TOLD_PER_SECOND)
        self._turn = threading.Lock()

    def asked(self, survey: str, look_up: Callable[[], str]) -> str:
        """A survey's word as those who watch hear it: as it was a moment ago."""
        return self._asked.get(survey, look_up)

    def word(self, survey: str, stamp: object | None, look_up: Callable[[], str]) -> str:
        """A survey's word as it is. stamp: of the database; None: there is none."""
        return look_up() if stamp is None else self._stamped.get((survey, stamp), look_up)

    def page(self, key: Hashable, word: str, stamp: object | None, make: Callable[[], Any]) -> Any:
        """What a page is made of. key: which page of what; word: made anew as soon as something was answered."""

        def recent() -> Any:
            return self._pages.get((key, word), make)

        return recent() if stamp is None else self._stamped.get((key, stamp), recent)

    def may_tell(self) -> bool:
        """Whether one more may be told now that something changed."""
        now = time.monotonic()
        with self._turn:
            if len(self._told) == TOLD_PER_SECOND and now - self._told[0] < 1:
                return False
            self._told.append(now)
            return True


def memory() -> Memory:
    """The memory of the application at hand."""
    return _of(runtime())


@cache
def _of(at: Runtime) -> Memory:
    return Memory(at.settings.cache_seconds)
