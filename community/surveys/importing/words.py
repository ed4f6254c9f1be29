"""Words as a person may have typed them, made equal where they mean the same."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ALIKE: Final = str.maketrans("‐‑‒–—−’‘_", "------'' ")
_RANGE: Final = re.compile(r"(?<=\d)\s*(?:-|\bto\b)\s*(?=\d)")


def plain(text: str) -> str:
    """Case, spaces, underscores, kinds of dash and quote, and a full stop, colon or question mark at the end make no
    difference; "13 to 17" is "13-17".

    >>> plain("  Do you feel SAFE in the borough? "), plain("13 – 17"), plain("safe_in_borough")
    ('do you feel safe in the borough', '13-17', 'safe in borough')
    """
    folded = unicodedata.normalize("NFKC", text).translate(_ALIKE).casefold()
    return _RANGE.sub("-", " ".join(folded.split()).strip(" .?!:"))
