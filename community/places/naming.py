"""Which of our places a sentence names: "closest one to barking station", "haven barkin". Pure.

Names are looked for word by word, the longest first. What is left of a sentence without its small words may be a part
of a name, or a name with a slip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Final

from community.places.kind_words import STATION, one_way
from community.places.search import Candidate
from community.places.slugs import plain

MOST_WORDS: Final = 30
LONGEST_NAME: Final = 7
NEAR_ENOUGH: Final = 0.8
"""Share of letters alike from which a name is taken for a slip: one in "upny", two in "barkin staton"."""
_FIRST_KINDS: Final = ("station", "town_centre", "market", "street")
"""Where a word such as "barking" may mean several places: these first."""
SMALL: Final = frozenset(
    ("safe", "haven", "havens", "place", "places", "shop", "shops", "cafe", "cafes", "somewhere", "anywhere", "where",
     "wheres", "which", "what", "whats", "closest", "nearest", "near", "nearby", "next", "close", "around", "round",
     "to", "in", "at", "on", "by", "the", "a", "an", "is", "are", "there", "any", "one", "me", "my", "i", "im", "am",
     "find", "need", "want", "looking", "for", "of", "from", "open", "now", "right", "tonight", "today", "please",
     "pls", "go", "can", "you", "tell", "show", "list", "hi", "hello", "hey", "survey", "this", "it", "and", "with",
     "do")
)  # fmt: skip
ELSEWHERE: Final = {
    plain(name): name
    for name in ("London", "East London", "Rainham", "Romford", "Ilford", "Hornchurch", "Upminster", "Elm Park",
                 "Seven Kings", "Goodmayes", "Newbury Park", "Gants Hill", "Manor Park", "East Ham", "Upton Park",
                 "West Ham", "Stratford", "Beckton", "Forest Gate", "Redbridge", "Newham", "Havering", "Collier Row",
                 "Harold Wood", "Leytonstone", "Walthamstow", "Canning Town", "Westfield", "Grays", "Purfleet")
}  # fmt: skip
"""Places round the borough that people name: none of ours, whatever of ours begins likewise."""


def runs(sentence: str) -> list[str]:
    """Every run of one to seven words of a sentence, plain, the longest first: each may be a name. A station is called
    so, and as it was typed."""
    found = {*_runs_of(plain(sentence)), *_runs_of(one_way(sentence))}
    return [run for run in sorted(found, key=lambda run: (-len(run.split()), run)) if not set(run.split()) <= SMALL]


def _runs_of(text: str) -> list[str]:
    words = text.split()[:MOST_WORDS]
    lengths = range(min(LONGEST_NAME, len(words)), 0, -1)
    return [" ".join(words[at : at + n]) for n in lengths for at in range(len(words) - n + 1)]


def named(found: Iterable[Candidate], runs: Sequence[str]) -> Candidate | None:
    """The place whose name is the longest of these runs: by its own name before another name, a short name first."""
    rank = {run: at for at, run in enumerate(runs)}
    best: tuple[tuple[int, bool, int, str], Candidate] | None = None
    for place in found:
        for name in place.names:
            if name in rank:
                key = (-len(name.split()), name != plain(place.name), len(place.name), place.slug)
                if best is None or key < best[0]:
                    best = (key, place)
    return best[1] if best else None


def name_said(place: Candidate, runs: Sequence[str]) -> str:
    """The longest of a place's names among these runs. Raises ValueError where there is none."""
    return max((name for name in place.names if name in runs), key=lambda name: (len(name.split()), name))


def rest_of(sentence: str) -> str:
    """A sentence without its small words, a station called so: what may be a part of a name. "" when none is left."""
    return " ".join(word for word in one_way(sentence).split()[:MOST_WORDS] if word not in SMALL)


def elsewhere(sentence: str) -> str | None:
    """The place next to the borough, or its station, that a sentence names and nothing else, as it is written."""
    words = rest_of(sentence)
    return ELSEWHERE.get(words) or ELSEWHERE.get(words.removesuffix(f" {STATION}"))


def holds_from_the_first(name: str, words: str) -> bool:
    """Whether a name begins with the first of these words and has the others, or words that begin so, in any order."""
    return name.startswith(words.partition(" ")[0]) and all(f" {word}" in f" {name}" for word in words.split())


def holds_in_order(name: str, words: str) -> bool:
    """Whether a name begins with the first of these words and has the others, or words that begin so, after it."""
    wanted = words.split()
    if not wanted or not name.startswith(wanted[0]):
        return False
    rest = iter(name.split())
    return all(any(part.startswith(word) for part in rest) for word in wanted)


def near_beginnings(words: str, found: Iterable[Candidate]) -> list[Candidate]:
    """Places with a name, or the beginning of one, that is a slip away from these words; the likeliest first."""
    scored = []
    for place in found:
        beginnings = {" ".join(name.split()[: len(words.split())]) for name in place.names} | set(place.names)
        score = max(SequenceMatcher(None, words, name, autojunk=False).ratio() for name in beginnings)
        if score >= NEAR_ENOUGH:
            scored.append((-score, len(place.name), place.slug, place))
    return [place for *_, place in sorted(scored, key=lambda entry: entry[:3])]


def likeliest(found: Sequence[Candidate]) -> Candidate:
    """The one to take of several that fit. found: not empty."""
    return by_kind(found)[0]


def by_kind(found: Sequence[Candidate]) -> list[Candidate]:
    """A station, a town centre, a market or a street before others; in the order given otherwise."""

    def rank(place: Candidate) -> int:
        return _FIRST_KINDS.index(place.kind) if place.kind in _FIRST_KINDS else len(_FIRST_KINDS)

    return sorted(found, key=rank)
