"""A questionnaire as its page shows it: screen by screen, what is asked of whom, in one language at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from community.places.service import places
from community.shared import languages
from community.surveys import explaining, pages
from community.surveys.questionnaire import ENGLISH, Question, Questionnaire, Texts, language_of, text_in

_FORM: Final = re.compile(r"<form\b[^>]*>")
_LINK: Final = re.compile(r'(<a\b[^>]*?\shref=")[^"]*(")')
_SCRIPT: Final = re.compile(r"<script\b[^>]*></script>")


@dataclass(frozen=True)
class Said:
    """Words and the language they are in: English where there is no translation."""

    words: str
    lang: str
    dir: str

    @classmethod
    def of(cls, texts: Texts, lang: str) -> Said:
        spoken = language_of(texts, lang)
        return cls(text_in(texts, lang), spoken, _direction(spoken))


@dataclass(frozen=True)
class SeenQuestion:
    """One question with what an officer wants to know of it."""

    question: Question
    words: Said
    anywhere: Said | None
    hint: Said | None
    options: Sequence[tuple[str, Said]]
    how: str
    who: Sequence[str]


@dataclass(frozen=True)
class SeenScreen:
    """number: from 1."""

    number: int
    key: str
    name: str
    style: str
    heading: Said | None
    questions: Sequence[SeenQuestion]


@dataclass(frozen=True)
class Seen:
    """screens: all of them. lang: what is shown. spoken: (tag, own name, reviewed) to choose from. at: the screen on
    the phone."""

    screens: Sequence[SeenScreen]
    lang: str
    spoken: Sequence[tuple[str, str, bool]]
    at: SeenScreen

    def beside(self, step: int) -> SeenScreen | None:
        """The screen before or after the one on the phone."""
        index = self.at.number - 1 + step
        return self.screens[index] if 0 <= index < len(self.screens) else None


def seen(questionnaire: Questionnaire, *, lang: str, screen: str) -> Seen:
    """lang, screen: as asked for; what there is not falls back to English and the first screen."""
    spoken = [
        (tag, languages.LANGUAGES[tag].name, language.reviewed)
        for tag, language in questionnaire.languages.items()
        if tag in languages.LANGUAGES
    ]
    chosen = lang if lang in (tag for tag, _, _ in spoken) else ENGLISH
    screens = [
        SeenScreen(
            number,
            shown.key,
            explaining.screen_name(questionnaire, shown),
            explaining.screen_style(shown),
            Said.of(shown.heading, chosen) if shown.heading else None,
            [_question(questionnaire, questionnaire.question(key), chosen) for key in shown.questions],
        )
        for number, shown in enumerate(questionnaire.screens, start=1)
    ]
    return Seen(screens, chosen, spoken, next((one for one in screens if one.key == screen), screens[0]))


def on_a_phone(questionnaire: Questionnaire, screen: str, *, lang: str) -> str:
    """The page people get, whose form and links do nothing. Raises KeyError for a screen that is not there."""
    questionnaire.screen(screen)
    languages.use(lang)
    page = pages.preview(questionnaire, screen, place_name=_some_place())
    page = _FORM.sub('<form method="dialog">', page)
    return Markup(_SCRIPT.sub("", _LINK.sub(r"\1#main-content\2", page)))  # noqa: S704  our own page, escaped when it was made


def _question(questionnaire: Questionnaire, question: Question, lang: str) -> SeenQuestion:
    return SeenQuestion(
        question=question,
        words=Said.of(question.wording, lang),
        anywhere=Said.of(question.wording_anywhere, lang) if question.wording_anywhere else None,
        hint=Said.of(question.hint, lang) if question.hint else None,
        options=[(option.key, Said.of(option.label, lang)) for option in question.options],
        how=explaining.how(question),
        who=explaining.who(questionnaire, question),
    )


def _some_place() -> str:
    """The first place on the list, to stand where a poster's place would."""
    return next((place.name for _, here in places.by_area() for place in here), "")


def _direction(tag: str) -> str:
    return languages.LANGUAGES[tag].dir if tag in languages.LANGUAGES else "ltr"
