"""Which language a message is in, by its script, then by small words that only one language has.

Wrong is worse than English: a language is named only when two of its words are there and less of English, or one that
nobody else uses and nothing English. Romanised Urdu, Bengali and Punjabi are told by their own words and tagged as
written in our letters."""

from __future__ import annotations

from functools import cache
from typing import Final

from community.bot.understanding.lists import read
from community.bot.understanding.normalising import Plain, plain

ENGLISH: Final = "en"
_SCRIPTS: Final = (
    ("bn", "\u0980", "\u09ff"), ("pa", "\u0a00", "\u0a7f"), ("hi", "\u0900", "\u097f"), ("gu", "\u0a80", "\u0aff"),
    ("ta", "\u0b80", "\u0bff"), ("uk", "\u0400", "\u04ff"), ("zh", "\u4e00", "\u9fff"), ("el", "\u0370", "\u03ff"),
    ("am", "\u1200", "\u137f"), ("ar", "\u0600", "\u06ff"),
)  # fmt: skip
_MOSTLY: Final = 0.3
_LEAST_WORDS: Final = 2
"""Different words of a language that name it where some words are English."""
_LEAST: Final = 2


def language_of(message: Plain) -> str:
    """A BCP 47 tag; "en" for English, for signs alone and for what cannot be told."""
    letters = [char for char in message.raw if char.isalpha()]
    if not letters:
        return ENGLISH
    for tag, first, last in _SCRIPTS:
        count = sum(first <= char <= last for char in letters)
        if count > _MOSTLY * len(letters):
            return _perso_arabic(message.raw) if tag == "ar" else tag
    return _by_words(message)


def _perso_arabic(raw: str) -> str:
    """Urdu, Punjabi's neighbour in the same script, unless letters say Arabic."""
    if any(word in raw.split() for word in ("است", "من", "می", "کمکم", "خواهش")):
        return "fa"
    urdu = sum(raw.count(char) for char in "ٹڈڑںےگچپہ")
    arabic = sum(raw.count(char) for char in "ةأإذضظثؤئ") + sum(raw.count(word) for word in ("ال", "يا "))
    return "ur" if urdu >= arabic or urdu >= 2 else "ar"


def _by_words(message: Plain) -> str:
    """By two different words of it, or by one that only it has where no word is English; English outweighs it."""
    strong, weak = _words()
    said = dict.fromkeys(word for word in message.words if word != ".")
    scores: dict[str, int] = {}
    seen: dict[str, int] = {}
    for word in said:
        of = strong.get(word, frozenset()) | weak.get(word, frozenset())
        for tag in of:
            surely = tag in strong.get(word, ()) and (tag == ENGLISH or ENGLISH not in of)
            scores[tag] = scores.get(tag, 0) + 1 + surely
            seen[tag] = seen.get(tag, 0) + 1
    english = scores.pop(ENGLISH, 0)
    least = _LEAST_WORDS if english else 1
    likely = [tag for tag in sorted(scores) if seen[tag] >= least and scores[tag] >= _LEAST]
    best = max(likely, key=lambda tag: scores[tag], default=ENGLISH)
    return best if scores.get(best, 0) > english else ENGLISH


@cache
def _words() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """(words that settle it, words that count for a half) -> the languages they are of. Read without accents."""
    strong: dict[str, frozenset[str]] = {}
    weak: dict[str, frozenset[str]] = {}
    for tag, lists in read("languages").items():
        for found, key in ((strong, "surely"), (weak, "often")):
            for written in str(lists.get(key, "")).split():
                for word in plain(written).words:
                    found[word] = found.get(word, frozenset()) | {tag}
    return strong, weak
