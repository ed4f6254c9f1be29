"""Ages that an older survey could not split: 13 to 17 in one. Pure.

Who gave that band is 13 to 15 or 16 to 17 and is guessed into neither (trust C1). The count of a half then says how
many chose the half, but no longer how many are of that age: it has no share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from community.insights.tabulating import Row
from community.surveys.questionnaire import AGE, IMPORTED_AGE, Question

HALVES: Final = frozenset({"13-15", "16-17"})
NOTE: Final = "Some gave 13 to 17 only, so 13-15 and 16-17 have no share: their counts leave those people out."


def note(question: Question, options: Iterable[str]) -> str:
    """The sentence for a table of these options; "" when nobody in it gave the band."""
    return NOTE if question.key == AGE and IMPORTED_AGE in set(options) else ""


def without_shares(rows: Sequence[Row], question: Question) -> list[Row]:
    """The rows of an age question; in each group where somebody gave the band, both halves without shares."""
    if question.key != AGE:
        return list(rows)
    unsplit = {row.group for row in rows if row.option == IMPORTED_AGE and row.figures.count}
    return [_shareless(row) if row.group in unsplit and row.option in HALVES else row for row in rows]


def _shareless(row: Row) -> Row:
    return replace(row, figures=replace(row.figures, share=None, low=None, high=None, share_unflagged=None))
