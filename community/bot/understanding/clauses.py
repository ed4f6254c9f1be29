"""Where one thing said ends and the next begins, in messages that few people punctuate. A game, a film or a year that
stands beside danger in a message says nothing of it: "he lost on fifa and hes hitting me"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from community.bot.understanding.lists import read


def clauses_of(words: Sequence[str]) -> list[int]:
    """The number of the clause in which each word stands, counted from 0; a sentence's end belongs to what it ends.

    A joining word begins a clause, and so does a person, unless the clause they would end is led in by a preposition:
    "in the film he strangles her" is one."""
    joining, people, saying_so, leads = _list("joins"), _list("who"), _list("saying_so"), _list("leads")
    numbers: list[int] = []
    number = begun = 0
    for at, word in enumerate(words):
        before = words[at - 1] if at else "."
        follows = before == "." and at > 0
        joins = word in joining
        person = word in people and not (before in joining or before in saying_so or words[begun] in leads)
        if at > begun and (follows or joins or person):
            number, begun = number + 1, at
        numbers.append(number)
        if word == "." and at == begun:
            begun = at + 1
    return numbers


def is_led_in(words: Sequence[str], first: int) -> bool:
    """Whether what stands from this word on leads the whole message in. words: begin with "."."""
    return first <= 2 and bool(_list("leads") & set(words[: first + 1]))


@cache
def _list(name: str) -> frozenset[str]:
    """A list of `words/clauses.yaml`."""
    return frozenset(read("clauses")[name])
