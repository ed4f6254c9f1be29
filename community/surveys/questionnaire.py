"""What a questionnaire is, as plain values: questions, options, screens, and who may be asked what.

Nothing here reads a file or a clock. `loading` makes a checked Questionnaire out of YAML, `routing` says what one
person is asked. A Questionnaire made by hand is not checked: `loading.load(loading.dump(it), name=...)` checks it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

SKIPPED: Final = "_skipped"
"""The mark of a question that was shown and passed over."""
NOT_ASKED: Final = "_not_asked"
"""The mark of a question that routing or age kept away."""
WRITTEN: Final = "_written"
"""The mark of a text question that was answered; the words themselves are kept elsewhere."""
PREFER_NOT: Final = "prefer_not_to_say"
DONT_KNOW: Final = "dont_know"
AGE: Final = "age"
"""The key of the age question, the same in every questionnaire: age gates read it."""
ENGLISH: Final = "en"
PLACE: Final = "{place}"
"""The one thing a wording may leave open."""

AGE_FROM: Final[Mapping[str, int]] = {
    "under_13": 0, "13-15": 13, "16-17": 16, "18-21": 18, "22-24": 22, "25-34": 25,
    "35-44": 35, "45-54": 45, "55-64": 55, "65+": 65,
}  # fmt: skip
"""Age band -> the youngest age in it, in years."""
AGE_BANDS: Final = (*AGE_FROM, PREFER_NOT)
"""The options of every age question, in this order. 13-15 and 16-17 fold to 13-17 in reports."""
IMPORTED_AGE: Final = "13-17"
"""A band older surveys could not split. Taken at import only; never guessed into a half."""

ATTRIBUTES: Final = ("age", "gender", "ethnicity", "disability", "connection")
"""What a question may say about the person; its options become groups that counts are split by."""
SENSITIVE: Final = ("own_sexual_abuse", "family_abuse", "self_harm", "offending")
"""Topics that nobody under 16, and nobody whose age is unknown, may be asked about."""
SENSITIVE_HARMS: Final = frozenset(
    (*SENSITIVE, "child_abuse_survivor", "domestic_abuse", "fgm", "forced_marriage", "honour_based_abuse",
     "perpetrator", "sexual_violence", "suicide")
)  # fmt: skip
"""Help topics of an option that tell of the same matters, so the option is gated like a sensitive question."""
SENSITIVE_FROM: Final = 16
"""Age in years from which sensitive questions, and by default free text, may be asked."""

Texts = Mapping[str, str]
"""Language tag -> words. English is always there; any other may be missing."""


class Kind(StrEnum):
    """How a question is answered. A scale is a single choice whose options stand in order."""

    single = "single"
    multiple = "multiple"
    scale = "scale"
    place = "place"
    number = "number"
    text = "text"

    @property
    def has_options(self) -> bool:
        return self in (Kind.single, Kind.multiple, Kind.scale)


@dataclass(frozen=True)
class Option:
    """One answer to choose. harm: the help topic that choosing it brings up. exclusive: stands alone in a multiple
    choice. missing: not an opinion (prefer not to say, don't know), left out of bases. min_age: shown only to people
    known to be that old. last: keeps its place at the end when the others are shuffled."""

    key: str
    label: Texts
    harm: str | None = None
    exclusive: bool = False
    missing: bool = False
    min_age: int | None = None
    last: bool = False

    @property
    def stays_last(self) -> bool:
        """Exclusive and missing options make sense only after the others."""
        return self.last or self.exclusive or self.missing


@dataclass(frozen=True)
class Condition:
    """Holds by the answer to an earlier question; exactly one of the two lists is filled.

    any_of: one of these was chosen. not_any_of: none of these was. With no answer (left, skipped, not asked),
    any_of does not hold and not_any_of does."""

    question: str
    any_of: tuple[str, ...] = ()
    not_any_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class AnyOf:
    """Holds when at least one of its conditions does."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Question:
    """One question. Optional parts are None, empty or False.

    wording_anywhere: said instead of `wording` when no place is known. attribute: one of ATTRIBUTES. min_age: asked
    only of people known to be at least that old. sensitive: one of SENSITIVE. ask_if: all must hold. source: what the
    question rests on. report_note: a caveat printed with its figures ("chosen from a list"). minimum, maximum: a
    number's range, both included. max_length: characters of a text. frozen: a later version may not reword it."""

    key: str
    kind: Kind
    wording: Texts
    source: str
    wording_anywhere: Texts | None = None
    hint: Texts | None = None
    options: tuple[Option, ...] = ()
    shuffled: bool = False
    attribute: str | None = None
    min_age: int | None = None
    sensitive: str | None = None
    ask_if: tuple[Condition | AnyOf, ...] = ()
    report_note: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    max_length: int | None = None
    frozen: bool = False

    def option(self, key: str) -> Option:
        """Raises KeyError for a key the question does not have."""
        for option in self.options:
            if option.key == key:
                return option
        raise KeyError(key)

    def conditions(self) -> Iterator[Condition]:
        """Every single condition, those inside groups too."""
        for part in self.ask_if:
            yield from part.conditions if isinstance(part, AnyOf) else (part,)


class Style(StrEnum):
    """buttons: one single choice or scale, each option a submit button. form: some questions and one button."""

    buttons = "buttons"
    form = "form"


@dataclass(frozen=True)
class Screen:
    """What is on the phone at once. questions: keys, in order. heading: None when the question is the heading."""

    key: str
    questions: tuple[str, ...]
    style: Style = Style.form
    heading: Texts | None = None


@dataclass(frozen=True)
class Language:
    """direction: 'ltr' or 'rtl'. reviewed: a person who speaks it has checked this questionnaire's words."""

    tag: str
    direction: str
    reviewed: bool


@dataclass(frozen=True)
class Questionnaire:
    """A whole questionnaire. Its questions stand in the order of the screens, each on exactly one screen.

    languages: English first. free_text_from_age: youngest known age that may be given a box to write in (13 only
    when the council's leads have decided so)."""

    slug: str
    title: Texts
    languages: Mapping[str, Language]
    questions: tuple[Question, ...]
    screens: tuple[Screen, ...]
    free_text_from_age: int = field(default=SENSITIVE_FROM)

    @cached_property
    def _by_key(self) -> Mapping[str, Question]:
        return {question.key: question for question in self.questions}

    @cached_property
    def _screen_index_of(self) -> Mapping[str, int]:
        return {key: index for index, screen in enumerate(self.screens) for key in screen.questions}

    @cached_property
    def walks(self) -> dict[frozenset[tuple[str, tuple[str, ...]]], Walk]:
        """What `routing` worked out lately: answers -> the questions asked and the entries that count."""
        return {}

    def question(self, key: str) -> Question:
        """Raises KeyError when there is none."""
        return self._by_key[key]

    def has_question(self, key: str) -> bool:
        return key in self._by_key

    def screen(self, key: str) -> Screen:
        """Raises KeyError when there is none."""
        return self.screens[self.screen_index(key)]

    def screen_index(self, key: str) -> int:
        """0 for the opening screen. Raises KeyError when there is none of that key."""
        for index, screen in enumerate(self.screens):
            if screen.key == key:
                return index
        raise KeyError(key)

    def screen_of(self, question_key: str) -> Screen:
        """The screen a question stands on. Raises KeyError when there is no such question."""
        return self.screens[self._screen_index_of[question_key]]

    def screen_index_of(self, question_key: str) -> int:
        """The place of that screen, from 0. Raises KeyError when there is no such question."""
        return self._screen_index_of[question_key]

    @property
    def opening(self) -> Question:
        return self.question(self.screens[0].questions[0])

    @property
    def attribute_questions(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.attribute)


Walk = tuple[tuple[Question, ...], dict[str, tuple[str, ...]]]


def least_age(band: str | None) -> int | None:
    """The youngest age, in years, that someone in this band can have; None when their age is not known.

    >>> least_age("13-15"), least_age("13-17"), least_age("prefer_not_to_say")
    (13, 13, None)
    """
    if band == IMPORTED_AGE:
        return AGE_FROM["13-15"]
    return None if band is None else AGE_FROM.get(band)


def language_of(texts: Texts, lang: str) -> str:
    """The language `text_in` will really use, for the page's `lang` attribute: `lang`, or English without it."""
    return lang if lang in texts else ENGLISH


def text_in(texts: Texts, lang: str) -> str:
    """The words in this language, or in English where they are not translated."""
    return texts[language_of(texts, lang)]


def wording_texts(question: Question, place: str | None) -> Texts:
    """The wording to ask: the one without a place when none is known and the question has such a wording."""
    return question.wording if place or question.wording_anywhere is None else question.wording_anywhere


def wording(question: Question, lang: str, place: str | None = None) -> str:
    """The question's words in this language (else English), the place's name filled in. Plain text, not HTML."""
    return text_in(wording_texts(question, place), lang).replace(PLACE, place or "")


def changed_frozen(before: Questionnaire, after: Questionnaire) -> tuple[str, ...]:
    """Keys of frozen questions of `before` that `after` drops, thaws, rewords in English or gives other options.

    Translations may be put right: a series hangs on the English wording and the option keys."""
    return tuple(
        old.key for old in before.questions
        if old.frozen and not (after.has_question(old.key) and _asks_the_same(old, after.question(old.key)))
    )  # fmt: skip


def _asks_the_same(old: Question, new: Question) -> bool:
    def asked(question: Question) -> object:
        options = [(option.key, option.label[ENGLISH], option.missing) for option in question.options]
        return question.frozen, question.kind, question.wording[ENGLISH], options

    return asked(old) == asked(new)
