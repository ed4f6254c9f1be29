"""A spreadsheet as text, where something stands in it, and the notes taken while it is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from community.surveys.problems import Problem

SURVEY: Final = "survey"
CHOICES: Final = "choices"
SETTINGS: Final = "settings"
SHEETS: Final = (SURVEY, CHOICES, SETTINGS)

Book = Mapping[str, Sequence[Sequence[str]]]
"""Name of a sheet -> its rows -> their cells, as text. The first row holds the headings."""


@dataclass(frozen=True)
class Spot:
    """A row of a sheet, from 1, or a cell of it by its column's heading; row 0: the sheet as a whole."""

    sheet: str
    row: int = 0
    column: str | None = None


@dataclass
class Notes:
    """problems stop the file. remarks do not: what was left out or added, for the officer to know."""

    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)

    def problem(self, spot: Spot, message: str, fix: str) -> None:
        self.problems.append(_at(spot, message, fix))

    def remark(self, spot: Spot, message: str, fix: str = "") -> None:
        """Said once for each message, at the first place."""
        if all(said.message != message for said in self.remarks):
            self.remarks.append(_at(spot, message, fix))


def _at(spot: Spot, message: str, fix: str) -> Problem:
    return Problem(spot.row or None, message, fix, spot.sheet, spot.column)
