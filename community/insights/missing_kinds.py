"""Why there is no answer: four different things, and don't know is a fifth. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
