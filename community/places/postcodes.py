"""Postcode areas: the first half of a postcode, which is all that is ever used of one. Pure.

Each is known by a place of ours in its middle, good enough to ask what is near: see `facts/postcode_areas.csv`."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).parent / "facts" / "postcode_areas.csv"
_WHOLE: Final = re.compile(r"\b([A-Z]{1,2}[0-9][0-9A-Z]?)[ -]*[0-9][A-Z]{2}\b")
_HALF: Final = re.compile(r"\b([A-Z]{1,2}[0-9][0-9A-Z]?)\b")


def area_in(text: str) -> str | None:
    """The first half of the postcode that a sentence names, or a first half of ours by itself; None without one.

    >>> area_in("nearest to rm10 7aa please"), area_in("in IG11?"), area_in("on the 5 bus"), area_in("E1 6AN")
    ('RM10', 'IG11', None, 'E1')
    """
    capitals = text.upper()
    if whole := _WHOLE.search(capitals):
        return whole[1]
    return next((half[1] for half in _HALF.finditer(capitals) if half[1] in middles()), None)


@cache
def middles() -> dict[str, str]:
    """Postcode area -> slug of the place in its middle; only areas that lie in the borough, whole or in part."""
    with open(FILE, encoding="utf-8", newline="") as file:
        return {line["area"]: line["place"] for line in csv.DictReader(file)}
