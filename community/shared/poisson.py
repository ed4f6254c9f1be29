"""How far a count may stray by chance alone. Pure."""

from __future__ import annotations

import math
from typing import Final

Z_999: Final = 3.0902
"""The point that 99.9% of a normal distribution lies below."""


def upper_point(mean: float) -> int:
    """The count that a Poisson number with this mean stays at or below 99.9% of the time (Anscombe's square-root
    approximation)."""
    return math.ceil((math.sqrt(mean + 3 / 8) + Z_999 / 2) ** 2 - 3 / 8)
