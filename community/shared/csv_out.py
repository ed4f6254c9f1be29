"""A table as a CSV file (RFC 4180) that no spreadsheet takes for anything but words and numbers. Pure.

A cell that begins like a formula gets an apostrophe in front, as OWASP advises against CSV injection; spaces before the
sign do not save it, since a spreadsheet may drop them. Numbers are written by us and never begin with a sign.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
"""The wide forms are what some keyboards type and some spreadsheets read as the narrow ones."""

Cell = str | int | float | None


def inert(text: str) -> str:
    """The words as a cell that is not a formula.

    >>> inert("=1+1"), inert("  @home"), inert("Barking Station")
    ("'=1+1", "'  @home", 'Barking Station')
    """
    bare = text.lstrip(" \u00a0\n\v\f")
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) or bare.startswith(STARTS_A_FORMULA) else text


def document(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The file: UTF-8, a line for the headings, CR LF after every line; None is an empty cell. NUL, which no reader
    agrees on, is left out wherever it stands."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(headings)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return sheet.getvalue().encode()


def _cell(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    return inert(cell).replace("\0", "") if isinstance(cell, str) else cell
