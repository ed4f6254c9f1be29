"""Reads plain values one by one, notes every problem with its line, and carries on with the next."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Final, TypeVar

from community.surveys.problems import Path, Problem
from community.surveys.questionnaire import ENGLISH, Language
from community.surveys.yaml_source import Plain

T = TypeVar("T")

MAX_KEY: Final = 40
QUESTION_KEY: Final = re.compile(rf"[a-z][a-z0-9_-]{{0,{MAX_KEY - 1}}}")
OPTION_KEY: Final = re.compile(rf"[a-z0-9][a-z0-9_-]{{0,{MAX_KEY - 1}}}|65\+")
LANGUAGE_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_TRUE: Final = ("true", "yes", "on")
_FALSE: Final = ("false", "no", "off")
_DIRECTION_OVERRIDES: Final = frozenset("\u202a\u202b\u202c\u202d\u202e")
"""Marks that turn text round and can make a label say something else than it seems to."""


class Reader:
    """Each method takes a value with its path and `what` it is in words; a value that will not do is noted and
    answered with None (or nothing), so that the rest of the file is still read."""

    def __init__(self, lines: Mapping[Path, int] | None) -> None:
        self._lines = lines
        self.problems: list[Problem] = []

    def note(self, path: Path, message: str, fix: str) -> None:
        self.problems.append(Problem(self._line(path), message, fix))

    def _line(self, path: Path) -> int | None:
        if self._lines is None:
            return None
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path)

    def mapping(
        self, value: Plain, path: Path, what: str, *, required: Sequence[str], optional: Sequence[str] = ()
    ) -> dict[str, Plain]:
        """The entries with known names; a name nobody knows is noted with the nearest one that is known."""
        if not isinstance(value, dict):
            self.note(path, f"{what} is not a list of 'name: value' lines", f"give it {_listed(required)}")
            return {}
        known = (*required, *optional)
        for name in value:
            if name not in known:
                self.note((*path, name), f"{what} has no {name!r}", _nearest(name, known))
        for name in required:
            if value.get(name) is None:
                self.note(path, f"{what} lacks {name!r}", f"add '{name}: ...'")
        return {name: found for name, found in value.items() if name in known and found is not None}

    def items(self, value: Plain, path: Path, what: str) -> Iterator[tuple[Path, Plain]]:
        if not isinstance(value, list) or not value:
            self.note(path, f"{what} is not a list", "write at least one item, each on a line that begins with '- '")
            return
        for index, item in enumerate(value):
            yield (*path, index), item

    def key(self, value: Plain, path: Path, what: str, form: re.Pattern[str] = QUESTION_KEY) -> str | None:
        if not isinstance(value, str):
            self.note(path, f"{what} is not a word", "write one word, such as safe_here")
            return None
        if value.startswith("_"):
            self.note(path, f"{what} {value!r} begins with '_'", "take the '_' away: such keys are the system's own")
        elif not form.fullmatch(value):
            fix = f"use lower-case letters, digits, '_', '-', at most {MAX_KEY} of them, a letter first"
            if form is OPTION_KEY:
                fix = fix.replace("a letter first", "a letter or digit first")
            self.note(path, f"{what} {_short(value)} cannot be used", fix)
        return value

    def keys(self, value: Plain, path: Path, what: str) -> tuple[str, ...]:
        found = [self._word(item, at, what) for at, item in self.items(value, path, what)]
        for word in {word for word in found if found.count(word) > 1}:
            self.note(path, f"{what} names {word!r} twice", "keep one of them")
        return tuple(word for word in found if word)

    def _word(self, value: Plain, path: Path, what: str) -> str:
        if isinstance(value, str):
            return value
        self.note(path, f"{what} has an item that is not a word", "write option keys, such as [yes, no]")
        return ""

    def text(self, value: Plain, path: Path, what: str, *, longest: int) -> str | None:
        """Words on one line: Unicode NFC, runs of spaces and line ends made one space."""
        if not isinstance(value, str):
            self.note(path, f"{what} is not text", "write words, in quotes if they have a ':' in them")
            return None
        words = re.sub(r"[ \t\r\n]+", " ", unicodedata.normalize("NFC", value)).strip(" ")
        if not words:
            self.note(path, f"{what} is empty", "write the words, or take the line out")
            return None
        if any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or c in _DIRECTION_OVERRIDES for c in words):
            self.note(path, f"{what} has a hidden control character", "type the words again, without copying")
            return None
        if len(words) > longest:
            self.note(path, f"{what} has {len(words)} characters", f"use at most {longest}")
        return words

    def texts(
        self, value: Plain, path: Path, what: str, languages: Collection[str], *, longest: int
    ) -> dict[str, str] | None:
        """Language -> words. Bare words are English."""
        if isinstance(value, str):
            value = {ENGLISH: value}
        if not isinstance(value, dict):
            self.note(path, f"{what} is not text", "write 'en: words', and a line for each other language")
            return None
        found = {}
        for tag, words in value.items():
            if tag not in languages:
                fix = f"{_nearest(tag, tuple(languages))}, or declare it under 'languages'"
                self.note((*path, tag), f"{what} is in a language that is not declared: {tag!r}", fix)
            elif (text := self.text(words, (*path, tag), f"{what} in {tag!r}", longest=longest)) is not None:
                found[tag] = text
        if ENGLISH not in value:
            self.note(path, f"{what} has no English", "add 'en: ...'; English stands in where a translation lacks")
        return in_order(found) if ENGLISH in found else None

    def flag(self, value: Plain, path: Path, what: str) -> bool:
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value.lower() in (*_TRUE, *_FALSE):
            return value.lower() in _TRUE
        self.note(path, f"{what} is neither true nor false", "write true or false")
        return False

    def whole(self, value: Plain, path: Path, what: str) -> int | None:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,9}", value):
            return int(value)
        self.note(path, f"{what} is not a whole number", "write figures only, such as 16")
        return None

    def one_of(self, value: Plain, path: Path, what: str, known: Sequence[str]) -> str | None:
        if isinstance(value, str) and value in known:
            return value
        self.note(path, f"{what} is {_short(value)}", _nearest(str(value), known))
        return None

    def language(self, tag: str, value: Plain, path: Path) -> Language | None:
        what = f"language {tag!r}"
        if not LANGUAGE_TAG.fullmatch(tag):
            self.note(path, f"{what} is not a language tag", "use one such as en, ro, ur or pt-BR")
        entry = self.mapping(value, path, what, required=("direction", "reviewed"))
        if "direction" not in entry or "reviewed" not in entry:
            return None
        direction = self.one_of(entry["direction"], (*path, "direction"), f"direction of {what}", ("ltr", "rtl"))
        reviewed = self.flag(entry["reviewed"], (*path, "reviewed"), f"'reviewed' of {what}")
        return None if direction is None else Language(tag, direction, reviewed)


def in_order(by_language: Mapping[str, T]) -> dict[str, T]:
    """English first, the others by their tag."""
    return {tag: by_language[tag] for tag in sorted(by_language, key=lambda tag: (tag != ENGLISH, tag))}


def _nearest(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word, known, n=1)
    return f"did you mean '{near[0]}'?" if near else f"use {_listed(known)}"


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"one of {', '.join(words)}"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
