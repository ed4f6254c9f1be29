"""Which places a person meant by what they typed: exact, then beginnings, then near misses. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from community.places.slugs import plain

NEAR_ENOUGH: Final = 0.7
"""Share of letters alike (difflib's ratio) from which a name is offered: takes two slips in "barking station"."""
MAX_TYPED: Final = 80
_MAX_PIECES: Final = 24


@dataclass(frozen=True)
class Candidate:
    """A place as a search sees it. search_text: its names, plain, between bars."""

    slug: str
    name: str
    kind: str
    search_text: str

    @property
    def names(self) -> list[str]:
        return self.search_text.strip("|").split("|")


def typed_words(text: str) -> str:
    """What was typed, plain and not too long: "" when there is nothing to look for."""
    return plain(text[: MAX_TYPED * 2])[:MAX_TYPED].strip()


def pieces(words: str) -> list[str]:
    """Runs of three letters of what was typed: names near to it share some. At most 24, spread over the whole."""
    runs = list(dict.fromkeys(words[i : i + 3] for i in range(len(words) - 2)))
    return runs[:: -(-len(runs) // _MAX_PIECES)] if runs else []


def best_first(words: str, found: Iterable[Candidate]) -> list[Candidate]:
    """Places that hold every word, the closest first: the very name, its beginning, a word's beginning, the rest."""

    def key(place: Candidate) -> tuple[bool, bool, bool, int, str]:
        names = place.names
        return (
            words not in names,
            not any(name.startswith(words) for name in names),
            not any(f" {word}" in f" {name}" for word in words.split() for name in names),
            len(place.name),
            place.name,
        )

    return sorted(found, key=key)


def near_misses(words: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Places with a name much like what was typed, the likest first; others are left out."""
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(words)
    scored = []
    for place in candidates:
        score = 0.0
        for name in place.names:
            matcher.set_seq1(name)
            if matcher.real_quick_ratio() >= NEAR_ENOUGH and matcher.quick_ratio() >= NEAR_ENOUGH:
                score = max(score, matcher.ratio())
        if score >= NEAR_ENOUGH:
            scored.append((-score, place.name, place))
    return [place for *_, place in sorted(scored, key=lambda entry: entry[:2])]
