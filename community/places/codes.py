"""A poster's code: 8 characters of Crockford base 32, 7 drawn at random and 1 that checks them. Pure.

The check is a weighted sum in GF(32), the field of 32 elements (polynomial x^5 + x^2 + 1): with weights that are
all different and not zero, a code with one wrong character, or with any two different characters swapped, never
passes. There is no secret in a code, so a poster outlives every key.
Source of the alphabet: Douglas Crockford, Base 32, https://www.crockford.com/base32.html (no I, L, O, U)."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from typing import Final, Protocol

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 8
_VALUE: Final = {character: value for value, character in enumerate(ALPHABET)}
_READ_AS: Final = str.maketrans("OIL", "011")
_GAPS: Final = re.compile(r"[\s\-\u2010-\u2015\u2212_.]+")  # spaces, hyphens and dashes that phones put in
_MAX_TYPED: Final = 64
_IN_TEXT: Final = re.compile(
    r"(?<![0-9A-Za-z])(?=([0-9A-Za-z]{4}[\s\-\u2010-\u2015\u2212_.]*[0-9A-Za-z]{4})(?![0-9A-Za-z]))"
)
MAX_SENTENCE: Final = 200
_THREE_LETTERS: Final = re.compile(r"[A-Z]{3}")


class Chooser(Protocol):
    """What draws characters: the `secrets` module, or a `random.Random` with a seed."""

    def choice(self, seq: Sequence[str], /) -> str: ...


def new_code(rng: Chooser = secrets) -> str:
    """A fresh code, such as `7K3M94Q0`. No three letters stand together, so that no poster spells a word."""
    while True:
        body = "".join(rng.choice(ALPHABET) for _ in range(LENGTH - 1))
        code = body + check_character(body)
        if not _THREE_LETTERS.search(code):
            return code


def check_character(body: str) -> str:
    """The eighth character for the first seven."""
    total = 0
    for weight, character in zip(_WEIGHTS, body, strict=True):
        total ^= _times(weight, _VALUE[character])
    return ALPHABET[total]


def normalise(text: str) -> str | None:
    """The code a person meant by what they typed, or None if it cannot be one of ours.

    Small letters, spaces, hyphens and dashes do no harm; O is read as 0, I and L as 1.
    >>> normalise(" ooil-23 AF ") == normalise("001123AF")
    True
    """
    code = _tidy(text)
    return code if _has_shape(code) and check_character(code[:-1]) == code[-1] else None


def is_ours_shape(text: str) -> bool:
    """Whether it is eight characters from our alphabet, rightly checked or not: a slip, rather than another thing."""
    return shaped(text) is not None


def shaped(text: str) -> str | None:
    """The eight characters from our alphabet that were typed, rightly checked or not; None for any other thing."""
    code = _tidy(text)
    return code if _has_shape(code) else None


def candidates_in(text: str) -> list[str]:
    """The codes of the right shape and check that stand in a short text, whole or in two halves; each with a figure as
    typed, so that few words are taken for one. Whether any is ours, the table knows.

    >>> candidates_in("the code is w8q6 28zv, hello")
    ['W8Q628ZV']
    """
    typed = (found[1] for found in _IN_TEXT.finditer(text[:MAX_SENTENCE]))
    codes = (normalise(one) for one in typed if any(character.isdigit() for character in one))
    return [code for code in dict.fromkeys(codes) if code is not None]


def display(code: str) -> str:
    """A code as it is printed, in two halves: `7K3M-94Q0`."""
    return f"{code[:4]}-{code[4:]}"


def _tidy(text: str) -> str:
    if len(text) > _MAX_TYPED:
        return ""
    bare = _GAPS.sub("", text)
    return bare.upper().translate(_READ_AS) if bare.isascii() else ""


def _has_shape(code: str) -> bool:
    return len(code) == LENGTH and all(character in _VALUE for character in code)


def _times(a: int, b: int) -> int:
    """The product of two elements of GF(32)."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a <<= 1
        if a & 0b100000:
            a ^= 0b100101
        b >>= 1
    return product


def _powers_of_two(count: int) -> tuple[int, ...]:
    powers = [1]
    while len(powers) < count:
        powers.append(_times(powers[-1], 2))
    return tuple(powers)


_WEIGHTS: Final = _powers_of_two(LENGTH)[1:]
"""2, 4, 8 ... in GF(32), one for each of the first seven characters; the check itself has the weight 1."""
