"""What one person is asked, in which order, and how their answers stand; pure functions on plain values.

Answers are a mapping of question key to a tuple: option keys for a choice; ("3",) for a number; (slug,) for a place;
(WRITTEN,) for a text; (SKIPPED,) for a question passed over; (NOT_ASKED,) for one that was kept away. No key, or an
empty tuple: nothing yet. An *entry* below is an answer or a skip. Conditions look only at earlier screens, so one walk
in order settles who is asked what; an entry that is itself off the path, or that age forbids, counts as no answer.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from community.surveys.questionnaire import (
    AGE,
    IMPORTED_AGE,
    NOT_ASKED,
    PREFER_NOT,
    SKIPPED,
    WRITTEN,
    AnyOf,
    Condition,
    Kind,
    Option,
    Question,
    Questionnaire,
    Screen,
    Walk,
    least_age,
)

Answers = Mapping[str, tuple[str, ...]]

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_WHOLE_NUMBER = re.compile(r"[+-]?\d{1,9}")
"""Figures of any script: an Urdu keyboard types its own."""


class Missing(StrEnum):
    """Why a question has no answer; four different things. not_asked: routing or age kept it away. left: the person
    went before it (or it is still to come). skipped: shown and passed over. prefer_not_to_say: chosen."""

    not_asked = "not_asked"
    left = "left"
    skipped = "skipped"
    prefer_not_to_say = "prefer_not_to_say"


class AnswerProblem(StrEnum):
    """What is wrong with an answer; the form has words for each. not_open: age keeps the question or option away."""

    unknown_option = "unknown_option"
    one_only = "one_only"
    exclusive = "exclusive"
    too_many = "too_many"
    not_a_number = "not_a_number"
    out_of_range = "out_of_range"
    not_a_place = "not_a_place"
    too_long = "too_long"
    not_open = "not_open"


class BadAnswer(ValueError):
    """Values that cannot be an answer to this question. Holds no words of the answer, so it is safe in a log."""

    def __init__(self, question_key: str, problem: AnswerProblem) -> None:
        super().__init__(f"{question_key}: {problem}")
        self.question_key = question_key
        self.problem = problem


WALKS_KEPT = 1_000


def path(questionnaire: Questionnaire, answers: Answers) -> tuple[Question, ...]:
    """The questions this person is asked, in order, as far as the answers so far can tell.

    A question to come whose condition hangs on one not answered yet is not on the path yet. Someone whose age is
    unknown (not asked yet, skipped, rather not say) is asked nothing that has a min_age."""
    return _walk(questionnaire, answers)[0]


def options_for(question: Question, answers: Answers) -> tuple[Option, ...]:
    """The options this person may see, in the questionnaire's order."""
    age = _age(answers)
    return tuple(option for option in question.options if _old_enough(option.min_age, age))


def shown_order(question: Question, options: Sequence[Option], seed: str) -> tuple[Option, ...]:
    """The options as shown: shuffled where the question says so, the same for the same seed; `other`, `nothing` and
    `rather not say` stay at the end. seed: anything that is one form's own and says nothing about the person."""
    if not question.shuffled:
        return tuple(options)
    free = [option for option in options if not option.stays_last]
    free.sort(key=lambda option: hashlib.sha256(f"{seed}\0{question.key}\0{option.key}".encode()).digest())
    return (*free, *(option for option in options if option.stays_last))


def screen_questions(questionnaire: Questionnaire, screen: Screen, answers: Answers) -> tuple[Question, ...]:
    """The questions of this screen that are on the path."""
    return tuple(question for question in path(questionnaire, answers) if question.key in screen.questions)


def next_screen(questionnaire: Questionnaire, answers: Answers, after: str | None) -> Screen | None:
    """The next screen after the one with key `after` (None: from the start) with a question on the path, answered or
    not; None when the person has finished. Raises KeyError for a screen that is not there."""
    first = 0 if after is None else questionnaire.screen_index(after) + 1
    for question in path(questionnaire, answers):
        if questionnaire.screen_index_of(question.key) >= first:
            return questionnaire.screen_of(question.key)
    return None


