"""What of a message the model looks at: words and runs of words, parts of words, classes of words and their pairs.

Each feature is a number made from its spelling, so that no list of them has to be kept in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from community.bot.understanding.normalising import Plain

_MOST_OF_A_KIND: Final = 1_500
_PAIRED_WORDS: Final = 12
"""Two classes further apart than so many words are not a pair."""
_WEIGHT: Final = {"w": 1.0, "c": 1.0, "k": 1.2, "m": 0.3}


def features_of(message: Plain, classes: Sequence[frozenset[str]]) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    """(hashes, values): each feature once; the features of a kind share a fixed length between them."""
    hashes: list[int] = []
    values: list[float] = []
    for kind, found in (
        ("w", _words(message.words)),
        ("c", _parts(message.words)),
        ("k", _classes(classes)),
        ("m", _manner(message)),
    ):
        some = list(dict.fromkeys(found))[:_MOST_OF_A_KIND]
        hashes += [crc32(f"{kind}{name}".encode()) for name in some]
        values += [_WEIGHT[kind] / sqrt(max(4, len(some)))] * len(some)
    return np.array(hashes, np.uint32), np.array(values, np.float32)


def _words(words: Sequence[str]) -> Iterable[str]:
    said = ["<", *words, ">"]
    for at, word in enumerate(said):
        yield word
        if at + 1 < len(said):
            yield f"{word} {said[at + 1]}"
        if at + 2 < len(said):
            yield f"{word} {said[at + 1]} {said[at + 2]}"
            yield f"{word} _ {said[at + 2]}"


def _parts(words: Sequence[str]) -> Iterable[str]:
    for word in words:
        edged = f" {word} "
        for size in (3, 4, 5):
            for at in range(len(edged) - size + 1):
                yield edged[at : at + size]


def _classes(classes: Sequence[frozenset[str]]) -> Iterable[str]:
    placed = [(at, name) for at, names in enumerate(classes) for name in sorted(names)]
    yield from (name for _, name in placed)
    for first, (at, name) in enumerate(placed):
        for further, other in placed[first + 1 :]:
            if further - at > _PAIRED_WORDS:
                break
            yield f"{name}~{other}"


def _manner(message: Plain) -> Iterable[str]:
    length = len(message.words)
    yield f"length {min(length, 60) // 5}"
    if message.asked:
        yield "asked"
