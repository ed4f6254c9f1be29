"""A spreadsheet that somebody sends, .csv or .xlsx, as lines of text. openpyxl is imported where it is used."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from community.places.csv_import import BadPlaceFile, decode, records
from community.shared.errors import UserError
from community.shared.workbook_parts import MAX_BYTES, Refused, cell_text, check_parts

MAX_LINES: Final = 2_000
MAX_COLUMNS: Final = 60
KINDS: Final = (".xlsx", ".csv")

Line = tuple[int, list[str]]
"""Number of the line or row, from 1, and its cells."""


class BadFile(UserError):
    """The file was not taken in. faults: (line, or None for the file; what is wrong and what to do)."""

    def __init__(self, message: str, faults: Sequence[tuple[int | None, str]] = ()) -> None:
        said = [message, *(f"line {line}: {words}" if line else words for line, words in faults)]
        super().__init__("\n".join(said))
        self.summary = message
        self.faults = tuple(faults)


def read_lines(data: bytes, *, name: str) -> list[Line]:
    """The lines that hold anything, headings first; of an .xlsx, those of its first sheet. name: of the file, for its
    ending. Raises BadFile."""
    if not name.lower().endswith(KINDS):
        raise BadFile("Select a spreadsheet (.xlsx or .csv).")
    if len(data) > MAX_BYTES:
        raise BadFile("The file is larger than 1 MB. Take pictures out, or cut it into smaller files.")
    lines = _xlsx(data) if name.lower().endswith(".xlsx") else _csv(data)
    if len(lines) > MAX_LINES + 1:
        raise BadFile(f"The file has more than {MAX_LINES:,} lines. Cut it into smaller files.")
    return lines


def _csv(data: bytes) -> list[Line]:
    try:
        return [line for line, _ in zip(records(decode(data)), range(MAX_LINES + 2), strict=False)]
    except BadPlaceFile as wrong:
        faults = [(problem.line, problem.message) for problem in wrong.problems]
        raise BadFile(wrong.message.partition("\n")[0], faults) from wrong


def _xlsx(data: bytes) -> list[Line]:
    try:
        check_parts(data, holds="a list of businesses", copy="the list")
        return _cells(data)
    except Refused as refused:
        raise BadFile(_sentence(*refused.args)) from None
    except BadFile:
        raise
    except Exception as broken:  # the library has no error of its own for the many ways a file can be broken
        told = "the spreadsheet is damaged", "open it, save it again as .xlsx, and send that"
        raise BadFile(_sentence(*told)) from broken


def _cells(data: bytes) -> list[Line]:
    from openpyxl import load_workbook

    opened = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    try:
        sheet = opened.worksheets[0]
        sheet.reset_dimensions()
        faults: list[tuple[int | None, str]] = []
        lines: list[Line] = []
        for number, row in enumerate(sheet.iter_rows(max_row=MAX_LINES + 2, max_col=MAX_COLUMNS), start=1):
            cells = [_text(cell, number, faults) for cell in row]
            if any(cells):
                lines.append((number, cells))
    finally:
        opened.close()
    if faults:
        raise BadFile(not_brought_in(faults), faults)
    return lines


def _text(cell: Any, line: int, faults: list[tuple[int | None, str]]) -> str:
    if isinstance(cell.value, date):
        day = cell.value.date() if isinstance(cell.value, datetime) else cell.value
        return str(day.isoformat())
    words, fault = cell_text(cell)
    if fault:
        faults.append((line, _sentence(f"the cell {cell.coordinate} {fault[0]}", fault[1])))
    return words


def not_brought_in(faults: Sequence[tuple[int | None, str]]) -> str:
    """How many lines keep a file out."""
    lines = len({line for line, _ in faults})
    return f"Nothing was brought in: {lines} {'line needs' if lines == 1 else 'lines need'} putting right."


def _sentence(what: str, fix: str) -> str:
    return f"{what[0].upper()}{what[1:]}: {fix}."
