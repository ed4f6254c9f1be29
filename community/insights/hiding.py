"""The rule for signed-in analysts: which cells are too small to show when a place meets a fact about people. Pure.

Design, section 2.2: a place or poster counts as an attribute. Crossed with what people said about themselves, cells of
1 to 4 are hidden, 1 to 9 for people under 18. Primary hiding only: an analyst is trusted with totals. What the public
sees goes through `released`, which is stricter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from community.surveys.questionnaire import ATTRIBUTES, IMPORTED_AGE

PLACE: Final = "place"
"""What a place, poster, ward or area is called among the dimensions of a cell."""
UNDER_18: Final = frozenset({"under_13", "13-15", "16-17", IMPORTED_AGE})
LEAST: Final = 5
LEAST_UNDER_18: Final = 10
LEAST_BASE_CHILDREN: Final = 30
"""Where mostly children answer (a school session), nothing is shown of fewer people than this."""


@dataclass(frozen=True)
class Figures:
    """What is shown of one cell; shares from 0 to 1. None: hidden, or no base to take a share of."""

    count: int | None
    base: int | None
    share: float | None
    low: float | None
    high: float | None
    count_unflagged: int | None
    base_unflagged: int | None
    share_unflagged: float | None


def is_crossed(dimensions: Iterable[str]) -> bool:
    """Whether a table of these dimensions meets the rule: two different things about people, where a place counts as
    one. dimensions: PLACE, and attributes; anything else (dates, dayparts, waves) is about no one."""
    return len({one for one in dimensions if one == PLACE or one in ATTRIBUTES}) > 1


def least_shown(groups: Iterable[str], *, children: bool = False) -> int:
    """The smallest count above 0 that a cell may show. groups: those the cell's people are in, by any attribute;
    children: mostly children answer there."""
    return LEAST_UNDER_18 if children or UNDER_18.intersection(groups) else LEAST


def hide(figures: Figures, least: int) -> Figures:
    """The figures with what is too small taken out: the whole row when its group is so small that even a zero tells
    what someone chose; the counts when the count is; those without flagged answers also when only they are."""
    if figures.base is not None and 0 < figures.base < least:
        return replace(hide_all(figures), base=None, base_unflagged=None)
    if figures.count is not None and 0 < figures.count < least:
        return hide_all(figures)
    if figures.count_unflagged is not None and 0 < figures.count_unflagged < least:
        return replace(figures, count_unflagged=None, share_unflagged=None)
    return figures


def hide_all(figures: Figures) -> Figures:
    """Only the bases are left."""
    return replace(figures, count=None, share=None, low=None, high=None, count_unflagged=None, share_unflagged=None)
