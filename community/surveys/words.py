"""What to say when an answer cannot be taken: what happened, and what to do."""

from __future__ import annotations

from flask_babel import gettext as _

from community.surveys.questionnaire import Question
from community.surveys.routing import AnswerProblem


def problem_words(problem: AnswerProblem, question: Question) -> str:
    """One sentence that a person can act on; every question can still be skipped."""
    return str(_words(problem, question))


def _words(problem: AnswerProblem, question: Question) -> object:
    match problem:
        case AnswerProblem.one_only:
            return _("Choose one answer only, or press Skip.")
        case AnswerProblem.exclusive:
            return _("One of your answers only works alone. Choose that one, or the others.")
        case AnswerProblem.not_a_number:
            return _("Write a whole number, such as 3, or press Skip.")
        case AnswerProblem.out_of_range:
            return _(
                "Write a number from %(low)s to %(high)s, or press Skip.", low=question.minimum, high=question.maximum
            )
        case AnswerProblem.too_long:
            return _("Make it shorter than %(most)s letters, or press Skip.", most=question.max_length)
        case AnswerProblem.not_a_place:
            return _("Choose a place from the list, or press Skip.")
        case _:
            return _("Choose one of the answers shown, or press Skip.")
