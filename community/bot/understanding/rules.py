"""Rules for danger and for harm: what is said so plainly that no model is asked. And what only sounds like them.

The lists: `words/danger.yaml` (what is danger, by topic), `words/cries.yaml` (what is cried out in few words, danger or
not), `words/harm.yaml` (what is harm, by need),
`words/ordinary.yaml` (sayings, games, films, news, what is long past, what was denied), `words/errands.yaml` (what is
wanted of this service), `words/facets.yaml` (what is said of oneself). Danger said inside something ordinary, or beside
it, is none for the rules; the model may still think otherwise. Harm that is past is harm still."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from community.bot.meaning import FACETS, NEEDS
from community.bot.understanding.concepts import classes_for_rules
from community.bot.understanding.lists import read
from community.bot.understanding.patterns import Patterns

_UNSAYS: Final = frozenset({"elsewhere", "denied"})
"""Kinds of ordinary talk that take the harm out of a whole message; a `saying` takes out its own words only."""
_LONG_OVER: Final = _UNSAYS | {"past"}
"""Kinds that take out what is cried in few words: pills taken days ago are danger still."""
_VETOES: Final = _LONG_OVER | {"lately"}
"""Kinds that take out all other danger."""
_PERHAPS: Final = "?"
ABOUT: Final = frozenset({"grown", "by_child", "young", "victim", "own"})
"""grown: the writer is grown up. by_child: their own son or daughter harms them. young: somebody in it is a child.
victim: the writer, or somebody they tell of, is hurt. own: it is the writer who hurts, in the plainest words."""


@dataclass(frozen=True)
class Found:
    """danger: topics said to be happening now, in the order of the list. harm: needs told in plain words. ordinary:
    kinds of ordinary talk found. silent: the writer must not be heard. errands: what is plainly wanted of this service.
    certain: the words leave no doubt, whatever else is said. perhaps: topics that may be danger now; "menu" is one of
    no name. harmed: somebody was harmed, not said how. unclear: nothing to guess from. about: of ABOUT, what is said
    of people that is no facet."""

    danger: tuple[str, ...] = ()
    harm: tuple[str, ...] = ()
    ordinary: frozenset[str] = frozenset()
    silent: bool = False
    certain: bool = False
    errands: tuple[str, ...] = ()
    facets: frozenset[str] = frozenset()
    perhaps: tuple[str, ...] = ()
    harmed: bool = False
    unclear: bool = False
    about: frozenset[str] = frozenset()


def found_in(words: Sequence[str], classes: Sequence[frozenset[str]]) -> Found:
    """words: plain, with classes to match."""
    said = [".", *words, "."]
    named = [frozenset[str](), *(known | more for known, more in zip(classes, classes_for_rules(words), strict=True))]
    named.append(frozenset())
    ordinary = _list("ordinary").found(said, named)
    sayings = {at for mark, first, end in ordinary if mark == "saying" for at in range(first, end)}
    for at in sayings:
        said[at], named[at] = "_", frozenset()
    kinds = frozenset(mark for mark, _, _ in ordinary)
    hits = _marks("danger", said, named)
    certain = any(mark.startswith("!") for mark in hits)
    topics = {mark.removeprefix("!") for mark in hits}
    silent = "silent" in topics and not kinds & _UNSAYS
    topics.discard("silent")
    if kinds & _VETOES and not certain:
        topics = set()
    cries = frozenset[str]() if kinds & _LONG_OVER else _marks("cries", said, named)
    topics |= cries & {*NEEDS, "menu"}
    ranked = [topic for topic in dict.fromkeys(name.strip("!") for name in read("danger")) if topic in topics]
    told = frozenset[str]() if kinds & _UNSAYS and not certain else _marks("harm", said, named)
    facets = _marks("facets", said, named)
    return Found(
        tuple(ranked),
        tuple(need for need in read("harm") if need in told),
        kinds,
        silent,
        certain and bool(topics),
        tuple(dict.fromkeys(mark for mark, _, _ in _list("errands").found(said, named))),
        facets & frozenset(FACETS) | (cries & {"housing"}),
        tuple(sorted(mark.removeprefix(_PERHAPS) for mark in cries if mark.startswith(_PERHAPS))),
        "harmed" in cries,
        "unclear" in cries,
        facets & ABOUT,
    )


def _marks(name: str, said: Sequence[str], named: Sequence[frozenset[str]]) -> frozenset[str]:
    """What the patterns of a list tell; a mark of several words tells each."""
    return frozenset(word for mark, _, _ in _list(name).found(said, named) for word in mark.split())


@cache
def _list(name: str) -> Patterns:
    """The patterns of the list of this name."""
    return Patterns((pattern, mark) for mark, patterns in read(name).items() for pattern in patterns)
