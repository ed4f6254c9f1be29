"""How a survey is asked for by text: a poster's code alone or in a few words, "survey CODE", "survey Barking Station",
"survey". Pure: whether a code or a place is ours, the places room knows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from community.bot.answers_in_words import said
from community.bot.survey_commands import language_in
from community.places.codes import candidates_in, is_ours_shape, normalise

MOST_LETTERS: Final = 80
MOST_PLACE_WORDS: Final = 8
_SURVEY: Final = re.compile(
    r"\s*(?:(?:please |can i |i want to |id like to )?(?:do|take|start|fill in|answer) )?(?:the |a |your )?(?:safety )?"
    r"(?:survey|sondaj|سروے)\b[\s:,.!-]*(?:at|for|in|near|about|code|on)?\b[\s:,]*",
    re.I,
)
_TAKE_PART: Final = frozenset({"take part", "i want to take part", "can i take part", "join in"})
_ELSEWHERE: Final = re.compile(r"\b(?:havens?|nearest|closest|safe place|near|open)\b", re.I)
"""A code in such a message tells where somebody is, and asks for no survey."""


@dataclass(frozen=True)
class Opening:
    """codes: read well, likeliest first. is_code: it was meant as a code, ours or not. place: words that name one, ""
    for "survey" alone. language: a tag, "" where none was asked for."""

    codes: tuple[str, ...]
    is_code: bool
    place: str
    language: str


def opening_in(text: str) -> Opening | None:
    """What a message opens; None when it asks for no survey.

    >>> opening_in("survey: Barking Station").place, opening_in("w8q6-28zv").codes, opening_in("survey says no") is None
    ('Barking Station', ('W8Q628ZV',), False)
    """
    if len(text) > MOST_LETTERS or not text.strip():
        return None
    words, language = _without_language(text.strip())
    if (code := normalise(words)) is not None:
        return Opening((code,), _looks_like_a_code(words), "", language)
    asked = _SURVEY.match(words)
    rest = words[asked.end() :].strip(" .!?,") if asked else words
    if (code := normalise(rest)) is not None:
        return Opening((code,), True, "", language)
    if (codes := candidates_in(words)) and not _ELSEWHERE.search(words):
        return Opening(tuple(codes), False, "", language)
    if _looks_like_a_code(rest):
        return Opening((), True, "", language)
    if said(words) in _TAKE_PART:
        return Opening((), False, "", language)
    if asked is None or len(rest.split()) > MOST_PLACE_WORDS:
        return None
    return Opening((), False, rest, language)


def _looks_like_a_code(text: str) -> bool:
    """Eight characters of ours, figures and letters mixed, no word among them: a slip of the thumb, not a word."""
    bare = re.sub(r"[^0-9A-Za-z]", "", text)
    mixed = sum(char.isdigit() for char in bare) >= 2 and any(char.isalpha() for char in bare)
    return is_ours_shape(text) and mixed and not re.search(r"[A-Za-z]{4}", bare)


def _without_language(text: str) -> tuple[str, str]:
    """The words, and the language that the last of them (or the first) asks for."""
    words = text.split()
    if len(words) > 1:
        for at, kept in ((-1, words[:-1]), (0, words[1:])):
            if (tag := language_in(words[at])) is not None:
                return " ".join(kept), tag
    return text, ""
