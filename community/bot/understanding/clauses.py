"""Where one thing said ends and the next begins, in messages that few people punctuate. A game, a film or a year that
stands beside danger in a message says nothing of it: "he lost on fifa and hes hitting me"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_JOINS: Final = frozenset(
    ["and", "but", "so", "then", "while", "when", "because", "cos", "coz", "cause", "until", "till"]
)
_WHO: Final = frozenset(
    [
        "i",
        "im",
        "ive",
        "id",
        "ill",
        "he",
        "hes",
        "she",
        "shes",
        "they",
        "theyre",
        "theyve",
        "we",
        "weve",
        "someone",
        "somebody",
        "theres",
    ]
)
_LEADS: Final = frozenset(["in", "on", "at", "for", "during", "from"])
"""What leads a message in ("in the film he ...") is said of all of it."""
_SAYING_SO: Final = frozenset(["that", "where", "if", "who", "how", "what", "why", "which"])
"""After these a new person still belongs to what was begun ("a film where he ...")."""


def clauses_of(words: Sequence[str]) -> list[int]:
    """The number of the clause in which each word stands, counted from 0; a sentence's end belongs to what it ends.

    A joining word begins a clause, and so does a person, unless the clause they would end is led in by a preposition:
    "in the film he strangles her" is one."""
    numbers: list[int] = []
    number = begun = 0
    for at, word in enumerate(words):
        before = words[at - 1] if at else "."
        follows = before == "." and at > 0
        joins = word in _JOINS
        person = word in _WHO and not (before in _JOINS or before in _SAYING_SO or words[begun] in _LEADS)
        if at > begun and (follows or joins or person):
            number, begun = number + 1, at
        numbers.append(number)
        if word == "." and at == begun:
            begun = at + 1
    return numbers


def is_led_in(words: Sequence[str], first: int) -> bool:
    """Whether what stands from this word on leads the whole message in. words: begin with "."."""
    return first <= 2 and bool(_LEADS & set(words[: first + 1]))