def resume_screen(questionnaire: Questionnaire, answers: Answers) -> Screen | None:
    """The first screen with a question on the path that has neither an answer nor a skip; None when there is none."""
    asked, entries = _walk(questionnaire, answers)
    for question in asked:
        if question.key not in entries:
            return questionnaire.screen_of(question.key)
    return None


def settled(questionnaire: Questionnaire, answers: Answers, *, reached: str | None) -> dict[str, tuple[str, ...]]:
    """The answers as they should be stored once the screen with key `reached` is saved (None: no screen is).

    Kept: the entries of questions on the path, less any option the person's age forbids. Dropped: everything else,
    the NOT_ASKED marks of earlier saves too, which are worked out afresh. So a mark comes and goes with a change of
    mind. Marked (NOT_ASKED,): a question off the path that
      - stands before or on the reached screen; or
      - stands later, no answer still to come after the reached screen could open it, and either the person has an
        entry on its screen or beyond (they went back and saved an earlier screen again) or every question on the path
        after the reached screen has its entry (the path is exhausted).
    Never marked: what the person may still meet by going on from the reached screen. Left without a key: a question
    on the path with no entry, which is `left` if the person goes now. Settling twice changes nothing, and the path is
    the same before and after. A file of older answers marks what it never asked itself, after this.
    Raises KeyError for a screen that is not there."""
    asked, entries = _walk(questionnaire, answers)
    at = -1 if reached is None else questionnaire.screen_index(reached)
    index = questionnaire.screen_index_of
    still_open = {question.key for question in asked if question.key not in entries and index(question.key) > at}
    furthest = max((index(key) for key in entries), default=-1) if still_open else len(questionnaire.screens)
    may_answer = set(still_open)
    on_path = {question.key for question in asked}
    for question in questionnaire.questions:
        if question.key in on_path:
            continue
        if index(question.key) > at and _may_open(question, entries, may_answer):
            may_answer.add(question.key)
        elif index(question.key) <= max(at, furthest):
            entries[question.key] = (NOT_ASKED,)
    return entries


def kind_of_missing(answers: Answers, question_key: str) -> Missing | None:
    """Why this question has no answer, in answers that are settled; None when it has one."""
    given = answers.get(question_key, ())
    if not given:
        return Missing.left
    if given == (NOT_ASKED,):
        return Missing.not_asked
    if given == (SKIPPED,):
        return Missing.skipped
    return Missing.prefer_not_to_say if given == (PREFER_NOT,) else None


def is_said(value: str) -> bool:
    """Whether a value that was sent is an answer: neither blank nor one of our marks."""
    return bool(value.strip()) and not value.strip().startswith("_")


def check_answer(
    question: Question, values: Sequence[str], answers: Answers, *, imported: bool = False
) -> tuple[str, ...]:
    """The values a form, text or file sent for this question, as they are kept; in the questionnaire's order.

    Nothing, blanks, or (SKIPPED,) give (SKIPPED,): every question can be skipped. A text gives (WRITTEN,): the caller
    keeps the words. A place gives (slug,), whose existence the caller checks. answers: what is known so far, for age
    gates. imported: also takes the age band 13-17 that older surveys could not split. Raises BadAnswer."""

    def bad(problem: AnswerProblem) -> BadAnswer:
        return BadAnswer(question.key, problem)

    given = list(dict.fromkeys(value.strip() for value in values if value.strip()))
    if not given or given == [SKIPPED]:
        return (SKIPPED,)
    if not _old_enough(question.min_age, _age(answers)):
        raise bad(AnswerProblem.not_open)
    if question.kind is not Kind.multiple and len(given) > 1:
        raise bad(AnswerProblem.one_only)
    if question.kind is Kind.text:
        if question.max_length is not None and len(given[0]) > question.max_length:
            raise bad(AnswerProblem.too_long)
        return (WRITTEN,)
    if question.kind is Kind.number:
        return (str(_number(question, given[0])),)
    if question.kind is Kind.place:
        if not _SLUG.fullmatch(given[0]):
            raise bad(AnswerProblem.not_a_place)
        return (given[0],)
    if imported and question.key == AGE and given == [IMPORTED_AGE]:
        return (IMPORTED_AGE,)
    return _chosen(question, given, answers)


