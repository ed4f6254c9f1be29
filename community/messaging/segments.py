"""How many billed parts a text message takes, and which characters make it dearer.

GSM 7-bit (3GPP TS 23.038, sections 6.2.1 and 6.2.1.1): 160 places in one part, 153 in each of several. One character
outside it, such as a curly quote, turns the whole message into UCS-2: 70 and 67 units of 16 bits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED: Final = frozenset("^{}\\[~]|€\f")
"""Each of these takes two places: the escape and itself."""

GSM_ONE, GSM_EACH = 160, 153
UCS2_ONE, UCS2_EACH = 70, 67


def outside_gsm7(text: str) -> tuple[str, ...]:
    """The characters that cannot be sent in GSM 7-bit, each once, in the order met."""
    return tuple(dict.fromkeys(char for char in text if char not in _BASIC and char not in _EXTENDED))


def is_gsm7(text: str) -> bool:
    return not outside_gsm7(text)


def length(text: str) -> int:
    """Places that a text takes: septets in GSM 7-bit, else units of 16 bits.

    >>> length("10€")
    4
    """
    return sum(_widths(text))


def segments(text: str) -> int:
    """Billed parts of a text; an empty one is none.

    >>> segments("a" * 160), segments("a" * 161), segments("it’s")
    (1, 2, 1)
    """
    one, each = (GSM_ONE, GSM_EACH) if is_gsm7(text) else (UCS2_ONE, UCS2_EACH)
    if not text:
        return 0
    return 1 if length(text) <= one else _packed(_widths(text), each)


def _widths(text: str) -> Iterator[int]:
    if is_gsm7(text):
        return (2 if char in _EXTENDED else 1 for char in text)
    return (2 if ord(char) > 0xFFFF else 1 for char in text)


def _packed(widths: Iterable[int], each: int) -> int:
    """Parts of `each` places that hold these characters in order; none is torn in two."""
    parts, used = 1, 0
    for width in widths:
        if used + width > each:
            parts, used = parts + 1, 0
        used += width
    return parts
