"""Questions that are asked of this service in few and plain words: what a text costs, which languages, who answers,
what helplines pass on; and that somebody is low. Told by rules alone: no model guesses what has a fixed answer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from community.bot.understanding.concepts import classes_for_rules, classes_of
from community.bot.understanding.lists import read
from community.bot.understanding.normalising import plain
from community.bot.understanding.patterns import Patterns

COST, LANGUAGES, PASSED_ON = "cost", "languages", "what_is_passed_on"
COMPUTER, LOW, FOOD = "computer", "low", "food_order"
WHOLE: Final = (COST, LANGUAGES, PASSED_ON)
"""Told only where the whole message is the question, and then whatever else a model makes of it."""
_AROUND: Final = frozenset(
    ("please", "pls", "hi", "hello", "hey", "hiya", "sorry", "thanks", "ok", "okay", "ta", "mate", "btw", "thank", ".")
)
_MOST_WORDS: Final = 20
_SHORT: Final = 8
"""Words. A question of who answers here that is no longer is nothing else."""


def question_in(text: str) -> str | None:
    """The question, or LOW, that a message is.

    >>> question_in("hi, is it free to text you?"), question_in("Urdu please"), question_in("is he free")
    ('cost', 'languages', None)
    """
    words = _without_manners(plain(text).words)
    if not words or len(words) > _MOST_WORDS:
        return None
    said = [".", *words, "."]
    spoken = read("questions")["LANGUAGE"]
    languages = [frozenset(("LANGUAGE",)) if word in spoken else frozenset[str]() for word in said]
    for mark, first, end in _questions().found(said, languages):
        if (first, end) == (0, len(said)):
            return mark
    known = zip(classes_of(words), classes_for_rules(words), strict=True)
    named = [frozenset[str](), *(one | more for one, more in known), frozenset[str]()]
    found = {mark for mark, _, _ in _told_by_rules().found(said, named)}
    if COMPUTER in found and len(words) <= _SHORT:
        return COMPUTER
    return LOW if LOW in found else None


def _without_manners(words: Sequence[str]) -> list[str]:
    """The words without a greeting, a please and the like around them."""
    kept = list(words)
    while kept and kept[0] in _AROUND:
        kept.pop(0)
    while kept and kept[-1] in _AROUND:
        kept.pop()
    return kept


@cache
def _questions() -> Patterns:
    return Patterns((pattern, mark) for mark in (*WHOLE, FOOD) for pattern in read("questions")[mark])


@cache
def _told_by_rules() -> Patterns:
    """What rules take for a question of who answers here, and for a cry that tells of no harm."""
    of_us = [(pattern, COMPUTER) for pattern in read("errands")["menu"]]
    return Patterns([*of_us, *((pattern, LOW) for pattern in read("cries")["unclear low"])])
