"""Who gave no answer, and why: not asked, left before, skipped, prefer not to say. Four different things, and don't
know is a fifth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from community.insights import queries
from community.insights.service import selection
from community.insights.spans import split
from community.surveys import queries as surveys_queries
from community.surveys.questionnaire import DONT_KNOW, NOT_ASKED, SKIPPED, WRITTEN, Kind, Question
from community.surveys.tallies import ANSWERED, is_mark


@dataclass(frozen=True)
class Missing:
    """How many of a wave's responses gave a question an answer, and how many gave none, by why."""

    question: str
    answered: int
    not_asked: int
    left: int
    skipped: int
    prefer_not_to_say: int
    dont_know: int


@dataclass(frozen=True)
class MissingTable:
    """One line for each question, in the questionnaire's order. responses: all of the wave, in the filter."""

    survey: str
    wave: int
    version: int
    first: date | None
    last: date | None
    responses: int
    rows: tuple[Missing, ...]

    def document(self) -> dict[str, Any]:
        return {
            "survey": self.survey,
            "wave": self.wave,
            "version": self.version,
            "from": self.first.isoformat() if self.first else None,
            "to": self.last.isoformat() if self.last else None,
            "responses": self.responses,
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
        total = queries.responses(fielding.wave_id, start, end, only_here).total()
        if total:
            break
    else:
        fielding, total = found[0], 0
    parts = split(start, end, surveys_queries.closed_before())
    keys = [question.key for question in fielding.questionnaire.questions]
    counted = queries.sums_of_questions(fielding.wave_id, "daypart", keys, parts, here.place_ids)
    rows = tuple(
        kinds_of_missing(question, _of(counted, question.key), total) for question in fielding.questionnaire.questions
    )
    return MissingTable(survey, fielding.number, fielding.version, start, end, total, rows)


def kinds_of_missing(question: Question, counted: Mapping[str, int], responses: int) -> Missing:
    """From how many chose each option or mark of a question. Who left is everyone less the rest."""
    none = {option.key for option in question.options if option.missing}
    if question.kind is Kind.multiple:
        answered = counted.get(ANSWERED, 0)
    else:
        answered = sum(n for option, n in counted.items() if not is_mark(option) and option not in none)
        answered += counted.get(WRITTEN, 0)
    declined = sum(counted.get(option, 0) for option in none)
    not_asked, skipped = counted.get(NOT_ASKED, 0), counted.get(SKIPPED, 0)
    unsure = counted.get(DONT_KNOW, 0) if DONT_KNOW in none else 0
    return Missing(
        question=question.key,
        answered=answered,
        not_asked=not_asked,
        left=responses - answered - declined - not_asked - skipped,
        skipped=skipped,
        prefer_not_to_say=declined - unsure,
        dont_know=unsure,
    )


def _of(counted: Mapping[tuple[str, str, int], int], question: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for (key, option, _), n in counted.items():
        if key == question:
            found[option] += n
    return found
