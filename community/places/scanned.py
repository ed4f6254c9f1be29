"""What a phone reads off a poster, or a person types: a code, or the whole printed address. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from community.places.codes import normalise

LONGEST: Final = 300
_PAGES: Final = ("q", "poster")


@dataclass(frozen=True)
class Scanned:
    """code: ours by its shape and check, or None. elsewhere: the site that an address leads to when it is not ours: a
    true code in a false address is the trick to expect."""

    code: str | None
    elsewhere: str | None = None


def read(text: str, *, base_url: str) -> Scanned:
    """A code, or an address with one, as it was scanned or typed.

    >>> read("safe.example/q/w8q6-28zv", base_url="https://safe.example")
    Scanned(code='W8Q628ZV', elsewhere=None)
    >>> read("https://safe.example.net/q/W8Q628ZV", base_url="https://safe.example").elsewhere
    'safe.example.net'
    """
    text = text[:LONGEST].strip()
    if "/" not in text:
        return Scanned(normalise(text))
    try:
        address = urlsplit(text if "://" in text else f"https://{text}")
    except ValueError:
        return Scanned(None)
    pages = [unquote(page) for page in address.path.split("/") if page]
    code = normalise(pages[1]) if len(pages) == 2 and pages[0] in _PAGES else None
    ours = address.netloc.lower() == urlsplit(base_url).netloc.lower()
    return Scanned(code, None if ours else address.netloc[:80] or text[:80])
