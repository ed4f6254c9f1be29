"""Numbers in a reply that a thumb can tap."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from community.support.catalogue import load


@dataclass(frozen=True)
class Piece:
    """A stretch of a message. number: its digits, where it is a number of the support catalogue; else empty."""

    text: str
    number: str = ""


def pieces(text: str) -> tuple[Piece, ...]:
    """A message cut at the numbers of the catalogue; joined again it is the same."""
    cut = _numbers().split(text)
    return tuple(
        Piece(part, part.replace(" ", "") if at % 2 else "")  # every second one is a number
        for at, part in enumerate(cut)
        if part
    )


@cache
def _numbers() -> re.Pattern[str]:
    phones = {service.phone for service in load() if service.phone}
    longest_first = sorted(phones, key=lambda phone: (-len(phone), phone))
    return re.compile(rf"(?<![\d+])({'|'.join(map(re.escape, longest_first))})(?!\d| \d)")
