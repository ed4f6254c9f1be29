"""From scan to first tap to the end, as counts of one poster's days. Pure.

Who reached the end is known by an answer on the last screen that everybody is asked. Somebody who skipped all of that
screen got there too and is not seen, so the number is the least there were.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from community.surveys.questionnaire import Kind, Question, Questionnaire
from community.surveys.tallies import ANSWERED, is_mark


@dataclass(frozen=True)
class Day:
    """What came of one poster on one day: its page opened, a first answer given, the last screen answered."""

    on: date
    scans: int = 0
    taps: int = 0
    finished: int = 0


def closing(questionnaire: Questionnaire) -> tuple[Question, ...]:
    """The questions of the last screen that everybody is asked; the opening question when there is no other."""
    for screen in reversed(questionnaire.screens[1:]):
        asked = [questionnaire.question(key) for key in screen.questions]
        everyones = tuple(q for q in asked if not (q.ask_if or q.min_age or q.sensitive or q.kind is Kind.text))
        if everyones:
            return everyones
    return (questionnaire.opening,)


def reached(questionnaire: Questionnaire, counted: Mapping[tuple[str, str], int]) -> tuple[int, int]:
    """(first taps, reached the end) from (question, option) -> responses of a poster and day."""
    taps = _gave_one(questionnaire.opening, counted)
    return taps, min(taps, max(_gave_one(question, counted) for question in closing(questionnaire)))


def _gave_one(question: Question, counted: Mapping[tuple[str, str], int]) -> int:
    """Responses with anything chosen for a question. Several choices of one response count once."""
    none = {option.key for option in question.options if option.missing}
    chosen = {option: n for (key, option), n in counted.items() if key == question.key and not is_mark(option)}
    if question.kind is Kind.multiple:
        return chosen.get(ANSWERED, 0) + sum(n for option, n in chosen.items() if option in none)
    return sum(chosen.values())


def total(days: Iterable[Day]) -> tuple[int, int, int]:
    """(scans, first taps, reached the end) of several days."""
    listed = list(days)
    return sum(d.scans for d in listed), sum(d.taps for d in listed), sum(d.finished for d in listed)
