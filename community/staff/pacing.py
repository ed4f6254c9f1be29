"""How fast somebody may try passwords and codes: slower and slower, never not at all."""

from __future__ import annotations

import math
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


FEW_TRIES: Final = 2
"""So many tries lately are those of somebody who mistyped."""


@dataclass(frozen=True)
class Share:
    """A part of the hashes this host makes for people who are not known where they are. most_tries: of an address
    lately, for it to have this part."""

    name: str
    most_tries: float
    rate: Rate


FROM_ALL: Final = (
    Share("new", 0, Rate(burst=24, per_second=0.5)),
    Share("few", FEW_TRIES, Rate(burst=12, per_second=0.25)),
    Share("many", math.inf, Rate(burst=6, per_second=0.25)),
)
"""One hash a second in all, about a fifth of one core, once what is saved up is spent. Half of it is for addresses from
which nobody tried lately, so that those who try wrong passwords one after the other share what is left and cannot use
it up for somebody who comes with the right one."""
SITE_SHARE: Final = 16
"""So many tries in a whole IPv6 site count as one from each of its addresses."""


LETTERS: Final = Rate(burst=2, per_second=1 / 300)
"""Links by email for one account."""
KNOWN_DAYS: Final = 30
"""So long somebody who signed in is known where they did."""


def share_of(tries: int, tries_of_site: int = 0) -> Share:
    """The part for an address with so many tries lately, in a site with so many."""
    counted = max(tries, tries_of_site // SITE_SHARE)
    return next(share for share in FROM_ALL if counted <= share.most_tries)
