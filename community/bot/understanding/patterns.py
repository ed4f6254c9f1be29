"""A small language for what is said: words and classes of words in order.

    THEY is? HIT me         WEAPON is a class, lower case a word, `?` may be missing
    stop|leav* him|her      either word, or any that begins so
    PARTNER ~ WEAPON        ~ up to three other words between, ~~ up to eight; nothing runs across the end of a sentence
    . help .                the beginning or the end of a sentence

Patterns are found by the words that can begin them, so a thousand of them cost little more than ten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from community.bot.understanding.normalising import plain

_GAPS: Final = {"~": 3, "~~": 8}


@dataclass(frozen=True)
class Part:
    """One place of a pattern: any of these words or classes, after at most `gap` other words."""

    words: frozenset[str]
    classes: frozenset[str]
    stems: tuple[str, ...] = ()
    gap: int = 0
    optional: bool = False

    def fits(self, word: str, classes: frozenset[str]) -> bool:
        return word in self.words or not self.classes.isdisjoint(classes) or word.startswith(self.stems)


Pattern = tuple[Part, ...]


class Patterns:
    """Many patterns, each with a mark that tells what it means."""

    def __init__(self, marked: Iterable[tuple[str, str]]) -> None:
        """marked: (pattern, mark) pairs; a pattern may offer several with " / " between them."""
        self._by_first: dict[str, list[tuple[Pattern, str]]] = {}
        self._by_stem: dict[str, list[tuple[Pattern, str]]] = {}
        for written, mark in marked:
            for pattern in (parsed(one) for one in written.split(" / ")):
                keys, stems = _beginnings(pattern)
                for key in keys:
                    self._by_first.setdefault(key, []).append((pattern, mark))
                for stem in stems:
                    self._by_stem.setdefault(stem, []).append((pattern, mark))

    def found(self, words: Sequence[str], classes: Sequence[frozenset[str]]) -> list[tuple[str, int, int]]:
        """(mark, first word, word after the last) of each pattern that is there. words begin and end with "."."""
        hits = set()
        for at, word in enumerate(words):
            for pattern, mark in self._candidates(word, classes[at]):
                if (end := _end(pattern, words, classes, at)) is not None:
                    hits.add((mark, at, end))
        return sorted(hits)

    def _candidates(self, word: str, classes: frozenset[str]) -> Iterable[tuple[Pattern, str]]:
        for key in (word, *sorted(classes)):
            yield from self._by_first.get(key, ())
        for stem, patterns in self._by_stem.items():
            if word.startswith(stem):
                yield from patterns


def parsed(written: str) -> Pattern:
    """Raises ValueError for a gap with nothing after it."""
    parts, gap = [], 0
    for piece in written.split():
        if piece in _GAPS:
            gap = _GAPS[piece]
            continue
        choices = piece.removesuffix("?").split("|")
        classes = frozenset(choice for choice in choices if choice.isupper() and choice.isascii())
        words = frozenset(_as_read(choice) for choice in choices if choice not in classes and not choice.endswith("*"))
        stems = tuple(_as_read(choice[:-1]) for choice in choices if choice.endswith("*"))
        parts.append(Part(words, classes, stems, gap, piece.endswith("?")))
        gap = 0
    if gap or not parts:
        raise ValueError(f"nothing follows the gap in {written!r}")
    return tuple(parts)


def _as_read(choice: str) -> str:
    return choice if choice == "." else " ".join(word for word in plain(choice).words if word != ".")


def _beginnings(pattern: Pattern) -> tuple[set[str], set[str]]:
    """Words and classes with one of which the pattern may begin; beginnings of words likewise."""
    keys: set[str] = set()
    stems: set[str] = set()
    for part in pattern:
        keys |= part.words | part.classes
        stems |= set(part.stems)
        if not part.optional:
            break
    return keys, stems


def _end(pattern: Pattern, words: Sequence[str], classes: Sequence[frozenset[str]], at: int) -> int | None:
    """The word after the pattern if it stands here, else None."""
    if not pattern:
        return at
    part, rest = pattern[0], pattern[1:]
    for place in range(at, min(at + part.gap + 1, len(words))):
        if part.fits(words[place], classes[place]):
            end = _end(rest, words, classes, place + 1)
            if end is not None:
                return end
        if words[place] == ".":
            break
    return _end(rest, words, classes, at) if part.optional else None
