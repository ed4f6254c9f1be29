"""Who gave no answer, and why: not asked, left before, skipped, prefer not to say. Four different things, and don't
know is a fifth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from community.insights import queries
from community.insights.missing_kinds import Missing, kinds_of_missing
from community.insights.service import selection
from community.insights.spans import split
from community.surveys import queries as surveys_queries


@dataclass(frozen=True)
class MissingTable:
    """One line for each question, in the questionnaire's order. responses: all of the wave, in the filter;
    made_up: those of them for demonstration."""

    survey: str
    wave: int
    version: int
    first: date | None
    last: date | None
    responses: int
    made_up: int
    rows: tuple[Missing, ...]

    def document(self) -> dict[str, Any]:
        return {
            "survey": self.survey,
            "wave": self.wave,
            "version": self.version,
            "from": self.first.isoformat() if self.first else None,
            "to": self.last.isoformat() if self.last else None,
            "responses": self.responses,
            "made_up": self.made_up,
            "rows": [asdict(row) for row in self.rows],
        }


def missing(
    survey: str, *, wave: int | None = None, place: str | None = None,
    first: str | date | None = None, last: str | date | None = None,
) -> MissingTable:  # fmt: skip
    """Why answers are missing in one wave, the latest-opening that has responses in the filter. place, first, last:
    as in `results`. The number of responses is counted from their rows. Raises UserError."""
    start, end = selection.stretch(first, last)
    places = selection.every_place()
    here = selection.where(place, places)
    found = selection.fieldings(survey, wave)
    only_here = here.place_ids if here.kind else None
    for fielding in found:
        counted_here = queries.responses(fielding.wave_id, start, end, only_here)
        if counted_here:
            break
    else:
        fielding, counted_here = found[0], Counter()
    total = counted_here.total()
    parts = split(start, end, surveys_queries.closed_before())
    keys = [question.key for question in fielding.questionnaire.questions]
    counted = queries.sums_of_questions(fielding.wave_id, "daypart", keys, parts, here.place_ids)
    rows = tuple(
        kinds_of_missing(question, _of(counted, question.key), total) for question in fielding.questionnaire.questions
    )
    invented = sum(n for (_, demo), n in counted_here.items() if demo)
    return MissingTable(survey, fielding.number, fielding.version, start, end, total, invented, rows)


def _of(counted: Mapping[tuple[str, str, int], int], question: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for (key, option, _), n in counted.items():
        if key == question:
            found[option] += n
    return found
