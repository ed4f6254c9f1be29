"""Which passwords are easily guessed: common ones, rows of keys, years, names, and what anybody here would think of.

The lists are in a library and its answer is worked out here: no password is told to anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from community.shared.runtime import runtime

LEAST_GUESSES_LOG10: Final = 10
"""Ten thousand million guesses: sixty years for one core with the hash in hand, at five a second."""
LOOKED_AT: Final = 72
"""Letters of a password that are looked at; a longer one is not worse for the rest."""
LEAST_OF_ONES_OWN: Final = 6
"""Letters and figures that must be left of a password without the words of the house."""
_OF_THE_HOUSE: Final = (
    *("barking", "dagenham", "becontree", "thames", "lbbd", "havering", "redbridge", "newham", "london", "essex"),
    *("community", "voice", "safety", "safe", "haven", "havens", "partnership", "council", "borough", "police"),
    *("poster", "survey", "staff", "admin", "administrator", "viewer", "analyst", "publisher", "coordinator"),
    *("safeguarding", "password", "welcome", "letmein", "spring", "summer", "autumn", "winter"),
)


def is_easy(password: str, *, email: str) -> bool:
    """Whether a password would be among the first that somebody tries who knows whose it is and where."""
    from zxcvbn import zxcvbn  # type: ignore[import-untyped]  # here: most workers never need its lists

    words = sorted({*_OF_THE_HOUSE, *_words(email), *_words(runtime().settings.organisation.name)})
    guesses = float(zxcvbn(password[:LOOKED_AT], user_inputs=words)["guesses_log10"])
    return guesses < LEAST_GUESSES_LOG10 or _left(password, words) < LEAST_OF_ONES_OWN


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"[^\W\d_]+", text.lower()) if len(word) > 2}


def _left(password: str, words: Iterable[str]) -> int:
    """How many letters and figures there are beside words that anybody here would think of."""
    plain = password.lower()
    for word in sorted(words, key=len, reverse=True):
        plain = plain.replace(word, " ")
    return sum(letter.isalnum() for letter in plain)
