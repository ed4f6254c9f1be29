"""Whether anything was answered since somebody last looked: a short word that changes when the counts do."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import blake2b
from typing import Final

from community.insights import queries
from community.insights.service import selection
from community.insights.spans import Part
from community.surveys.service import waves
from community.surveys.tallies import NO_PLACE

_OPEN_FOR: Final = timedelta(days=1)
"""A page of the survey is taken until the end of the day after it was begun; an older response only goes, or comes in
a file, and both leave a trace of their own."""


def pulse(survey: str, today: date) -> str:
    """The same word as long as the counts of a survey are the same. Reads two days' tallies, never a response.
    Raises NoSuchSurvey."""
    ids = (NO_PLACE, *selection.every_place())
    days = (Part("D", today - _OPEN_FOR, today),)
    said: list[object] = [today, queries.taken_back_or_brought_in()]
    for fielding in waves.waves_of(survey):
        if fielding.opens_on <= today and (fielding.closes_on is None or fielding.closes_on >= today - _OPEN_FOR):
            keys = [question.key for question in fielding.questionnaire.questions]
            sums = queries.sums_of_questions(fielding.wave_id, "channel", keys, days, ids)
            marks = queries.marks_of_questions(fielding.wave_id, keys, days, ids)
            said.append((fielding.wave_id, sorted(sums.items()), sorted(marks.items())))
    return blake2b(repr(said).encode(), digest_size=12).hexdigest()
