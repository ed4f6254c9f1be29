"""Whether the tallies say what the stored answers say."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

from community.insights import recount
from community.insights.recount import Compared, Difference
from community.surveys import queries
from community.surveys.fielding import Fielding
from community.surveys.questionnaire import Kind
from community.surveys.service import waves

FIRST: Final = 20
"""Differences listed; all are counted."""
_OF_EVERYONE: Final = ("channel", "daypart", "poster")


@dataclass(frozen=True)
class Verification:
    """keys: sums compared, of days and of months. differing: how many are not equal. first: the first of those."""

    keys: int
    differing: int
    first: tuple[Difference, ...]

    def document(self) -> dict[str, Any]:
        return {
            "compared": self.keys, "differing": self.differing, "agree": self.differing == 0,
            "differences": [asdict(one) for one in self.first],
        }  # fmt: skip


def verify() -> Verification:
    """Count every wave anew, one attribute at a time, and compare. Changes nothing; takes about as long as reading
    every answer once for each attribute."""
    keys = differing = 0
    first: list[Difference] = []
    for row in queries.surveys():
        for fielding in waves.waves_of(row.slug):
            for attribute, asked_by in _attributes(fielding).items():
                for found in (
                    _days(fielding, attribute, asked_by),
                    recount.compare_months(fielding.wave_id, attribute, limit=FIRST),
                ):
                    keys, differing = keys + found.keys, differing + found.differing
                    first += found.first
    return Verification(keys, differing, tuple(first[:FIRST]))


def _attributes(fielding: Fielding) -> dict[str, str | None]:
    """Attribute -> the question that gives it; those that the tallies have and should not, too."""
    asked = {str(q.attribute): q.key for q in fielding.questionnaire.attribute_questions}
    return dict.fromkeys([*_OF_EVERYONE, *recount.attributes_tallied(fielding.wave_id)]) | asked


def _days(fielding: Fielding, attribute: str, asked_by: str | None) -> Compared:
    several = {
        q.key: [option.key for option in q.options if option.missing]
        for q in fielding.questionnaire.questions
        if q.kind is Kind.multiple
    }
    return recount.compare_days(fielding.wave_id, attribute, asked_by=asked_by, several=several, limit=FIRST)
