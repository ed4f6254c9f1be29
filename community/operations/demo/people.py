"""Made-up respondents: how each answers a questionnaire, walked through the real routing. Deterministic by seed."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from community.surveys.questionnaire import AGE, NOT_ASKED, PREFER_NOT, SKIPPED, WRITTEN, Kind, Question, Questionnaire
from community.surveys.routing import next_screen, options_for, screen_questions, settled

AGES = {
    "13-15": 30,
    "16-17": 20,
    "18-21": 22,
    "22-24": 8,
    "25-34": 8,
    "35-44": 5,
    "45-54": 3,
    "55-64": 2,
    "65+": 1,
    PREFER_NOT: 1,
}
"""Near the first month's mix: half aged 13 to 17, a fifth 18 to 21."""
LIKELY = {"very_unsafe": 5, "fairly_unsafe": 6, "no": 4, "someone_i_know": 5, "yes": 3, "neither": 2, PREFER_NOT: 0.3}
LIKELY_CALM = {"very_safe": 5, "fairly_safe": 7, "yes": 4, PREFER_NOT: 0.3}
GO_ON_FIRST, GO_ON = 0.62, 0.9
SKIP = 0.06


@dataclass(frozen=True)
class Person:
    """Settled answers of someone who went as far as they liked. worried: felt unsafe at the start."""

    answers: Mapping[str, tuple[str, ...]]
    worried: bool


def person(questionnaire: Questionnaire, rng: random.Random, *, worried: bool) -> Person:
    """One made-up respondent."""
    answers: dict[str, tuple[str, ...]] = {}
    screen = questionnaire.screens[0]
    likely = LIKELY if worried else LIKELY_CALM
    while True:
        for question in screen_questions(questionnaire, screen, answers):
            answers[question.key] = _answer(question, answers, rng, likely)
        answers = settled(questionnaire, answers, reached=screen.key)
        following = next_screen(questionnaire, answers, after=screen.key)
        go_on = GO_ON_FIRST if screen is questionnaire.screens[0] else GO_ON
        if following is None or rng.random() > go_on:
            return Person(answers, worried)
        screen = following


def _answer(
    question: Question, answers: Mapping[str, tuple[str, ...]], rng: random.Random, likely: Mapping[str, float]
) -> tuple[str, ...]:
    options = [option.key for option in options_for(question, answers)]
    if question.key == AGE:
        return (rng.choices(list(AGES), list(AGES.values()))[0],)
    first = not answers or all(given in ((SKIPPED,), (NOT_ASKED,)) for given in answers.values())
    if not first and rng.random() < SKIP:
        return (SKIPPED,)
    if question.kind is Kind.text:
        return (SKIPPED,) if rng.random() < 0.8 else (WRITTEN,)
    if question.kind is Kind.number:
        return (str(rng.randint(question.minimum or 0, min(question.maximum or 9, 9))),)
    if question.kind is Kind.place:
        return (SKIPPED,)
    weights = [likely.get(key, 1.0) for key in options]
    if question.kind is not Kind.multiple:
        return (rng.choices(options, weights)[0],)
    several = [option.key for option in options_for(question, answers) if not option.exclusive and not option.missing]
    chosen = set(rng.sample(several, min(len(several), rng.choice((1, 2, 2, 3)))))
    return tuple(key for key in options if key in chosen)
