"""The data inventory: docs/data-inventory.md, read as a table. A test holds it against the schema."""

from __future__ import annotations

import re
from dataclasses import dataclass

from community.config import ROOT

PAGE = ROOT / "docs" / "data-inventory.md"
_TABLE = re.compile(r"^\|(?: ---.*?\|)+\n((?:\|.*\n)+)", re.M)
_ROW = re.compile(r"^\| `([a-z_]+\.[a-z_]+)` \| (.+?) \| (.+?) \|$", re.M)


@dataclass(frozen=True)
class Kept:
    """One column: its name as table.column, what it holds and why, and how long it is kept."""

    column: str
    holds: str
    kept: str


def rows() -> list[Kept]:
    """Every line of the inventory, in its order. Columns stand in the page's first table alone: below a heading they
    would be read as stores."""
    return [Kept(*found) for found in _ROW.findall(_tables()[0])]


def stores() -> list[str]:
    """The first cell of every line of the second table: what a thief or a court may find."""
    return [line.split(" | ")[0].removeprefix("| ") for line in _tables()[1].splitlines()]


def _tables() -> list[str]:
    """The lines of each table of the page, without its headings."""
    return _TABLE.findall(PAGE.read_text(encoding="utf-8"))
