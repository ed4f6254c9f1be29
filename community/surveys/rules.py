"""The rules a questionnaire keeps, beyond being readable: order, safety by age, and what each kind may hold.

Each rule looks at one part and yields findings: where, what is wrong, what to do. The ages and the harmless opening
are the promises made to children; `loading` lets nothing through that breaks one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import chain
from typing import Final

from community.surveys.building import Draft
from community.surveys.problems import Path
from community.surveys.questionnaire import (
    AGE,
    AGE_BANDS,
    AGE_FROM,
    ENGLISH,
    PLACE,
    PREFER_NOT,
    SENSITIVE_FROM,
    SENSITIVE_HARMS,
    Condition,
    Kind,
    Option,
    Question,
    Questionnaire,
    Screen,
    Style,
)

Finding = tuple[Path, str, str]
"""(where, what is wrong, what to do about it)"""

MAX_QUESTIONS: Final = 100
MAX_OPTIONS: Final = 60
MAX_TEXT_LENGTH: Final = 2000
_GATES: Final = tuple(age for age in AGE_FROM.values() if age)


def broken_rules(draft: Draft) -> Iterator[Finding]:
    """Every finding, in no particular order. Nothing is said about parts that could not be read."""
    if not draft.questionnaire.screens:
        return
    yield from _whole(draft)
    yield from _opening(draft)
    yield from _age_screen(draft)
    for screen in draft.questionnaire.screens:
        yield from _screen(draft, screen)
    for question in draft.questionnaire.questions:
        alone = (rule(question) for rule in _QUESTION_RULES)
        among_others = (rule(draft, question) for rule in _RULES_AMONG_OTHERS)
        for within, message, fix in chain(*alone, *among_others):
            yield (*draft.questions[question.key], *within), f"question {question.key!r} {message}", fix


def _whole(draft: Draft) -> Iterator[Finding]:
    questionnaire = draft.questionnaire
    if len(draft.questions) > MAX_QUESTIONS:
        yield ("screens",), f"there are {len(draft.questions)} questions", f"use at most {MAX_QUESTIONS}"
    if questionnaire.free_text_from_age not in (13, SENSITIVE_FROM):
        yield ("free_text_from_age",), "free_text_from_age is neither 13 nor 16", "write 16, or 13 if your leads agreed"
    if questionnaire.title and any("{" in words or "}" in words for words in questionnaire.title.values()):
        yield ("title",), "the title has a curly bracket", "take it out"
    seen: dict[str, str] = {}
    for question in questionnaire.attribute_questions:
        first = seen.setdefault(str(question.attribute), question.key)
        if first != question.key:
            where = (*draft.questions[question.key], "attribute")
            yield where, f"{question.attribute!r} is asked by {first!r} too", "ask for each attribute once"


def _screen(draft: Draft, screen: Screen) -> Iterator[Finding]:
    where = draft.screens[screen.key]
    if screen.heading and any("{" in words or "}" in words for words in screen.heading.values()):
        yield (*where, "heading"), f"heading of screen {screen.key!r} has a curly bracket", "take it out"
    if screen.style is Style.buttons and screen.questions:
        on_it = [draft.questionnaire.question(key) for key in screen.questions if key not in draft.unread]
        if len(screen.questions) > 1 or any(q.kind not in (Kind.single, Kind.scale) for q in on_it):
            fix = "give it exactly one question of kind single or scale, or write 'style: form'"
            yield (*where, "style"), f"screen {screen.key!r} cannot be buttons", fix


def _opening(draft: Draft) -> Iterator[Finding]:
    """Harmless for any age, and an answer at the first tap (it is asked before the age)."""
    first = draft.questionnaire.screens[0]
    if first.style is not Style.buttons or len(first.questions) > 1:
        fix = "give it 'style: buttons' and one question, so that the first tap is an answer"
        yield draft.screens[first.key], f"screen {first.key!r} comes first and is not one question of buttons", fix
    for key in first.questions:
        if key in draft.unread:
            continue
        question, where = draft.questionnaire.question(key), draft.questions[key]
        named = f"question {key!r} is the first and"
        if key == AGE:
            fix = "begin with a question that anyone may answer, and ask the age on the screen after it"
            yield where, f"{named} asks the age", fix
        if question.kind not in (Kind.single, Kind.scale):
            yield (*where, "kind"), f"{named} is of kind {question.kind.value}", "open with a single choice or a scale"
        if question.min_age is not None or question.sensitive or question.ask_if:
            fix = "begin with a question that anyone of any age may be asked, and move this one behind the age"
            yield where, f"{named} is not for everyone", fix
        for index, option in enumerate(question.options):
            if option.harm or option.min_age is not None:
                fix = "begin with a harmless question, and move this one behind the age"
                yield (*where, "options", index), f"{named} has an option about harm or age ({option.key!r})", fix


def _age_screen(draft: Draft) -> Iterator[Finding]:
    """Second, whatever the questions are about: until the age is known, nobody knows whose answers must not be kept."""
    screens = draft.questionnaire.screens
    second = screens[min(1, len(screens) - 1)]
    if second.questions != (AGE,):
        fix = "ask 'age' second, by itself, as the safety survey does: what a child under 13 taps is not to be kept"
        yield draft.screens[second.key], "the second screen is not the age question alone", fix


def _age_question(question: Question) -> Iterator[Finding]:
    if (question.key == AGE) != (question.attribute == AGE):
        yield ("key",), "is not both: key 'age' and attribute age", f"write 'key: {AGE}' and 'attribute: {AGE}'"
    elif question.key == AGE:
        if question.kind is not Kind.single:
            yield ("kind",), "is not a single choice", "write 'kind: single'"
        if tuple(option.key for option in question.options) != AGE_BANDS:
            yield ("options",), "has other bands than every age question", f"use exactly {', '.join(AGE_BANDS)}"
        if question.min_age is not None or question.ask_if or question.sensitive:
            yield (), "may be kept from someone", "take min_age, sensitive and ask_if out: everyone is asked their age"
        if any(option.min_age is not None or option.harm for option in question.options):
            yield ("options",), "has an option with min_age or harm", "take it out"


def _ages(draft: Draft, question: Question) -> Iterator[Finding]:
    parts: list[tuple[Path, str, int | None]] = [(("min_age",), "min_age", question.min_age)]
    for index, option in enumerate(question.options):
        parts.append((("options", index, "min_age"), f"min_age of option {option.key!r}", option.min_age))
        gate = max(option.min_age or 0, question.min_age or 0)
        if option.harm in SENSITIVE_HARMS and gate < SENSITIVE_FROM:
            fix = f"add 'min_age: {SENSITIVE_FROM}' to the option"
            yield ("options", index), f"has an option about {option.harm} for under {SENSITIVE_FROM}s", fix
    for where, what, age in parts:
        if age is not None and age not in _GATES:
            yield where, f"has {what} {age}", f"use where an age band begins: {', '.join(map(str, _GATES))}"
    own = question.min_age or 0
    if question.sensitive and own < SENSITIVE_FROM:
        fix = f"add 'min_age: {SENSITIVE_FROM}'"
        yield (), f"is about {question.sensitive} and open to under {SENSITIVE_FROM}s", fix
    least = draft.questionnaire.free_text_from_age
    if question.kind is Kind.text and own < least:
        fix = f"add 'min_age: {least}'"
        if least > 13:
            fix += "; 'free_text_from_age: 13' at the top allows 13, once your safeguarding leads have agreed"
        yield (), f"lets under {least}s write free text", fix


def _options(question: Question) -> Iterator[Finding]:
    if not question.kind.has_options:
        if question.options:
            yield ("options",), f"is of kind {question.kind.value} and has options", "take the options out"
        return
    if len(question.options) > MAX_OPTIONS:
        yield ("options",), f"has {len(question.options)} options", f"use at most {MAX_OPTIONS}"
    if sum(not option.missing for option in question.options) < 1:
        yield ("options",) if question.options else (), "has no option to choose", "add 'options:'"
    if question.options and PREFER_NOT not in (option.key for option in question.options):
        fix = f"add an option '{PREFER_NOT}': everyone may decline to say"
        yield ("options",), f"has no option '{PREFER_NOT}'", fix
    for index, option in enumerate(question.options):
        for message, fix in _option(question, option):
            yield ("options", index), message, fix


def _option(question: Question, option: Option) -> Iterator[tuple[str, str]]:
    if "{" in "".join(option.label.values()) or "}" in "".join(option.label.values()):
        yield f"has a curly bracket in the label of option {option.key!r}", "take it out"
    if option.key == PREFER_NOT and not option.missing:
        yield f"counts {PREFER_NOT!r} as an opinion", "take 'missing: false' out"
    if option.exclusive and question.kind is not Kind.multiple:
        yield f"has an exclusive option {option.key!r}", "take 'exclusive' out: only one can be chosen anyway"
    if option.missing and question.kind is Kind.multiple and not option.exclusive:
        yield f"lets {option.key!r} be chosen with others", "take 'exclusive: false' out"
    if option.last and not question.shuffled:
        yield f"has 'last' on option {option.key!r} but is not shuffled", "take 'last' out, or add 'shuffled: true'"


def _kind(question: Question) -> Iterator[Finding]:
    low, high = question.minimum, question.maximum
    if question.kind is Kind.number and (low is None or high is None or low > high):
        yield (), "has no range to check a number against", "add minimum and maximum, the smaller first"
    if question.kind is not Kind.number and (low is not None or high is not None):
        yield (), f"is of kind {question.kind.value} and has minimum or maximum", "take them out"
    if question.kind is not Kind.text and question.max_length is not None:
        yield ("max_length",), f"is of kind {question.kind.value} and has max_length", "take it out"
    if question.max_length is not None and not 1 <= question.max_length <= MAX_TEXT_LENGTH:
        yield ("max_length",), f"has max_length {question.max_length}", f"use 1 to {MAX_TEXT_LENGTH}"
    if question.shuffled and question.kind not in (Kind.single, Kind.multiple):
        fix = "take 'shuffled' out: its order means something"
        yield ("shuffled",), f"is of kind {question.kind.value} and shuffled", fix
    if question.attribute and question.kind not in (Kind.single, Kind.multiple):
        fix = "use single or multiple: options are groups"
        yield ("attribute",), f"is an attribute of kind {question.kind.value}", fix


def _words(question: Question) -> Iterator[Finding]:
    for tag, words in question.wording.items():
        if _has_bracket(words.replace(PLACE, "")):
            yield ("wording", tag), f"has a placeholder other than {PLACE} in {tag!r}", f"only {PLACE} can be filled in"
        if (PLACE in words) != (PLACE in question.wording[ENGLISH]):
            fix = "let both or neither have it"
            yield ("wording", tag), f"has {PLACE} in English or in {tag!r} but not in both", fix
    if PLACE in question.wording[ENGLISH] and question.wording_anywhere is None:
        yield (), f"has {PLACE} and no words for when no place is known", "add 'wording_anywhere'"
    for name, texts in (("wording_anywhere", question.wording_anywhere), ("hint", question.hint)):
        for tag, words in (texts or {}).items():
            if _has_bracket(words):
                yield (name, tag), f"has a curly bracket in its {name} in {tag!r}", "take it out: nothing is filled in"


def _has_bracket(words: str) -> bool:
    return "{" in words or "}" in words


def _conditions(draft: Draft, question: Question) -> Iterator[Finding]:
    questionnaire = draft.questionnaire
    before = questionnaire.screens[: questionnaire.screen_index_of(question.key)]
    earlier = [key for screen in before for key in screen.questions]
    for condition in question.conditions():
        about = condition.question
        if about in earlier:
            if about not in draft.unread:
                yield from _condition_options(questionnaire, condition)
        elif about in draft.questions:
            fix = "let it depend on a question on an earlier screen, or move it to a later screen"
            yield ("ask_if",), f"depends on {about!r}, which does not stand on an earlier screen", fix
        else:
            yield ("ask_if",), f"depends on {about!r}, which is no question", _did_you_mean(about, earlier)


def _condition_options(questionnaire: Questionnaire, condition: Condition) -> Iterator[Finding]:
    known = [option.key for option in questionnaire.question(condition.question).options]
    for key in (*condition.any_of, *condition.not_any_of):
        if key not in known:
            message = f"depends on {key!r}, which is no option of {condition.question!r}"
            yield ("ask_if",), message, _did_you_mean(key, known)


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    words = list(known)
    near = get_close_matches(word, words, n=1)
    return f"did you mean {near[0]!r}?" if near else f"use one of {', '.join(words) or '(there is none)'}"


_QUESTION_RULES: Final = (_age_question, _options, _kind, _words)
_RULES_AMONG_OTHERS: Final = (_ages, _conditions)
