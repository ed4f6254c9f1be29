"""Figures in words and lengths, as a live page shows them: the same numbers as `insights results` prints. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from community.insights.hiding import Figures
from community.insights.tables import HIDDEN, percent, range_words
from community.insights.wilson import wilson

SMALL_BASE: Final = 30
"""Below this many people a share alone misleads (trust E1)."""


@dataclass(frozen=True)
class Shown:
    """One cell. count, base, share, range: words. x, low, high: 0 to 100, for drawing; None where there is no share."""

    count: str
    base: str
    share: str
    range: str
    x: float | None
    low: float | None
    high: float | None
    is_hidden: bool

    @property
    def words(self) -> str:
        """ "34.3% (12 of 35)"."""
        if self.is_hidden:
            return HIDDEN
        if self.x is not None:
            return f"{self.share} ({self.count} of {self.base})"
        return "no answers" if self.base in ("0", HIDDEN) else f"{self.count} of {self.base}, no share"


def shown(figures: Figures, *, flagged: bool) -> Shown:
    """A cell with flagged answers, or without them; then its range is worked out from what is left."""
    if flagged:
        count, base, share = figures.count, figures.base, figures.share
        low, high = figures.low, figures.high
    else:
        count, base, share = figures.count_unflagged, figures.base_unflagged, figures.share_unflagged
        low, high = (wilson(count, base) if count is not None and base and share is not None else None) or (None, None)
    return Shown(
        count=number(count),
        base=number(base),
        share=percent(share),
        range=range_words(low, high),
        x=_length(share),
        low=_length(low),
        high=_length(high),
        is_hidden=count is None,
    )


def number(n: int | None) -> str:
    """ "1,000,000", or that it is hidden."""
    return HIDDEN if n is None else f"{n:,}"


def _length(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 2)
