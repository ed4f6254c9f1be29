"""Words in the letters that make a text message cheap, where their meaning stays the same.

Romanian loses its marks, as people write it on phones; curly quotes and long dashes become straight and short. What has
no such letters (Urdu) stays as it is."""

from __future__ import annotations

import unicodedata
from typing import Final

from community.messaging.segments import is_gsm7

_SIGNS: Final = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "…": "...",
        "\u00a0": " ",
        "\u2068": None,
        "\u2069": None,
    }
)


def plain_letters(text: str) -> str:
    """The text in GSM 7-bit letters where it can be written so.

    >>> plain_letters("Vă simțiți în siguranță – aici?"), plain_letters("اردو")
    ('Va simtiti in siguranta - aici?', 'اردو')
    """
    if is_gsm7(text):
        return text
    simple = text.translate(_SIGNS)
    bare = "".join(char if is_gsm7(char) else _without_marks(char) for char in simple)
    return bare if is_gsm7(bare) else simple


def _without_marks(char: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
