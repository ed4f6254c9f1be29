"""Slips of the thumb in the words that matter most, put right: `rpaed` is raped, `kniife` is knife.

Only what is no other word of ours and one slip away: a letter doubled, missed, swapped with the next or from the next
key. The first letter is taken as it is typed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from community.bot.understanding.lists import FOLDER, read

_SHORTEST: Final = 4
"""Letters of a slip. What is shorter is too often another word."""
_KEYS: Final = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
"""A letter -> its neighbours to the left and right."""


def put_right(word: str) -> str:
    """The word that was meant, or the word itself."""
    return _slips().get(word, word)


def is_meant(word: str) -> bool:
    """Whether it is one of the words that slips are put right in."""
    return word in _meant()


def slips_of(word: str) -> Iterator[str]:
    """Each way one slip may spell it."""
    for at in range(1, len(word)):
        before, letter, after = word[:at], word[at], word[at + 1 :]
        yield before + letter + letter + after
        yield before + after
        if after:
            yield before + after[0] + letter + after[1:]
        yield from (before + key + after for key in _KEYS.get(letter, ""))


@cache
def _slips() -> dict[str, str]:
    """Slip -> word, for the slips of one word only."""
    meant = _meant()
    left = _known() | set(read("slips")["apart"].split()) | meant
    found: dict[str, str] = {}
    twice = set()
    for word in sorted(meant):
        for slip in slips_of(word):
            if slip not in left and found.setdefault(slip, word) != word:
                twice.add(slip)
    return {slip: word for slip, word in found.items() if slip not in twice and len(slip) >= _SHORTEST}


@cache
def _meant() -> frozenset[str]:
    meant = read("slips")["words"].split()
    return frozenset((*meant, *(word[:-1] for word in meant if word.endswith("ing"))))


@cache
def _known() -> set[str]:
    """Words that stand in the other lists, in any language."""
    known = {typed for ways in read("spellings").values() for typed in str(ways).split()} | set(read("spellings"))
    known |= {word for ways in read("pairs").values() for word in str(ways).replace("|", " ").split()}
    known |= {word for lists in read("languages").values() for words in lists.values() for word in str(words).split()}
    for path in sorted((FOLDER / "concepts").glob("*.yaml")):
        for listed in read(f"concepts/{path.stem}").values():
            known |= set(str(listed).replace(",", " ").replace("*", "").split())
    return known
