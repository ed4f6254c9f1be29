"""Classes of words: WEAPON is knife, shank, cuchillo; PARTNER is husband, missus, iubitul. What the rules are written
in,
and what lets the model know a word it never met in a phrase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from community.bot.understanding.lists import FOLDER, read
from community.bot.understanding.normalising import plain

_LEAST_STEM: Final = 3
NOTHING: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class Lexicon:
    """words: a whole word -> its classes. stems: the beginning of a word -> its classes. phrases: a first word -> the
    words
    that must follow it, longest first, and their classes."""

    words: dict[str, frozenset[str]]
    stems: dict[str, frozenset[str]]
    phrases: dict[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]]
    longest_stem: int

    def of(self, word: str) -> frozenset[str]:
        """The classes of one word, by itself or by its beginning."""
        found = self.words.get(word, NOTHING)
        for end in range(_LEAST_STEM, min(len(word), self.longest_stem) + 1):
            by_stem = self.stems.get(word[:end])
            if by_stem is not None:
                found |= by_stem
        return found


def classes_of(words: Sequence[str]) -> list[frozenset[str]]:
    """For each word its classes; a phrase's classes stand at its first word."""
    return _classes(words, lexicon())


def classes_for_rules(words: Sequence[str]) -> list[frozenset[str]]:
    """For each word the classes that only rules look at (`words/rule_classes.yaml`)."""
    return _classes(words, lexicon_of_rules())


def _classes(words: Sequence[str], known: Lexicon) -> list[frozenset[str]]:
    found = []
    for at, word in enumerate(words):
        classes = known.of(word)
        for rest, extra in known.phrases.get(word, ()):
            if tuple(words[at + 1 : at + 1 + len(rest)]) == rest:
                classes |= extra
        found.append(classes)
    return found


@cache
def lexicon() -> Lexicon:
    return _lexicon(*(f"concepts/{path.stem}" for path in sorted((FOLDER / "concepts").glob("*.yaml"))))


@cache
def lexicon_of_rules() -> Lexicon:
    return _lexicon("rule_classes")


def _lexicon(*lists: str) -> Lexicon:
    words: dict[str, set[str]] = {}
    stems: dict[str, set[str]] = {}
    phrases: dict[tuple[str, ...], set[str]] = {}
    for file in lists:
        for name, listed in read(file).items():
            for entry in str(listed).split(","):
                _file_under(name, entry.strip(), words, stems, phrases)
    by_first: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
    for phrase, names in sorted(phrases.items(), key=lambda item: (-len(item[0]), item[0])):
        by_first.setdefault(phrase[0], []).append((phrase[1:], frozenset(names)))
    return Lexicon(
        {word: frozenset(names) for word, names in words.items()},
        {stem: frozenset(names) for stem, names in stems.items()},
        {first: tuple(rest) for first, rest in by_first.items()},
        max(map(len, stems), default=0),
    )


def _file_under(
    name: str,
    entry: str,
    words: dict[str, set[str]],
    stems: dict[str, set[str]],
    phrases: dict[tuple[str, ...], set[str]],
) -> None:
    """An entry is a word, the beginning of one (`stab*`) or several words."""
    if entry.endswith("*"):
        stems.setdefault("".join(plain(entry[:-1]).words), set()).add(name)
        return
    said = tuple(word for word in plain(entry).words if word != ".")
    if len(said) == 1:
        words.setdefault(said[0], set()).add(name)
    elif said:
        phrases.setdefault(said, set()).add(name)