def _number(question: Question, text: str) -> int:
    if not _WHOLE_NUMBER.fullmatch(text):
        raise BadAnswer(question.key, AnswerProblem.not_a_number)
    number = int(text)
    low, high = question.minimum, question.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        raise BadAnswer(question.key, AnswerProblem.out_of_range)
    return number


def _chosen(question: Question, given: Sequence[str], answers: Answers) -> tuple[str, ...]:
    known = {option.key: option for option in question.options}
    if len(given) > len(known):
        raise BadAnswer(question.key, AnswerProblem.too_many)
    if any(key not in known for key in given):
        raise BadAnswer(question.key, AnswerProblem.unknown_option)
    visible = {option.key for option in options_for(question, answers)}
    if any(key not in visible for key in given):
        raise BadAnswer(question.key, AnswerProblem.not_open)
    if len(given) > 1 and any(known[key].exclusive for key in given):
        raise BadAnswer(question.key, AnswerProblem.exclusive)
    return tuple(key for key in known if key in given)


def is_asked(question: Question, answers: Answers) -> bool:
    """Whether age and conditions let this question be asked, given settled answers to the screens before it."""
    return _old_enough(question.min_age, _age(answers)) and all(_holds(part, answers) for part in question.ask_if)


def _walk(questionnaire: Questionnaire, answers: Answers) -> tuple[tuple[Question, ...], dict[str, tuple[str, ...]]]:
    """The path, and the entries that count on it; walked once for each set of answers, since one save asks thrice."""
    key = frozenset(answers.items())
    walked = questionnaire.walks.get(key)
    if walked is None:
        walked = _walk_anew(questionnaire, answers)
        if len(questionnaire.walks) >= WALKS_KEPT:
            questionnaire.walks.clear()
        questionnaire.walks[key] = walked
    return walked[0], dict(walked[1])


def _walk_anew(questionnaire: Questionnaire, answers: Answers) -> Walk:
    asked: list[Question] = []
    entries: dict[str, tuple[str, ...]] = {}
    for question in questionnaire.questions:
        if is_asked(question, entries):
            asked.append(question)
            if entry := _entry(question, answers.get(question.key, ()), entries):
                entries[question.key] = entry
    return tuple(asked), entries


def _entry(question: Question, given: tuple[str, ...], entries: Answers) -> tuple[str, ...]:
    if given == (SKIPPED,) or not given:
        return given
    if not question.kind.has_options:
        return () if NOT_ASKED in given else given
    allowed = {option.key for option in options_for(question, entries)}
    if question.key == AGE:
        allowed.add(IMPORTED_AGE)
    return tuple(option for option in given if option in allowed)


def _age(answers: Answers) -> int | None:
    given = answers.get(AGE, ())
    return least_age(given[0]) if given else None


def _old_enough(min_age: int | None, age: int | None) -> bool:
    return min_age is None or (age is not None and age >= min_age)


def _holds(part: Condition | AnyOf, entries: Answers) -> bool:
    if isinstance(part, AnyOf):
        return any(_holds(condition, entries) for condition in part.conditions)
    given = entries.get(part.question, ())
    if part.any_of:
        return any(option in given for option in part.any_of)
    return not any(option in given for option in part.not_any_of)


def _may_open(question: Question, entries: Answers, may_answer: set[str]) -> bool:
    """Whether some answer still to come could put this question on the path. May say yes too often (two conditions
    that exclude each other), never no too often: a false yes only leaves a mark out until the path is exhausted."""

    def may_hold(part: Condition | AnyOf) -> bool:
        if isinstance(part, AnyOf):
            return any(may_hold(condition) for condition in part.conditions)
        return part.question in may_answer or _holds(part, entries)

    may_be_old_enough = AGE in may_answer or _old_enough(question.min_age, _age(entries))
    return may_be_old_enough and all(may_hold(part) for part in question.ask_if)
