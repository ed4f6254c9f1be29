"""Which questions of a survey are asked in text messages, in which order, and in which words. Pure.

The file says it by stable keys, so it holds for every version of a survey. A survey that it does not name is asked in
full, as far as its questions have options. Free text and places are never asked by text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from community.surveys.questionnaire import Option, Question, Questionnaire, text_in
from community.surveys.routing import Answers, path

FILE: Final = Path(__file__).with_name("by_text.yaml")
_ANY: Final = "any"
"""Where the file keeps labels for options that mean the same in every survey."""
_HINTS: Final = "hints"


def asked_by_text(questionnaire: Questionnaire) -> frozenset[str]:
    """Keys of the questions that may be asked by text. The opening is one of them."""
    able = [question.key for question in questionnaire.questions if question.kind.has_options]
    listed = _read().get(questionnaire.slug)
    return frozenset(able if listed is None else [*listed.keys() & set(able), questionnaire.opening.key])


def next_question(questionnaire: Questionnaire, answers: Answers) -> Question | None:
    """The first question on this person's path that has neither an answer nor a skip; None when all have."""
    asked = _on_the_path(questionnaire, answers)
    return next((question for question in asked if not answers.get(question.key)), None)


def question_before(questionnaire: Questionnaire, answers: Answers, key: str) -> Question | None:
    """The question asked before the one with this key; None for the opening."""
    asked = [question.key for question in _on_the_path(questionnaire, answers)]
    all_keys = [question.key for question in questionnaire.questions]
    before = [questionnaire.question(one) for one in asked if all_keys.index(one) < all_keys.index(key)]
    return before[-1] if before else None


def label_by_text(questionnaire: Questionnaire, question: Question, option: Option, language: str) -> str:
    """The option's label in this language, or else in English; in fewer letters where the file has them."""
    own: Mapping[str, str] = _read().get(questionnaire.slug, {}).get(question.key, {}).get(option.key, {})
    short = own or _read()[_ANY].get(option.key, {})
    return short[language] if language in short and language in option.label else text_in(option.label, language)


def hint_by_text(kind: str, language: str) -> str | None:
    """What to send ("age": years, "several": more than one number) in this language, where the file says it."""
    found: str | None = _read()[_HINTS][kind].get(language)
    return found


def _on_the_path(questionnaire: Questionnaire, answers: Answers) -> list[Question]:
    able = asked_by_text(questionnaire)
    return [question for question in path(questionnaire, answers) if question.key in able]


@cache
def _read() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return loaded
