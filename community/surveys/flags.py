"""What makes a response look less than sincere. It is counted all the same; only the flag is stored."""

from __future__ import annotations

from enum import IntFlag

from community.shared.poisson import upper_point

LEAST_MS_FIRST = 700
"""A page has to arrive and be read: no thumb answers it within this time."""
LEAST_MS_EACH = 500
BURST_FLOOR = 30


class Flag(IntFlag):
    """Why a response is flagged. Reasons add up, and never go away again."""

    NONE = 0
    TOO_FAST = 1
    BURST = 2


def too_fast(elapsed_ms: int, answered: int) -> bool:
    """Whether so many questions cannot have been read and answered in the time since the first page was made.

    The limits are ours: 0.7 s for the first, half a second for each one more. A form from the future is too fast."""
    return elapsed_ms < LEAST_MS_FIRST + LEAST_MS_EACH * max(0, answered - 1)


def hourly_limit(mean_per_hour: float) -> int:
    """Responses in an hour that a poster may bring before the excess is flagged: the larger of 30 and the 99.9% point
    of a Poisson count with the poster's 28-day mean."""
    return max(BURST_FLOOR, upper_point(mean_per_hour))
