"""One slip of the thumb in a longer word of a name: "barkin station", "gascoine". Pure.

A short word is too often another one, and so is a word with another first letter: "parking" is no slip of "barking"."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

SHORTEST: Final = 6
"""Letters of a word in which a slip is forgiven."""


def is_one_slip(typed: str, meant: str) -> bool:
    """Whether one letter is missing, too many, another, or changed places with the next; never the first.

    >>> is_one_slip("barkin", "barking"), is_one_slip("parking", "barking"), is_one_slip("barking", "barking")
    (True, False, False)
    """
    if typed == meant or typed[:1] != meant[:1] or abs(len(typed) - len(meant)) > 1:
        return False
    same = next((at for at, pair in enumerate(zip(typed, meant, strict=False)) if pair[0] != pair[1]), None)
    if same is None:
        return True
    left, right = typed[same:], meant[same:]
    swapped = len(left) == len(right) > 1 and left[0] == right[1] and left[1] == right[0] and left[2:] == right[2:]
    return swapped or left[1:] == right[1:] or left[1:] == right or left == right[1:]


def put_right(words: str, known: Collection[str]) -> Iterator[str]:
    """The words with one of them put right, each way that a known word of names allows. known: words that are no
    slips, and that may be meant."""
    typed = words.split()
    for at, word in enumerate(typed):
        if len(word) >= SHORTEST and word not in known:
            for meant in sorted(known):
                if is_one_slip(word, meant):
                    yield " ".join([*typed[:at], meant, *typed[at + 1 :]])
