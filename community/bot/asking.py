"""A question as it stands in a text: its words, its options with what to send for each. Pure.

"I'd rather not say" is always 0, so that the others are counted from 1. The age is asked in years: a number of a list
and an age would be the same figures, and a child's must never be taken for a grown-up's (docs/decisions/0008)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from community.bot.answers_in_words import Heard, Shown, age_band, choice, said
from community.bot.how_safe import SAFE, SCALE, UNSAFE, how_much, how_safe
from community.bot.plain_letters import plain_letters
from community.bot.wording import part
from community.surveys.by_text import hint_by_text, label_by_text
from community.surveys.questionnaire import AGE, ENGLISH, PREFER_NOT, Kind, Question, Questionnaire, text_in, wording
from community.surveys.routing import Answers, options_for, shown_order

WHETHER_SAFE: Final = "safe_in_borough"
"""The key of the question that is answered yes or no, where "unsafe" is a no."""


@dataclass(frozen=True)
class Asked:
    """text: the question, what to send, and its options, a line each."""

    question: Question
    shown: tuple[Shown, ...]
    text: str


def order_of(question: Question, answers: Answers, seed: str) -> tuple[str, ...]:
    """Option keys in the order in which this person sees them; the same for the same seed."""
    return tuple(option.key for option in shown_order(question, options_for(question, answers), seed))


def ask(questionnaire: Questionnaire, question: Question, order: Sequence[str], language: str, place: str) -> Asked:
    """The question for a text. order: option keys as shown. place: the name of the place, "" when none is known."""
    shown = _shown(questionnaire, question, order, language)
    lines = [wording(question, language, place)]
    if question.key == AGE:
        lines[0] += " " + _hint("age", language)
        shown_lines = [option for option in shown if option.key == PREFER_NOT]
    else:
        lines[0] += " " + _hint("several", language) if question.kind is Kind.multiple else ""
        shown_lines = list(shown)
    lines += [f"{option.marker} {option.labels[0]}" for option in shown_lines]
    return Asked(question, shown, plain_letters("\n".join(lines)))


def heard(asked: Asked, text: str, between: tuple[str, ...] = ()) -> Heard | None:
    """The answer that a text gives to a question; None when it gives none. between: options of which one was meant,
    after it was asked which."""
    if asked.question.key == AGE:
        band = age_band(text)
        if band is not None and any(option.key == band for option in asked.shown):
            return Heard((band,))
    answer = choice(text, asked.shown, several=asked.question.kind is Kind.multiple)
    if answer is not None and answer.exact:
        return answer
    if between and (key := how_much(text, between)):
        return Heard((key,))
    return _how_safe(asked, text) or answer


def _how_safe(asked: Asked, text: str) -> Heard | None:
    """The answer in words of one's own to a question of how safe somebody feels, such as the first at a poster. Nobody
    who says there that they feel unsafe may be lost for not having sent a number."""
    keys = {option.key for option in asked.shown}
    means, names_it = how_safe(text), "safe" in said(text)
    is_unsafe = bool(means) and set(means) <= set(UNSAFE)
    if asked.question.key == WHETHER_SAFE and {"yes", "no"} <= keys and (is_unsafe or names_it):
        chosen = "no" if is_unsafe else "yes" if set(means) & set(SAFE) else ""
        return Heard((chosen,), unsafe=is_unsafe and names_it) if chosen else None
    if not means or not set(SCALE) <= keys:
        return None
    if len(means) == 1:
        return Heard(means, unsafe=is_unsafe and names_it)
    return Heard((), between=means, unsafe=is_unsafe and names_it)


def _hint(kind: str, language: str) -> str:
    return (hint_by_text(kind, language) if language != ENGLISH else None) or part(f"survey_hint_{kind}")


def _shown(questionnaire: Questionnaire, question: Question, order: Sequence[str], language: str) -> tuple[Shown, ...]:
    found, number = [], 0
    for key in order:
        option = question.option(key)
        if key == PREFER_NOT:
            marker = "0"
        elif question.key == AGE:
            marker = ""
        else:
            number += 1
            marker = str(number)
        labels = [
            label_by_text(questionnaire, question, option, language),
            text_in(option.label, language),
            label_by_text(questionnaire, question, option, ENGLISH),
            option.label[ENGLISH],
        ]
        found.append(Shown(key, marker, tuple(dict.fromkeys(map(plain_letters, labels))), option.exclusive))
    return tuple(found)
