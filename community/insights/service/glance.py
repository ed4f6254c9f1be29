"""How many answered, today and in all, and how far people get: counted from tallies, so it does not grow with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from community.insights import hiding, queries
from community.insights.missing_kinds import kinds_of_missing
from community.insights.service.selection import Where
from community.insights.spans import Part
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
    fielding: Fielding, here: Where, met: Mapping[int, int], *, first: date | None, last: date | None, today: date,
    flagged: bool,
) -> Glance:  # fmt: skip
    """Of one wave. met: flagged 0 or 1 -> responses in all, as `Answers.met` of the opening question. first, last: the
    days counted; today's number does not heed them. flagged: count flagged ones."""
    opening = fielding.questionnaire.opening
    steps_to = min(last or today, today)
    steps_from = max(first or date.min, steps_to - timedelta(days=FUNNEL_DAYS - 1))
    asked = [_one_question(fielding, screen) for screen in fielding.questionnaire.screens]
    got_to = _reached(fielding, asked, steps_from, steps_to, here.place_ids)
    return Glance(
        today=_people(_reached(fielding, [opening], today, today, here.place_ids)[opening.key], flagged),
        in_all=_people(met, flagged),
        flagged=met.get(1, 0),
        steps=_steps(fielding, [_people(got_to[question.key], flagged) for question in asked], here),
        steps_from=steps_from,
        steps_to=steps_to,
    )


def answered_on(fielding: Fielding, day: date, place_ids: Sequence[int]) -> int:
    """How many began to answer a wave on a day."""
    opening = fielding.questionnaire.opening
    return sum(_reached(fielding, [opening], day, day, place_ids)[opening.key].values())


def _reached(
    fielding: Fielding, questions: Sequence[Question], first: date, last: date, place_ids: Sequence[int]
) -> Mapping[str, Mapping[int, int]]:
    """Question -> (flagged 0 or 1 -> responses of these days that have anything for it: an answer, or why not)."""
    keys = [question.key for question in questions]
    days = (Part("D", first, last),)
    sums = queries.sums_of_questions(fielding.wave_id, "channel", keys, days, place_ids)
    sums += queries.marks_of_questions(fielding.wave_id, keys, days, place_ids)
    found: dict[str, dict[int, int]] = {question.key: {0: 0, 1: 0} for question in questions}
    for question in questions:
        for flagged in (0, 1):
            counted = {option: n for (key, option, f), n in sums.items() if key == question.key and f == flagged}
            found[question.key][flagged] = -kinds_of_missing(question, counted, 0).left
    return found


def _people(reached: Mapping[int, int], flagged: bool) -> int:
    return sum(reached.values()) if flagged else reached.get(0, 0)


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
    """A question that tells who got past a screen: each does, and one of few answers is the quickest to add up."""
    questions = [fielding.questionnaire.question(key) for key in screen.questions]
    return min(questions, key=lambda q: (q.kind is Kind.text, q.kind is Kind.multiple, len(q.options)))


def _heading(fielding: Fielding, screen: Screen) -> str:
    if screen.heading is not None:
        return text_in(screen.heading, "en")
    return text_in(fielding.questionnaire.question(screen.questions[0]).wording, "en").replace("{place}", "the place")
