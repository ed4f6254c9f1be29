"""The data inventory: docs/data-inventory.md, read as a table. A test holds it against the schema."""

from __future__ import annotations

import re
from dataclasses import dataclass

from community.config import ROOT

PAGE = ROOT / "docs" / "data-inventory.md"
_ROW = re.compile(r"^\| `([a-z_]+\.[a-z_]+)` \| (.+?) \| (.+?) \|$", re.M)


@dataclass(frozen=True)
class Kept:
    """One column: its name as table.column, what it holds and why, and how long it is kept."""

    column: str
    holds: str
    kept: str


def rows() -> list[Kept]:
    """Every line of the inventory, in its order."""
    return [Kept(*found) for found in _ROW.findall(PAGE.read_text(encoding="utf-8"))]
