"""Names into slugs and into the plain text that a search compares. Pure."""
import re
import unicodedata
from collections.abc import Collection, Iterable
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


def slugify(name: str, *, taken: Collection[str] = ()) -> str:
    """A place's slug from its name, at most 80 characters, not in `taken` (a number is added: `-2`, `-3`).

    Raises ValueError when the name has no Latin letter or figure to make one from."""
    base = plain(name).replace(" ", "-")[:MAX_SLUG].strip("-")
    if not base:
        raise ValueError(f"no slug can be made from {name!r}")
    slug, number = base, 1
    while slug in taken:
        number += 1
        ending = f"-{number}"
        slug = base[: MAX_SLUG - len(ending)].rstrip("-") + ending
    return slug


def search_text(names: Iterable[str]) -> str:
    """All the names a place goes by, plain, each between bars: `|barking station|bkg|`."""
    return "".join(f"|{words}" for words in dict.fromkeys(plain(name) for name in names) if words) + "|"
