"""Marks that would lie on each other are moved apart, as little as it takes, so that each number can be read. Pure.
assets/scripts/havens_map_parts.js does the same on the map that moves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

ROUNDS: Final = 120
GAP: Final = 6.0
"""Between two marks, in units of the picture."""
HOMEWARD: Final = 0.04
"""So much of its way home a mark goes back in each round while there is room."""
_GOLDEN: Final = 2.399963
"""An angle that never comes round again: marks of one and the same point go to all sides."""

Point = tuple[float, float]


def spread(points: Sequence[Point], radii: Sequence[float], *, width: float, height: float) -> list[Point]:
    """The points, moved until no two circles of these radii meet (or until it has been tried often enough), and inside
    the picture. The same points give the same picture."""
    at = [
        [x + 0.01 * (n + 1) * math.cos(n * _GOLDEN), y + 0.01 * (n + 1) * math.sin(n * _GOLDEN)]
        for n, (x, y) in enumerate(points)
    ]
    for round_ in range(ROUNDS):
        moved = False
        if round_ < ROUNDS / 2:  # the second half only parts
            for one, home in zip(at, points, strict=True):
                one[0] += (home[0] - one[0]) * HOMEWARD
                one[1] += (home[1] - one[1]) * HOMEWARD
        for n, one in enumerate(at):
            for m in range(n):
                moved |= _part(one, at[m], radii[n] + radii[m] + GAP)
        for one, radius in zip(at, radii, strict=True):
            one[0] = min(max(one[0], radius + 1), width - radius - 1)
            one[1] = min(max(one[1], radius + 1), height - radius - 1)
        if not moved:
            break
    return [(round(x, 1), round(y, 1)) for x, y in at]


def _part(one: list[float], other: list[float], apart: float) -> bool:
    """Move two points from each other, each half of what is missing; whether any was."""
    across, down = one[0] - other[0], one[1] - other[1]
    far = math.hypot(across, down)
    if far >= apart or not far:
        return False
    push = (apart - far) / far / 2
    one[0], one[1] = one[0] + across * push, one[1] + down * push
    other[0], other[1] = other[0] - across * push, other[1] - down * push
    return True
