"""Whether somebody in a survey says that they are under 13, wherever it has got to. Nothing of it is kept then (C1).

A bare number is no age here: it is the number of an answer, sent to the wrong question. Pure."""

from __future__ import annotations

import re
from typing import Final

from community.bot.answers_in_words import said
from community.bot.meaning import Meaning

LEAST: Final = 13
_FIGURES: Final = re.compile(r"[\d ]*")
_WORDS: Final = (
    "i|im|am|a|an|only|just|actually|sorry|btw|by|the|way|lol|so|tho|though|wait|oh|no|hi|hello|and|but|oops|my|age|is|"
    "nearly|almost|turned|ok|okay|boy|girl|kid|years?|yrs?|old|yo|me|really|honestly|is that ok|fyi|still|year|aged?|"
    "not|\\d+|five|six|seven|eight|nine|ten|eleven|twelve|sir|miss|x|well|thanks|please"
)
_ONLY_AN_AGE: Final = re.compile(rf"(?:{_WORDS})(?: (?:{_WORDS}))*")


def tells_too_young(meaning: Meaning, text: str) -> bool:
    """Whether the writer says so of themselves.

    >>> tells_too_young(Meaning(("menu",), age=12), "im 12"), tells_too_young(Meaning(("menu",), age=7), "7")
    (True, False)
    """
    return meaning.age is not None and meaning.age < LEAST and not _FIGURES.fullmatch(said(text))


def is_only_an_age(text: str) -> bool:
    """Whether a message tells an age and no more: then no model's doubt about it needs an answer.

    >>> is_only_an_age("im 12 actually sorry"), is_only_an_age("im 12 and he hits me")
    (True, False)
    """
    return _ONLY_AN_AGE.fullmatch(said(text)) is not None
