"""How fast somebody may try passwords and codes: slower and slower, never not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

FREE_TRIES: Final = 5
"""So many wrong ones cost no wait."""
FORGOTTEN_AFTER_SECONDS: Final = 15 * 60
"""After so long without a try, wrong ones no longer count."""


def wait_seconds(wrong: int, *, longest: int = 60) -> int:
    """How long to wait after the last of so many wrong tries: none, then 2, 4, 8 seconds and so on to the longest."""
    return 0 if wrong < FREE_TRIES else min(longest, 2 ** min(wrong - FREE_TRIES + 1, 30))


@dataclass(frozen=True)
class Rate:
    """A bucket that holds `burst` tries when it is full and is filled again by `per_second`."""

    burst: float
    per_second: float

    def filled(self, left: float, seconds: float) -> float:
        """What is in it so many seconds after there was so much."""
        return min(self.burst, left + max(0.0, seconds) * self.per_second)


FROM_ONE_ADDRESS: Final = Rate(burst=12, per_second=0.5)
"""Hashes for one address, which may be a whole office behind it."""
FROM_ALL: Final = Rate(burst=12, per_second=1.0)
"""Hashes on this host for people who have not signed in from where they are: about a fifth of one core."""

LETTERS: Final = Rate(burst=2, per_second=1 / 300)
"""Links by email for one account."""
