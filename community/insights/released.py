"""The rule for figures that anyone may read: rounded, small ones not shown. Pure.

Trust, E1: a count of 1 to 9 is printed as words and a true 0 as 0; counts go to the nearest 5; percentages and ranges
are made of rounded counts, in whole numbers; no percentage of a base under 30, and a base under 100 is marked small;
nothing by which all of a group share a sensitive answer. Within one figure no hidden cell can be worked out to within
2 (E2); whether it can from several figures together is asked of all that is published, not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from community.insights.subtraction import Puzzle
from community.insights.wilson import wilson

FEWER: Final = "fewer than 10"
NOT_SHOWN: Final = "not shown"
LEAST_COUNT: Final = 10
LEAST_BASE: Final = 30
NOT_SMALL_BASE: Final = 100
_NEAREST: Final = 5


@dataclass(frozen=True)
class Count:
    """A count as printed: a multiple of 5, 0, or words in its place (then number is None)."""

    number: int | None
    words: str


@dataclass(frozen=True)
class Share:
    """A share in whole percent with its range, or None in all three when it is not given."""

    percent: int | None
    low: int | None
    high: int | None


@dataclass(frozen=True)
class ReleasedCell:
    """One cell as printed. small: the base is 30 to 99, and the page says so."""

    count: Count
    base: Count
    share: Share
    small: bool


NO_SHARE: Final = Share(None, None, None)


def release_count(count: int) -> Count:
    """A count to the nearest 5, or in words."""
    if count < 0:
        raise ValueError(f"{count} is no count")
    if 0 < count < LEAST_COUNT:
        return Count(None, FEWER)
    number = (count + 2) // _NEAREST * _NEAREST
    return Count(number, str(number))


def release_cell(count: int, base: int) -> ReleasedCell:
    """A count of a base, both true, as it is printed. Raises ValueError outside 0 to base."""
    if not 0 <= count <= base:
        raise ValueError(f"{count} of {base} is no share")
    shown, of = release_count(count), release_count(base)
    share = NO_SHARE
    if base >= LEAST_BASE and shown.number is not None and of.number is not None:
        share = percentages(shown.number, of.number)
    return ReleasedCell(shown, of, share, small=LEAST_BASE <= base < NOT_SMALL_BASE)


def release_cells(
    counts: Mapping[str, int],
    base: int,
    *,
    sums: Mapping[str, frozenset[str]] | None = None,
    sensitive: frozenset[str] = frozenset(),
    exhaustive: bool = False,
) -> dict[str, ReleasedCell]:
    """Option -> cell of one figure. sums: options that are printed added up, too, under a name of their own.
    exhaustive: the counts add up to the base (a single choice).

    When all of the group (after rounding, too) share a sensitive answer, no cell is shown: the zeros of the others
    would say it just as well. When a hidden count could be worked out from the others, more is hidden."""
    sums = sums or {}
    true = dict(counts) | {name: sum(counts[option] for option in options) for name, options in sums.items()}
    cells = {name: release_cell(count, base) for name, count in true.items()}
    if base and any(true[name] == base or cells[name].share.percent == 100 for name in sensitive & true.keys()):
        return {name: _not_shown(cell) for name, cell in cells.items()}
    if not exhaustive:
        return cells
    puzzle = Puzzle(
        {option: cells[option].count.number for option in counts},
        [(options, cells[name].count.number, name) for name, options in sums.items()]
        + [(frozenset(counts), release_count(base).number, "")],
    )
    hidden = puzzle.to_hide()
    return {name: _not_shown(cell) if hidden is None or name in hidden else cell for name, cell in cells.items()}


def _not_shown(cell: ReleasedCell) -> ReleasedCell:
    return ReleasedCell(Count(None, NOT_SHOWN), cell.base, NO_SHARE, cell.small)


def percentages(count: int, base: int) -> Share:
    """Whole percent and Wilson range of a count in a base. Nothing of a base of 0."""
    bounds = wilson(count, base)
    if bounds is None:
        return NO_SHARE
    return Share(whole_percent(count / base), whole_percent(bounds[0]), whole_percent(bounds[1]))


def whole_percent(share: float) -> int:
    """A share from 0 to 1 in whole percent, halves upwards."""
    return int(share * 100 + 0.5)
