"""A small language for what is said: words and classes of words in order.

    THEY is? HIT me         WEAPON is a class, lower case a word, `?` may be missing
    stop|leave him|her      either word
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
    gap: int = 0
    optional: bool = False

    def fits(self, word: str, classes: frozenset[str]) -> bool:
        return word in self.words or not self.classes.isdisjoint(classes)


Pattern = tuple[Part, ...]


class Patterns:
    """Many patterns, each with a mark that tells what it means."""

    def __init__(self, marked: Iterable[tuple[str, str]]) -> None:
        """marked: (pattern, mark) pairs; a pattern may offer several with " / " between them."""
        self._by_first: dict[str, list[tuple[Pattern, str]]] = {}
        for written, mark in marked:
            for pattern in (parsed(one) for one in written.split(" / ")):
                for key in _beginnings(pattern):
                    self._by_first.setdefault(key, []).append((pattern, mark))

    def found(self, words: Sequence[str], classes: Sequence[frozenset[str]]) -> list[tuple[str, int, int]]:
        """(mark, first word, word after the last) of each pattern that is there. words begin and end with "."."""
        hits = set()
        for at, word in enumerate(words):
            for key in (word, *classes[at]):
                for pattern, mark in self._by_first.get(key, ()):
                    if (end := _end(pattern, words, classes, at)) is not None:
                        hits.add((mark, at, end))
        return sorted(hits)


def parsed(written: str) -> Pattern:
    """Raises ValueError for a gap with nothing after it."""
    parts, gap = [], 0
    for piece in written.split():
        if piece in _GAPS:
            gap = _GAPS[piece]
            continue
        choices = piece.removesuffix("?").split("|")
        classes = frozenset(choice for choice in choices if choice.isupper())
        words = frozenset(_as_read(choice) for choice in choices if choice not in classes)
        parts.append(Part(words, classes, gap, piece.endswith("?")))
        gap = 0
    if gap or not parts:
        raise ValueError(f"nothing follows the gap in {written!r}")
    return tuple(parts)


def _as_read(choice: str) -> str:
    return choice if choice == "." else " ".join(word for word in plain(choice).words if word != ".")


def _beginnings(pattern: Pattern) -> set[str]:
    """Words and classes with one of which the pattern may begin."""
    keys: set[str] = set()
    for part in pattern:
        keys |= part.words | part.classes
        if not part.optional:
            break
    return keys


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
