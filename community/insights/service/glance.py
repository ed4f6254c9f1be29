"""How many answered, today and in all, and how far people get: counted from tallies, so it does not grow with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from community.insights import hiding, queries
from community.insights.missing_kinds import kinds_of_missing
from community.insights.service.selection import Where
from community.insights.spans import Part, split
from community.surveys import queries as surveys_queries
from community.surveys.fielding import Fielding
from community.surveys.questionnaire import Kind, Question, Screen, text_in

FUNNEL_DAYS: Final = 7
"""How far people get is asked of the latest days: it is about the questionnaire as it is, and reads every screen."""


@dataclass(frozen=True)
class Step:
    """A screen, and how many sent it, went past it, or had nothing to answer on it. None: hidden."""

    heading: str
    reached: int | None
    share: float | None


@dataclass(frozen=True)
class Glance:
    """today, in_all: responses; without flagged ones when those are left out. steps: of the responses from
    steps_from to steps_to, in the order of the screens; none when nobody answered then."""

    today: int
    in_all: int
    flagged: int
    steps: tuple[Step, ...]
    steps_from: date
    steps_to: date


def glance(
    fielding: Fielding, here: Where, *, first: date | None, last: date | None, today: date, flagged: bool
) -> Glance:
    """Of one wave. first, last: the days counted; today's number does not heed them. flagged: count flagged ones."""
    opening = fielding.questionnaire.opening
    parts = split(first, last, surveys_queries.closed_before())
    in_all = _reached(fielding, [opening], parts, here)[opening.key]
    steps_to = min(last or today, today)
    steps_from = max(first or date.min, steps_to - timedelta(days=FUNNEL_DAYS - 1))
    asked = [_one_question(fielding, screen) for screen in fielding.questionnaire.screens]
    got_to = _reached(fielding, asked, split(steps_from, steps_to, None), here)
    return Glance(
        today=_people(_reached(fielding, [opening], (Part("D", today, today),), here)[opening.key], flagged),
        in_all=_people(in_all, flagged),
        flagged=in_all[1],
        steps=_steps(fielding, [_people(got_to[question.key], flagged) for question in asked], here),
        steps_from=steps_from,
        steps_to=steps_to,
    )


def answered_on(fielding: Fielding, day: date, place_ids: Sequence[int]) -> int:
    """How many began to answer a wave on a day."""
    everywhere = Where(tuple(place_ids))
    opening = fielding.questionnaire.opening
    return _reached(fielding, [opening], (Part("D", day, day),), everywhere)[opening.key].total()


def _reached(
    fielding: Fielding, questions: Sequence[Question], parts: Sequence[Part], here: Where
) -> Mapping[str, Counter[int]]:
    """Question -> (flagged 0 or 1 -> responses that have anything for it: an answer, or why there is none)."""
    keys = [question.key for question in questions]
    sums = queries.sums_of_questions(fielding.wave_id, "daypart", keys, parts, here.place_ids)
    found: dict[str, Counter[int]] = {}
    for question in questions:
        found[question.key] = Counter()
        for flagged in (0, 1):
            counted = {option: n for (key, option, f), n in sums.items() if key == question.key and f == flagged}
            found[question.key][flagged] = -kinds_of_missing(question, counted, 0).left
    return found


def _people(reached: Counter[int], flagged: bool) -> int:
    return reached.total() if flagged else reached[0]


def _steps(fielding: Fielding, reached: Sequence[int], here: Where) -> tuple[Step, ...]:
    everyone = reached[0]
    if not everyone:
        return ()
    hides_all = here.children and everyone < hiding.LEAST_BASE_CHILDREN
    least = hiding.least_shown((), children=True) if here.children else 0
    steps = []
    for screen, n in zip(fielding.questionnaire.screens, reached, strict=True):
        is_hidden = hides_all or 0 < n < least
        steps.append(Step(_heading(fielding, screen), None if is_hidden else n, None if is_hidden else n / everyone))
    return tuple(steps)


def _one_question(fielding: Fielding, screen: Screen) -> Question:
    """A question that tells who got past a screen: they all do, and one of few answers is the quickest to add up."""
    questions = [fielding.questionnaire.question(key) for key in screen.questions]
    return min(questions, key=lambda question: (question.kind is Kind.multiple, len(question.options)))


def _heading(fielding: Fielding, screen: Screen) -> str:
    if screen.heading is not None:
        return text_in(screen.heading, "en")
    return text_in(fielding.questionnaire.question(screen.questions[0]).wording, "en").replace("{place}", "the place")
