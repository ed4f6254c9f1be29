"""What a reader can work out about hidden counts of one figure from the printed ones. Pure.

Each printed count leaves an interval for the true one; each printed sum ties intervals together. Narrowing them until
nothing changes is what a patient reader with pencil and paper can do. Trust, E2: no hidden count to within 2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

ROUNDED_BY: Final = 2
FEWEST: Final = 1
MOST_HIDDEN: Final = 9
LEAST_SPREAD: Final = 5
"""With the least and the most it can be at least this far apart, a count is not known to within 2."""
_MANY: Final = 10**9

Interval = tuple[int, int]
Sum = tuple[frozenset[str], int | None, str]
"""(options added up, printed sum or None when it is printed as "fewer than 10", its name; "" for the base)"""


@dataclass(frozen=True)
class Puzzle:
    """One figure of a single choice as printed. cells: option -> printed count; None: "fewer than 10"."""

    cells: Mapping[str, int | None]
    sums: Sequence[Sum]

    def to_hide(self) -> frozenset[str] | None:
        """Names of cells and sums to leave out besides, few and small ones first, so that nothing hidden is known.
        None when only leaving the whole figure out would do (two counts of 9 in a base of 18)."""
        hidden: frozenset[str] = frozenset()
        while self._known(hidden):
            candidates = [hidden | {name} for name in self._smallest_first() if name not in hidden]
            if not candidates:
                return None
            hidden = next((more for more in candidates if not self._known(more)), candidates[0])
        return hidden

    def intervals(self, hidden: frozenset[str] = frozenset()) -> dict[str, Interval]:
        """Option -> the least and the most its true count can be, when the names in `hidden` are not printed."""
        bounds = {
            option: (10, _MANY) if option in hidden else _of_printed(count) for option, count in self.cells.items()
        }
        ties = _with_differences(
            [(options, _of_printed(total)) for options, total, name in self.sums if not name or name not in hidden]
        )
        narrowed = True
        while narrowed:
            narrowed = False
            for options, (least, most) in ties:
                for option in options:
                    rest = [bounds[other] for other in options if other != option]
                    low = max(bounds[option][0], least - sum(high for _, high in rest))
                    high = min(bounds[option][1], most - sum(low_ for low_, _ in rest))
                    if (low, high) != bounds[option]:
                        bounds[option], narrowed = (low, high), True
        return bounds

    def _known(self, hidden: frozenset[str]) -> bool:
        """Whether a count of 1 to 9 can be worked out too closely."""
        bounds = self.intervals(hidden)
        small = (bounds[option] for option, count in self.cells.items() if count is None)
        return any(high - low < LEAST_SPREAD for low, high in small)

    def _smallest_first(self) -> Iterator[str]:
        shown = [(count, option) for option, count in self.cells.items() if count]
        yield from (option for _, option in sorted(shown))
        yield from (name for _, total, name in sorted(self.sums, key=lambda s: s[1] or 0) if name and total)


def _with_differences(ties: Sequence[tuple[frozenset[str], Interval]]) -> list[tuple[frozenset[str], Interval]]:
    """The sums, and each sum less every other that is part of it."""
    differences = [
        (whole - part, (least - most_of_part, most - least_of_part))
        for whole, (least, most) in ties
        for part, (least_of_part, most_of_part) in ties
        if part < whole
    ]
    return [*ties, *differences]


def _of_printed(count: int | None) -> Interval:
    if count is None:
        return FEWEST, MOST_HIDDEN
    return (0, 0) if count == 0 else (max(10, count - ROUNDED_BY), count + ROUNDED_BY)
