"""One cell of a CSV file into one checked value; the error says what is wrong and what to write. Pure."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from community.places.slugs import plain

_HIDDEN: Final = frozenset({"Cc", "Cs", "Co", "Zl", "Zp"})
_TURNS: Final = frozenset("\u200b\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffd")
_DEGREES: Final = re.compile(r"[+-]?\d{1,3}(\.\d{1,15})?", re.ASCII)


class BadCell(Exception):
    """What is wrong with a cell and what to do; follows the name of its column."""


def text(cell: str, *, longest: int) -> str:
    """The cell in Unicode NFC with single spaces, "" when empty. No line breaks, hidden or direction characters."""
    for character in cell.strip():
        if unicodedata.category(character) in _HIDDEN or character in _TURNS:
            raise BadCell(f"has a line break or a hidden character (U+{ord(character):04X}). Type it again.")
    words = " ".join(unicodedata.normalize("NFC", cell).split())
    if len(words) > longest:
        raise BadCell(f"is {len(words)} characters long. Use {longest} or fewer.")
    return words


def needed(value: str) -> str:
    if not value.strip():
        raise BadCell("is empty. Fill it in.")
    return value


def place_name(cell: str) -> str:
    """A name of 1 to 120 characters that an address can be made from."""
    name = needed(text(cell, longest=120))
    if not plain(name):
        raise BadCell(f"{name!r} has no Latin letter or figure for its web address. Add the name in English.")
    return name


def several(cell: str, *, longest: int, most: int) -> tuple[str, ...]:
    """The parts of a cell between | or ; without empty ones and repeats, in their order."""
    parts = dict.fromkeys(part for part in (text(p, longest=longest) for p in re.split(r"[|;]", cell)) if part)
    if len(parts) > most:
        raise BadCell(f"lists {len(parts)}. Keep the {most} that matter.")
    return tuple(parts)


def one_of(cell: str, words: Iterable[str]) -> str:
    """One of our fixed words; capitals, spaces and hyphens do no harm ("Car park" is car_park)."""
    known = list(words)
    word = re.sub(r"[\s\-]+", "_", text(cell, longest=120).casefold())
    if word not in known:
        near = difflib.get_close_matches(word, known, n=1)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise BadCell(f"{cell.strip()[:40]!r} is not one we know. {hint}Use one of: {', '.join(known)}.")
    return word


def degrees(cell: str, *, limit: int) -> float:
    """Decimal degrees from -limit to limit."""
    typed = needed(cell).strip()
    if re.fullmatch(r"[+-]?\d{1,3},\d+", typed, re.ASCII):
        raise BadCell(f"{typed[:40]!r} has a decimal comma. Write it with a point, like 51.53998.")
    if re.fullmatch(r"[+-]?\d{4,7}(\.\d+)?", typed, re.ASCII):
        raise BadCell(f"{typed!r} looks like a map grid reference. Turn it into degrees (WGS84), like 51.53998.")
    if not _DEGREES.fullmatch(typed):
        raise BadCell(f"{typed[:40]!r} is not a number of degrees. Write it like 51.53998.")
    value = float(typed)
    if abs(value) > limit:
        raise BadCell(f"{typed} is outside -{limit} to {limit}.")
    return value


def check_order(lat: object, lon: object) -> None:
    """Refuse a British point whose latitude and longitude were changed over."""
    if isinstance(lat, float) and isinstance(lon, float) and -9 <= lat <= 3 and 49 <= lon <= 61:
        raise BadCell(f"lat {lat:g} and lon {lon:g} look changed over. Put 49 to 61 under lat.")


def code(cell: str) -> str | None:
    """An official area code in capitals, or None when empty."""
    word = text(cell, longest=120).upper()
    if word and not re.fullmatch(r"[A-Z0-9]{2,16}", word, re.ASCII):
        raise BadCell(f"{cell.strip()[:40]!r} is not an area code. Write it like E05014053, or leave it empty.")
    return word or None


def yes_no(cell: str) -> bool | None:
    """True, False, or None when empty."""
    word = text(cell, longest=120).casefold()
    if word in ("", "yes", "y", "true", "1", "no", "n", "false", "0"):
        return None if not word else word in ("yes", "y", "true", "1")
    raise BadCell(f"{cell.strip()[:40]!r} is neither yes nor no. Write yes or no, or leave it empty.")
