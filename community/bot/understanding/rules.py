"""Rules for danger and for harm: what is said so plainly that no model is asked. And what only sounds like them.

The lists: `words/danger.yaml` (what is danger, by topic), `words/cries.yaml` (what is cried out in few words, danger or
not), `words/harm.yaml` (what is harm, by need),
`words/ordinary.yaml` (sayings, games, films, news, what is long past, what was denied), `words/errands.yaml` (what is
wanted of this service), `words/facets.yaml` (what is said of oneself). Danger said inside something ordinary is none
for the rules, nor is danger beside it, unless it happens now, to the writer, in another clause; the model may still
think otherwise. Harm that is past is harm still.

A mark with ~ before it is a sign of danger: it counts as a rule does until a model is all but certain that no harm is
meant ("they break into the vault")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from community.bot.meaning import FACETS, NEEDS
from community.bot.understanding.clauses import clauses_of, is_led_in
from community.bot.understanding.concepts import classes_for_rules
from community.bot.understanding.lists import read
from community.bot.understanding.patterns import Patterns

_UNSAYS: Final = frozenset({"elsewhere", "denied"})
"""Kinds of ordinary talk that take the harm out of a whole message; a `saying` takes out its own words only."""
_LONG_OVER: Final = _UNSAYS | {"past"}
"""Kinds that take out what is cried in few words: pills taken days ago are danger still."""
_VETOES: Final = _LONG_OVER | {"lately"}
"""Kinds that take out all other danger."""
_OF_TIME: Final = frozenset({"past", "lately"})
_NOW: Final = frozenset(["is", "are", "hes", "shes", "theyre", "im", "theres", "now", "rightnow"])
_MINE: Final = frozenset(["me", "us", "my", "our", "im", "mum"])
"""Words of danger to the writer and their own: what happens to others may be told of the film."""
_PERHAPS: Final = "?"
_SIGN: Final = "~"
ABOUT: Final = frozenset({"grown", "by_child", "young", "victim", "own"})
"""grown: the writer is grown up. by_child: their own son or daughter harms them. young: somebody in it is a child.
victim: the writer, or somebody they tell of, is hurt. own: it is the writer who hurts, in the plainest words."""


@dataclass(frozen=True)
class Found:
    """danger: topics said to be happening now, in the order of the list. harm: needs told in plain words. ordinary:
    kinds of ordinary talk found. silent: the writer must not be heard. errands: what is plainly wanted of this service.
    certain: the words leave no doubt, whatever else is said. perhaps: topics that may be danger now; "menu" is one of
    no name. harmed: somebody was harmed, not said how. unclear: nothing to guess from. about: of ABOUT, what is said
    of people that is no facet. signs: whether some of the danger is told by signs alone."""

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
    signs: bool = False


def found_in(words: Sequence[str], classes: Sequence[frozenset[str]], *, signs: bool = True) -> Found:
    """words: plain, with classes to match. signs: whether what is only a sign of danger counts."""
    said = [".", *words, "."]
    named = [frozenset[str](), *(known | more for known, more in zip(classes, classes_for_rules(words), strict=True))]
    named.append(frozenset())
    ordinary = _unread(_list("ordinary").found(said, named), clauses_of(said))
    sayings = {at for mark, first, end in ordinary if mark == "saying" for at in range(first, end)}
    for at in sayings:
        said[at], named[at] = "_", frozenset()
    kinds = frozenset(mark for mark, _, _ in ordinary)
    beside = _Beside(said, ordinary)
    danger, cried = (_list(name).found(said, named) for name in ("danger", "cries"))
    hits = _counted(danger, signs)
    certain = any(mark.startswith("!") for mark, _, _ in hits)
    silent = any(mark == "silent" for mark, _, _ in hits) and not kinds & _UNSAYS
    topics = {mark.removeprefix("!") for mark, first, end in hits if certain or beside.leaves(first, end, _VETOES)}
    topics.discard("silent")
    cries = frozenset[str]() if kinds & _LONG_OVER else _marks(_counted(cried, signs))
    topics |= cries & {*NEEDS, "menu"}
    ranked = [topic for topic in dict.fromkeys(name.strip("!~") for name in read("danger")) if topic in topics]
    told = {word for mark, first, end in _list("harm").found(said, named)
            if certain or beside.leaves(first, end, _UNSAYS, past_too=True) for word in mark.split()}  # fmt: skip
    facets = _marks(_list("facets").found(said, named))
    return Found(
        tuple(ranked),
        tuple(need for need in read("harm") if need in told),
        kinds,
        silent,
        certain and bool(topics),
        tuple(dict.fromkeys(mark for mark, _, _ in _list("errands").found(said, named))),
        facets & frozenset(FACETS) | ((cries | told) & {"housing"}),
        tuple(sorted(mark.removeprefix(_PERHAPS) for mark in cries if mark.startswith(_PERHAPS))),
        "harmed" in cries,
        "unclear" in cries,
        facets & ABOUT,
        signs and any(mark.startswith(_SIGN) for mark, _, _ in (*danger, *cried)),
    )


_Hit = tuple[str, int, int]
"""Mark, first word, word after the last."""


def _unread(ordinary: list[_Hit], clauses: Sequence[int]) -> list[_Hit]:
    """The marks without those inside an aside ("my ex who used to beat me is here" is not of the past), and without
    denials that would reach from one clause into the next ("it isnt a film he is hitting me")."""
    asides = [(first, end) for mark, first, end in ordinary if mark == "aside"]
    return [
        hit for hit in ordinary
        if not any(first <= hit[1] and hit[2] <= end for first, end in asides)
        and not (hit[0] == "denied" and clauses[hit[1]] != clauses[hit[2] - 1])
    ]  # fmt: skip


class _Beside:
    """What ordinary talk in a message does to the danger and harm in it."""

    def __init__(self, said: Sequence[str], ordinary: list[_Hit]) -> None:
        self._said, self._ordinary = said, ordinary

    @cached_property
    def _clauses(self) -> list[int]:
        """Needed only where something ordinary is said."""
        return clauses_of(self._said)

    def leaves(self, first: int, end: int, vetoes: frozenset[str], *, past_too: bool = False) -> bool:
        """Whether what is said in these words stands, in spite of the ordinary talk of these kinds. past_too: whether
        it need not happen now."""
        in_the_way = [hit for hit in self._ordinary if hit[0] in vetoes]
        if not in_the_way:
            return True
        own = set(self._clauses[first:end])
        words = {word for word, clause in zip(self._said[:end], self._clauses, strict=False) if clause in own}
        here = bool(words & _NOW) or past_too
        return here and all(
            (hit[0] in _OF_TIME or bool(words & _MINE))
            and not own & set(self._clauses[hit[1] : hit[2]])
            and not is_led_in(self._said, hit[1])
            for hit in in_the_way
        )


def _counted(found: list[_Hit], signs: bool) -> list[_Hit]:
    """What a list of danger found; what is only a sign where signs count."""
    return [(mark.removeprefix(_SIGN), at, end) for mark, at, end in found if signs or not mark.startswith(_SIGN)]


def _marks(hits: list[_Hit]) -> frozenset[str]:
    """What patterns tell; a mark of several words tells each."""
    return frozenset(word for mark, _, _ in hits for word in mark.split())


@cache
def _list(name: str) -> Patterns:
    """The patterns of the list of this name."""
    return Patterns((pattern, mark) for mark, patterns in read(name).items() for pattern in patterns)
