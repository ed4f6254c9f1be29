"""A questionnaire as the three sheets of an XLSForm, such as `loading` reads back: a start to sharpen from."""

from __future__ import annotations

from collections.abc import Iterator

from babel import Locale, UnknownLocaleError

from community.surveys.questionnaire import (
    DONT_KNOW,
    ENGLISH,
    PREFER_NOT,
    SENSITIVE_FROM,
    Kind,
    Option,
    Question,
    Questionnaire,
    Screen,
    Style,
    Texts,
)
from community.surveys.xlsform import constraints, relevance
from community.surveys.xlsform.book import CHOICES, SETTINGS, SURVEY, Book
from community.surveys.xlsform.choices import MARKS
from community.surveys.xlsform.kinds import PLACES_FILE
from community.surveys.xlsform.questions import FIELD_LIST, LIKERT, QUICK
from community.surveys.xlsform.workbook import write_xlsx

_SURVEY = (
    "type", "name", "label", "hint", "wording_anywhere", "relevant", "constraint", "appearance", "parameters",
    "min_age", "attribute", "sensitive", "frozen", "source", "report_note",
)  # fmt: skip
_TYPES = {
    Kind.single: "select_one {list}", Kind.scale: "select_one {list}", Kind.multiple: "select_multiple {list}",
    Kind.place: f"select_one_from_file {PLACES_FILE}", Kind.number: "integer", Kind.text: "text",
}  # fmt: skip


def dump(questionnaire: Questionnaire) -> bytes:
    """An .xlsx file."""
    return write_xlsx(to_book(questionnaire))


def to_book(questionnaire: Questionnaire) -> Book:
    """The sheets. Columns that nothing stands in are left out, except those every form has."""
    spoken = tuple(questionnaire.languages)
    lists = _Lists()
    survey = [cells for screen in questionnaire.screens for cells in _screen(questionnaire, screen, lists)]
    return {
        SURVEY: _sheet(survey, _SURVEY, spoken),
        CHOICES: _sheet(lists.rows, ("list_name", "name", "label", *MARKS), spoken),
        SETTINGS: _sheet([_settings(questionnaire)], _SETTINGS, spoken),
    }


def language_name(tag: str) -> str:
    """`Urdu (ur)`, as XLSForm names a language in a heading."""
    try:
        return f"{Locale.parse(tag, sep='-').english_name} ({tag})"
    except (UnknownLocaleError, ValueError):
        return f"{tag} ({tag})"


_SETTINGS = ("form_title", "form_id", "translated_title", "default_language", "reviewed", "free_text_from_age")
_ALWAYS = ("type", "name", "label", "hint", "relevant", "list_name", "source", "form_title", "form_id")
_SPOKEN = ("label", "hint", "wording_anywhere", "translated_title")


def _sheet(rows: list[dict[str, str]], names: tuple[str, ...], spoken: tuple[str, ...]) -> list[list[str]]:
    columns = [heading for name in names for heading in _columns(name, spoken)]
    shown = [
        column for column in columns if column.partition("::")[0] in _ALWAYS or any(row.get(column) for row in rows)
    ]
    return [shown, *([row.get(column, "") for column in shown] for row in rows)]


def _columns(name: str, spoken: tuple[str, ...]) -> list[str]:
    return [f"{name}::{language_name(tag)}" for tag in spoken] if name in _SPOKEN else [name]


def _texts(name: str, texts: Texts | None) -> dict[str, str]:
    return {f"{name}::{language_name(tag)}": words for tag, words in (texts or {}).items()}


def _screen(questionnaire: Questionnaire, screen: Screen, lists: _Lists) -> Iterator[dict[str, str]]:
    questions = [questionnaire.question(key) for key in screen.questions]
    first = questions[0]
    natural = Style.buttons if first.kind in (Kind.single, Kind.scale) else Style.form
    bare = len(questions) == 1 and screen.key == first.key and screen.style is natural and not screen.heading
    rows = [_question(questionnaire, question, lists) for question in questions]
    if bare:
        yield from rows
        return
    if screen.style is Style.buttons:
        rows[0]["appearance"] = f"{rows[0].get('appearance', '')} {QUICK}".strip()
    yield {"type": "begin_group", "name": screen.key, "appearance": FIELD_LIST} | _texts("label", screen.heading)
    yield from rows
    yield {"type": "end_group"}


def _question(questionnaire: Questionnaire, question: Question, lists: _Lists) -> dict[str, str]:
    cells = {
        "type": _TYPES[question.kind].format(list=lists.name_for(question)),
        "name": question.key,
        "relevant": relevance.write(question.ask_if, lambda key: questionnaire.question(key).kind),
        "constraint": constraints.written(question),
        "appearance": LIKERT if question.kind is Kind.scale else "",
        "parameters": "randomize=true" if question.shuffled else "",
        "min_age": _number(question.min_age),
        "attribute": question.attribute or "",
        "sensitive": question.sensitive or "",
        "frozen": "yes" if question.frozen else "",
        "source": question.source,
        "report_note": question.report_note or "",
    }
    cells |= _texts("label", question.wording) | _texts("hint", question.hint)
    return cells | _texts("wording_anywhere", question.wording_anywhere)


class _Lists:
    """Lists of choices: questions whose choices read alike share one."""

    def __init__(self) -> None:
        self.rows: list[dict[str, str]] = []
        self._names: dict[str, str] = {}

    def name_for(self, question: Question) -> str:
        if not question.options:
            return ""
        rows = [_choice(option, question.kind) for option in question.options]
        same = repr(rows)
        if same not in self._names:
            self._names[same] = question.key
            self.rows += [{"list_name": question.key, **row} for row in rows]
        return self._names[same]


def _choice(option: Option, kind: Kind) -> dict[str, str]:
    usually_missing = option.key in (PREFER_NOT, DONT_KNOW)
    usually_alone = option.missing and kind is Kind.multiple
    return {
        "name": option.key,
        "harm": option.harm or "",
        "missing": "" if option.missing == usually_missing else _yes(option.missing),
        "exclusive": "" if option.exclusive == usually_alone else _yes(option.exclusive),
        "min_age": _number(option.min_age),
        "last": "yes" if option.last else "",
    } | _texts("label", option.label)


def _settings(questionnaire: Questionnaire) -> dict[str, str]:
    from_age = questionnaire.free_text_from_age
    reviewed = [tag for tag, language in questionnaire.languages.items() if language.reviewed]
    others = {tag: words for tag, words in questionnaire.title.items() if tag != ENGLISH}
    return {
        "form_title": questionnaire.title[ENGLISH],
        "form_id": questionnaire.slug,
        "default_language": language_name(ENGLISH),
        "reviewed": " ".join(reviewed) or "none",
        "free_text_from_age": "" if from_age == SENSITIVE_FROM else str(from_age),
    } | _texts("translated_title", others)


def _yes(fact: bool) -> str:
    return "yes" if fact else "no"


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
