"""The Wilson score range of a share: which true shares fit what was counted. Pure.

Source: E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference, Journal of the
American Statistical Association 22, 209-212; the form without continuity correction."""

from __future__ import annotations

from math import sqrt
from typing import Final

Z_95: Final = 1.959964
"""The point that cuts 2.5% off each end of a normal distribution."""


def wilson(count: int, base: int) -> tuple[float, float] | None:
    """(low, high), shares from 0 to 1 with 95% confidence; None without a base. Raises ValueError outside 0 to base.

    It says how far chance alone may reach among people like those who answered, not how unlike others they are."""
    if not 0 <= count <= base:
        raise ValueError(f"{count} of {base} is no share")
    if base == 0:
        return None
    share, z2 = count / base, Z_95 * Z_95
    middle = share + z2 / (2 * base)
    half = Z_95 * sqrt(share * (1 - share) / base + z2 / (4 * base * base))
    scale = 1 + z2 / base
    low = 0.0 if count == 0 else max(0.0, (middle - half) / scale)
    high = 1.0 if count == base else min(1.0, (middle + half) / scale)
    return low, high
