"""Plain values (a YAML file, a stored definition) into a Questionnaire, part by part, noting what is wrong.

A part that cannot be read is left out and remembered, so that rules are tried on all the others and the writer of
the file sees every problem at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from community.surveys.problems import Path
from community.surveys.questionnaire import (
    ATTRIBUTES,
    DONT_KNOW,
    ENGLISH,
    PREFER_NOT,
    SENSITIVE,
    SENSITIVE_FROM,
    AnyOf,
    Condition,
    Kind,
    Language,
    Option,
    Question,
    Questionnaire,
    Screen,
    Style,
)
from community.surveys.reading import OPTION_KEY, Reader, in_order
from community.surveys.yaml_source import Plain

LONGEST_LABEL: Final = 100
LONGEST_WORDING: Final = 300
LONGEST_NOTE: Final = 500
DEFAULT_TEXT_LENGTH: Final = 500

_QUESTION_NAMES: Final = (
    "kind", "wording", "wording_anywhere", "hint", "options", "shuffled", "attribute", "min_age", "sensitive",
    "ask_if", "source", "report_note", "minimum", "maximum", "max_length", "frozen",
)  # fmt: skip
_OPTION_NAMES: Final = ("harm", "exclusive", "missing", "min_age", "last")


@dataclass
class Draft:
    """What could be read, and where each part stands. unread: keys of questions that are left out."""

    questionnaire: Questionnaire
    questions: dict[str, Path] = field(default_factory=dict)
    screens: dict[str, Path] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)


def build(data: Plain, reader: Reader) -> Draft:
    entry = reader.mapping(
        data, (), "the questionnaire",
        required=("slug", "title", "languages", "screens"), optional=("free_text_from_age",),
    )  # fmt: skip
    languages = _languages(entry.get("languages"), reader)
    return _Builder(reader, languages).questionnaire(entry)


def _languages(value: Plain, reader: Reader) -> dict[str, Language]:
    found: dict[str, Language] = {}
    if isinstance(value, dict):
        for tag, settings in value.items():
            language = reader.language(tag, settings, ("languages", tag))
            found[tag] = language or Language(tag, "ltr", reviewed=False)
    elif value is not None:
        reader.note(("languages",), "'languages' is not a list of languages", "write 'en:' with direction and reviewed")
    if value is not None and ENGLISH not in found:
        reader.note(("languages",), "English is not declared", "add 'en: {direction: ltr, reviewed: true}'")
    found.setdefault(ENGLISH, Language(ENGLISH, "ltr", reviewed=False))
    return in_order(found)


class _Builder:
    def __init__(self, reader: Reader, languages: Mapping[str, Language]) -> None:
        self.reader = reader
        self.languages = languages
        self.found: list[Question] = []
        self.places = Draft(Questionnaire("", {}, {}, (), ()))

    def questionnaire(self, entry: Mapping[str, Plain]) -> Draft:
        read = self.reader
        slug = read.key(entry["slug"], ("slug",), "slug") if "slug" in entry else None
        title = self.words(entry, "title", (), "the title", LONGEST_LABEL)
        from_age = self.number(entry, "free_text_from_age", (), "the questionnaire")
        screens = [
            screen
            for path, item in (read.items(entry["screens"], ("screens",), "'screens'") if "screens" in entry else ())
            if (screen := self.screen(item, path)) is not None
        ]
        self.places.questionnaire = Questionnaire(
            slug=slug or "", title=title or {}, languages=self.languages,
            questions=tuple(self.found), screens=tuple(screens),
            free_text_from_age=SENSITIVE_FROM if from_age is None else from_age,
        )  # fmt: skip
        return self.places

    def screen(self, value: Plain, path: Path) -> Screen | None:
        entry = self.reader.mapping(
            value, path, "a screen", required=("key", "questions"), optional=("style", "heading")
        )
        if "key" not in entry or (key := self.reader.key(entry["key"], (*path, "key"), "screen key")) is None:
            key = f"screen {path[-1]}"
        what = f"screen {key!r}"
        if key in self.places.screens:
            self.reader.note((*path, "key"), f"{what} stands twice", "give each screen a key of its own")
        self.places.screens.setdefault(key, path)
        style = self.choice(entry, "style", path, what, tuple(Style)) or Style.form
        heading = self.words(entry, "heading", path, f"heading of {what}", LONGEST_WORDING)
        keys = []
        if "questions" in entry:
            for at, item in self.reader.items(entry["questions"], (*path, "questions"), f"'questions' of {what}"):
                if (question_key := self.question(item, at)) is not None:
                    keys.append(question_key)
        return Screen(key=key, questions=tuple(keys), style=Style(style), heading=heading)

    def question(self, value: Plain, path: Path) -> str | None:
        """The key, of a question that cannot be read too; None where there is no key, or one that was there before."""
        entry = self.reader.mapping(value, path, "a question", required=("key",), optional=_QUESTION_NAMES)
        if "key" not in entry or (key := self.reader.key(entry["key"], (*path, "key"), "question key")) is None:
            return None
        what = f"question {key!r}"
        if key in self.places.questions:
            self.reader.note((*path, "key"), f"{what} stands twice", "give each question a key of its own")
            return None
        self.places.questions[key] = path
        for name in ("kind", "wording", "source"):
            if name not in entry:
                self.reader.note(path, f"{what} lacks {name!r}", f"add '{name}: ...'")
        known_kind = self.choice(entry, "kind", path, what, tuple(Kind))
        kind = Kind(known_kind or Kind.single)
        wording = self.words(entry, "wording", path, f"wording of {what}", LONGEST_WORDING)
        max_length = self.number(entry, "max_length", path, what)
        question = Question(
            key=key,
            kind=kind,
            wording=wording or {ENGLISH: ""},
            source=self.note_text(entry, "source", path, what) or "",
            wording_anywhere=self.words(
                entry, "wording_anywhere", path, f"wording_anywhere of {what}", LONGEST_WORDING
            ),
            hint=self.words(entry, "hint", path, f"hint of {what}", LONGEST_WORDING),
            options=self.options(entry, path, what, kind),
            shuffled=self.flag(entry, "shuffled", path, what),
            attribute=self.choice(entry, "attribute", path, what, ATTRIBUTES),
            min_age=self.number(entry, "min_age", path, what),
            sensitive=self.choice(entry, "sensitive", path, what, SENSITIVE),
            ask_if=self.ask_if(entry, path, what),
            report_note=self.note_text(entry, "report_note", path, what),
            minimum=self.number(entry, "minimum", path, what),
            maximum=self.number(entry, "maximum", path, what),
            max_length=DEFAULT_TEXT_LENGTH if kind is Kind.text and max_length is None else max_length,
            frozen=self.flag(entry, "frozen", path, what),
        )
        if known_kind is None or wording is None:
            self.places.unread.add(key)
        else:
            self.found.append(question)
        return key

    def options(self, entry: Mapping[str, Plain], path: Path, what: str, kind: Kind) -> tuple[Option, ...]:
        if "options" not in entry:
            return ()
        found: dict[str, Option] = {}
        for at, value in self.reader.items(entry["options"], (*path, "options"), f"'options' of {what}"):
            option = self.option(value, at, what, kind)
            if option is None:
                continue
            if option.key in found:
                self.reader.note((*at, "key"), f"option {option.key!r} of {what} stands twice", "keep one of them")
            found.setdefault(option.key, option)
        return tuple(found.values())

    def option(self, value: Plain, path: Path, question: str, kind: Kind) -> Option | None:
        entry = self.reader.mapping(
            value, path, f"an option of {question}", required=("key", "label"), optional=_OPTION_NAMES
        )
        if "key" not in entry:
            return None
        key = self.reader.key(entry["key"], (*path, "key"), f"option key of {question}", OPTION_KEY)
        if key is None:
            return None
        what = f"option {key!r} of {question}"
        missing = self.flag(entry, "missing", path, what, otherwise=key in (PREFER_NOT, DONT_KNOW))
        alone = missing and kind is Kind.multiple
        return Option(
            key=key,
            label=self.words(entry, "label", path, f"label of {what}", LONGEST_LABEL) or {ENGLISH: ""},
            harm=self.reader.key(entry["harm"], (*path, "harm"), f"harm of {what}") if "harm" in entry else None,
            exclusive=self.flag(entry, "exclusive", path, what, otherwise=alone),
            missing=missing,
            min_age=self.number(entry, "min_age", path, what),
            last=self.flag(entry, "last", path, what),
        )

    def ask_if(self, entry: Mapping[str, Plain], path: Path, what: str) -> tuple[Condition | AnyOf, ...]:
        """A list of conditions, or one by itself; {any: [...]} groups some of which one is enough."""
        if "ask_if" not in entry:
            return ()
        at, value = (*path, "ask_if"), entry["ask_if"]
        parts = [(at, value)] if isinstance(value, dict) else self.reader.items(value, at, f"'ask_if' of {what}")
        found = [self.group(part, where, what) for where, part in parts]
        return tuple(part for part in found if part is not None)

    def group(self, value: Plain, path: Path, what: str) -> Condition | AnyOf | None:
        if not (isinstance(value, dict) and "any" in value):
            return self.condition(value, path, what)
        entry = self.reader.mapping(value, path, f"'ask_if' of {what}", required=("any",))
        parts = self.reader.items(entry.get("any"), (*path, "any"), f"'any' of {what}")
        found = [self.condition(part, at, what) for at, part in parts]
        return AnyOf(tuple(part for part in found if part is not None))

    def condition(self, value: Plain, path: Path, what: str) -> Condition | None:
        of = f"condition of {what}"
        entry = self.reader.mapping(value, path, f"a {of}", required=("question",), optional=("any_of", "not_any_of"))
        if not isinstance(about := entry.get("question"), str):
            return None
        if ("any_of" in entry) == ("not_any_of" in entry):
            self.reader.note(path, f"a {of} needs one list of options", "give it any_of, or not_any_of, not both")
            return None
        name = "any_of" if "any_of" in entry else "not_any_of"
        keys = self.reader.keys(entry[name], (*path, name), f"'{name}' of a {of}")
        return Condition(about, any_of=keys) if name == "any_of" else Condition(about, not_any_of=keys)

    def words(
        self, entry: Mapping[str, Plain], name: str, path: Path, what: str, longest: int
    ) -> dict[str, str] | None:
        if name not in entry:
            return None
        return self.reader.texts(entry[name], (*path, name), what, self.languages, longest=longest)

    def note_text(self, entry: Mapping[str, Plain], name: str, path: Path, what: str) -> str | None:
        if name not in entry:
            return None
        return self.reader.text(entry[name], (*path, name), f"{name} of {what}", longest=LONGEST_NOTE)

    def number(self, entry: Mapping[str, Plain], name: str, path: Path, what: str) -> int | None:
        return self.reader.whole(entry[name], (*path, name), f"{name} of {what}") if name in entry else None

    def flag(self, entry: Mapping[str, Plain], name: str, path: Path, what: str, *, otherwise: bool = False) -> bool:
        return self.reader.flag(entry[name], (*path, name), f"{name} of {what}") if name in entry else otherwise

    def choice(
        self, entry: Mapping[str, Plain], name: str, path: Path, what: str, known: tuple[str, ...]
    ) -> str | None:
        return self.reader.one_of(entry[name], (*path, name), f"{name} of {what}", known) if name in entry else None
