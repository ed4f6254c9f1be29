"""Which of our places a sentence means, and whether that is clear. Reads only.

A whole name first; then a beginning that only one place has; a slip is put right where only one place comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from community.places import queries
from community.places.kind_words import is_all_kinds, is_within, kind_left_over, one_way, station_last
from community.places.naming import (
    ELSEWHERE,
    MOST_WORDS,
    SMALL,
    by_kind,
    holds_in_order,
    likeliest,
    name_said,
    named,
    near_beginnings,
    rest_of,
    runs,
)
from community.places.one_slip import SHORTEST, put_right
from community.places.search import Candidate, best_first, pieces

_MOST_CANDIDATES: Final = 100
_MOST_SLIPS: Final = 12
"""As many ways to put a slip right as are tried."""
_MOST_REST_WORDS: Final = 4
"""More words than this are a sentence about something, not a part of a name."""


def meant(sentence: str) -> tuple[list[Candidate], bool]:
    """(the likeliest first, whether it is clearly the first of them)"""
    found, is_clear = _told(sentence)
    slips = _slips(sentence, known_words=max(1, _length_said(found[0], sentence)) if found else 0)
    if len(slips) == 1:
        return slips, True
    if slips:
        return [*slips, *found], False
    return (found, is_clear) if found else (_part(sentence), False)


def _told(sentence: str) -> tuple[list[Candidate], bool]:
    """As meant, of what is spelt as we spell it."""
    found, is_clear = whole(sentence)
    if not found and (only := _only_one(sentence)) is not None:
        return [only], True
    return found, is_clear


def whole(sentence: str) -> tuple[list[Candidate], bool]:
    """The place whose whole name stands in a sentence; those that it may be instead, where the sentence says of what
    kind it is and the name does not, or names another place as well."""
    said = runs(sentence)
    found = [Candidate(*row) for row in queries.named(said)]
    best = named(found, said)
    if best is None:
        return [], False
    name = one_way(name_said(best, said)).removeprefix("the ")
    beside = [run for run in said if not is_within(run, name)]
    other = named((place for place in found if place.slug != best.slug), beside)
    others = [other] if other else []
    if (kind := kind_left_over(sentence, name, SMALL)) is not None:
        return _of_kind(best, f"{name} {kind}", others)
    return [best, *others], not others


def _of_kind(place: Candidate, words: str, others: list[Candidate]) -> tuple[list[Candidate], bool]:
    """What a name and a kind mean together: the place of that whole name, else the same one where one of its names
    holds both, else nothing for sure. others: places named beside it."""
    same = place if any(holds_in_order(name, words) for name in place.names) else None
    if (one := named_by([words]) or same) is not None:
        apart = [other for other in others if other.slug != one.slug]
        return [one, *apart], not apart
    likely = [other for other in by_kind(parts(words)) if begins(words, other)]
    found = {maybe.slug: maybe for maybe in (*others, *likely, place)}
    return list(found.values()), False


def _slips(sentence: str, *, known_words: int) -> list[Candidate]:
    """The places that a sentence clearly names once one slip in a longer word is put right, where that makes more of a
    name than stands there as it is. known_words: how many words of a name do."""
    words = " ".join(one_way(sentence).split()[:MOST_WORDS])
    known = _words_like([word for word in words.split() if len(word) >= SHORTEST and word not in SMALL])
    found: dict[str, Candidate] = {}
    for righted in list(put_right(words, known))[:_MOST_SLIPS]:
        told, is_clear = _told(righted)
        if told and is_clear and (not known_words or _length_said(told[0], righted) > known_words):
            found[told[0].slug] = told[0]
    return list(found.values())


def _length_said(place: Candidate, sentence: str) -> int:
    """How many words of a name of the place stand in a sentence."""
    said = runs(sentence)
    return max((len(name.split()) for name in place.names if name in said), default=0)


def _words_like(typed: Sequence[str]) -> frozenset[str]:
    """Words of names of ours, and of places next to the borough, that share some letters with these."""
    shared = [piece for word in typed for piece in pieces(word)][:_MOST_CANDIDATES]
    rows = queries.sharing_pieces(shared, _MOST_CANDIDATES) if shared else ()
    ours = {word for row in rows for name in Candidate(*row).names for word in name.split()}
    return frozenset(ours | SMALL | {word for name in ELSEWHERE for word in name.split()})


def named_by(names: Sequence[str]) -> Candidate | None:
    possible = [name for name in names if name]
    return named((Candidate(*row) for row in queries.named(possible)), possible) if possible else None


def _part(sentence: str) -> list[Candidate]:
    found = parts(sentence)
    return [likeliest(found)] if found else []


def _only_one(sentence: str) -> Candidate | None:
    """The place whose name the words begin, where they begin a word of no other; not where they say no more than what
    kind of place it is."""
    words, found = station_last(rest_of(sentence)), parts(sentence)
    is_said = len(found) == 1 and any(f"{name} ".startswith(f"{words} ") for name in found[0].names)
    return found[0] if is_said and not is_all_kinds(words) else None


def parts(sentence: str) -> list[Candidate]:
    words = rest_of(sentence)
    if not words or len(words.split()) > _MOST_REST_WORDS or len(words) < 3:
        return []
    found = [Candidate(*row) for row in queries.holding_words(words.split(), _MOST_CANDIDATES)]
    beginnings = [place for place in best_first(words, found) if begins(words, place)]
    if beginnings or not (shared := pieces(words)):
        return beginnings
    return near_beginnings(words, (Candidate(*row) for row in queries.sharing_pieces(shared, _MOST_CANDIDATES)))


def begins(words: str, place: Candidate) -> bool:
    """Whether each word begins a word of one name: "arking" is no part of "Barking"."""
    return any(all(f" {word}" in f" {name}" for word in words.split()) for name in place.names)
