"""Names into slugs and into the plain text that a search compares. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

MAX_SLUG: Final = 80


def plain(text: str) -> str:
    """Lower case, without accents or apostrophes, words of a-z and 0-9 joined by one space.

    >>> plain("St Chad's  Park (north)")
    'st chads park north'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"['’‘`]", "", letters)))


def slugify(name: str) -> str:
    """A slug from a name, at most 80 characters. Raises ValueError when no Latin letter or figure is in it.

    >>> slugify("Barking Market (East Street)")
    'barking-market-east-street'
    """
    slug = plain(name).replace(" ", "-")[:MAX_SLUG].strip("-")
    if not slug:
        raise ValueError(f"no slug can be made from {name!r}")
    return slug


def numbered(slug: str, number: int) -> str:
    """The slug for the `number`th place of one name: itself, then `-2`, `-3`; still at most 80 characters."""
    ending = "" if number == 1 else f"-{number}"
    return slug[: MAX_SLUG - len(ending)].rstrip("-") + ending


def search_text(names: Iterable[str]) -> str:
    """All the names a place goes by, plain, each between bars: `|barking station|bkg|`."""
    return "".join(f"|{words}" for words in dict.fromkeys(plain(name) for name in names) if words) + "|"
