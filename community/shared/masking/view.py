"""Text as a reader sees it, with the way back to the text as it was typed.

Detectors look at a *view*: digits of every script are 0-9, invisible characters are gone, wide and styled letters are
plain. Each place in the view knows its place in the original, so only what is found is replaced and the rest of the
answer, in any script, stays as it was.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

MARKS = {
    "email": "[email removed]",
    "link": "[web address removed]",
    "handle": "[username removed]",
    "card": "[card number removed]",
    "phone": "[phone removed]",
    "number": "[number removed]",
    "plate": "[number plate removed]",
    "postcode": "[postcode removed]",
    "address": "[address removed]",
    "name": "[name removed]",
}
"""Kind of personal detail -> what stands in its place. The order is the order of precedence where two overlap."""

BARRIER = "\x00"
"""Stands for a mark already there. No detector matches it, so masking twice changes nothing more."""

_MARK = re.compile("|".join(re.escape(mark) for mark in MARKS.values()))
_LOOKALIKES = str.maketrans("аеорсухіѕјᴏοАЕОРСУХІТНКМВ", "aeopcyxisjooAEOPCYXITHKMB")
_COMBINING = re.compile("[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f]")


@dataclass(frozen=True)
class Span:
    """One thing found. start, end: places in the view; kind: a key of MARKS."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class View:
    """text: what is seen. places[i]: where text[i] came from in the original, which has `length` characters."""

    text: str
    places: tuple[int, ...]
    length: int

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Turn a stretch of the view into a stretch of the original, with the invisible characters inside it and
        straight after it."""
        return self.places[start], self.places[end] if end < len(self.places) else self.length


def words(text: str) -> frozenset[str]:
    """A list written as words with spaces between them."""
    return frozenset(text.split())


def look(text: str) -> View:
    """The view of a text, in one pass."""
    seen: list[str] = []
    places: list[int] = []
    for place, shown in _characters(text):
        seen.append(shown)
        places.extend([place] * len(shown))
    return View("".join(seen), tuple(places), len(text))


def _characters(text: str) -> Iterator[tuple[int, str]]:
    done = 0
    for mark in _MARK.finditer(text):
        yield from ((done + i, _shown(char)) for i, char in enumerate(text[done : mark.start()]))
        yield mark.start(), BARRIER
        done = mark.end()
    yield from ((done + i, _shown(char)) for i, char in enumerate(text[done:]))


def _shown(char: str) -> str:
    """What one character looks like: nothing, itself, or up to three plain characters."""
    if char.isascii():
        return char
    if _COMBINING.match(char):
        return ""
    if char in "’‘ʼ´":
        return "'"
    category = unicodedata.category(char)
    if category == "Cf":
        return ""
    if category == "Pd" or char == "\u2212":
        return "-"
    if category[0] == "Z":
        return " "
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKC", char)
    return plain.translate(_LOOKALIKES) if len(plain) <= 3 else " "
