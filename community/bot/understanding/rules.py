"""Rules for danger and for harm: what is said so plainly that no model is asked. And what only sounds like them.

The lists: `words/danger.yaml` (what is danger, by topic), `words/harm.yaml` (what is harm, by need),
`words/ordinary.yaml` (sayings, games, films, news, what is long past, what was denied), `words/errands.yaml` (what is
wanted of this service), `words/facets.yaml` (what is said of oneself). Danger said inside something ordinary, or beside
it, is none for the rules; the model may still think otherwise. Harm that is past is harm still."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from community.bot.understanding.lists import read
from community.bot.understanding.patterns import Patterns

_VETOES: Final = frozenset({"elsewhere", "past", "denied"})
"""Kinds of ordinary talk that take the danger out of a whole message; a `saying` takes out its own words only."""
_UNSAYS: Final = _VETOES - {"past"}
"""Kinds that take the harm out."""


@dataclass(frozen=True)
class Found:
    """danger: topics said to be happening now, in the order of the list. harm: needs told in plain words. ordinary:
    kinds of ordinary talk found. silent: the writer must not be heard. errands: what is plainly wanted of this service.
    certain: the words leave no doubt, whatever else is said."""

    danger: tuple[str, ...] = ()
    harm: tuple[str, ...] = ()
    ordinary: frozenset[str] = frozenset()
    silent: bool = False
    certain: bool = False
    errands: tuple[str, ...] = ()
    facets: frozenset[str] = frozenset()


def found_in(words: Sequence[str], classes: Sequence[frozenset[str]]) -> Found:
    """words: plain, with classes to match."""
    said = [".", *words, "."]
    named = [frozenset[str](), *classes, frozenset[str]()]
    ordinary = _ordinary().found(said, named)
    sayings = {at for mark, first, end in ordinary if mark == "saying" for at in range(first, end)}
    for at in sayings:
        said[at], named[at] = "_", frozenset()
    kinds = frozenset(mark for mark, _, _ in ordinary)
    hits = [mark for mark, _, _ in _danger().found(said, named)]
    certain = any(mark.startswith("!") for mark in hits)
    topics = {mark.removeprefix("!") for mark in hits}
    silent = "silent" in topics and not kinds & {"elsewhere", "denied"}
    topics.discard("silent")
    if kinds & _VETOES and not certain:
        topics = set()
    ranked = [topic for topic in dict.fromkeys(name.strip("!") for name in read("danger")) if topic in topics]
    told = set() if kinds & _UNSAYS and not certain else {mark for mark, _, _ in _harm().found(said, named)}
    harm = tuple(need for need in read("harm") if need in told)
    facets = frozenset(mark for mark, _, _ in _facets().found(said, named))
    errands = tuple(dict.fromkeys(mark for mark, _, _ in _errands().found(said, named)))
    return Found(tuple(ranked), harm, kinds, silent, certain and bool(topics), errands, facets)


@cache
def _danger() -> Patterns:
    return Patterns((pattern, topic) for topic, patterns in read("danger").items() for pattern in patterns)


@cache
def _harm() -> Patterns:
    return Patterns((pattern, need) for need, patterns in read("harm").items() for pattern in patterns)


@cache
def _errands() -> Patterns:
    return Patterns((pattern, topic) for topic, patterns in read("errands").items() for pattern in patterns)


@cache
def _facets() -> Patterns:
    return Patterns((pattern, facet) for facet, patterns in read("facets").items() for pattern in patterns)


@cache
def _ordinary() -> Patterns:
    return Patterns((pattern, kind) for kind, patterns in read("ordinary").items() for pattern in patterns)
