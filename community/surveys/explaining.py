"""What a questionnaire asks of whom, in English sentences for officers. Pure."""

from __future__ import annotations

from typing import Final

from community.surveys.questionnaire import (
    ENGLISH,
    PLACE,
    AnyOf,
    Condition,
    Kind,
    Question,
    Questionnaire,
    Screen,
    Style,
)

_KINDS: Final = {
    Kind.single: "One choice",
    Kind.multiple: "Any number of choices",
    Kind.scale: "One step of a scale",
    Kind.place: "A place from our list",
    Kind.number: "A whole number",
    Kind.text: "Free words",
}


def how(question: Question) -> str:
    """How a question is answered."""
    said = _KINDS[question.kind]
    if question.kind is Kind.number:
        return f"{said} from {question.minimum} to {question.maximum}"
    if question.kind is Kind.text:
        return f"{said}, at most {question.max_length} letters"
    return f"{said}, shuffled for each person" if question.shuffled else said


def who(questionnaire: Questionnaire, question: Question) -> list[str]:
    """Who is asked it: one sentence for each condition; none when everybody is."""
    said = [f"Only people known to be {question.min_age} or over."] if question.min_age is not None else []
    for part in question.ask_if:
        conditions = part.conditions if isinstance(part, AnyOf) else (part,)
        said.append(f"Only {' or '.join(_condition(questionnaire, one) for one in conditions)}.")
    return said


def screen_name(questionnaire: Questionnaire, screen: Screen) -> str:
    """What to call a screen: its heading, else its first question."""
    if screen.heading:
        return screen.heading[ENGLISH]
    return questionnaire.question(screen.questions[0]).wording[ENGLISH].replace(PLACE, "this place")


def screen_style(screen: Screen) -> str:
    return "one tap" if screen.style is Style.buttons else "a form"


def _condition(questionnaire: Questionnaire, condition: Condition) -> str:
    question = questionnaire.question(condition.question)
    asked = (question.wording_anywhere or question.wording)[ENGLISH].replace(PLACE, "this place")
    labels = [f"“{question.option(key).label[ENGLISH]}”" for key in condition.any_of or condition.not_any_of]
    chosen = labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} or {labels[-1]}"
    answered = "answered" if condition.any_of else "did not answer"
    return f"people who {answered} {chosen} to “{asked}”"
