"""An .xlsx file into a Book and back; openpyxl is imported where it is used, for its size. shared.workbook_parts says
what may be opened at all."""

from __future__ import annotations

import io
from typing import Any, Final

from community.shared.workbook_parts import MAX_BYTES, MAX_PARTS, MAX_UNPACKED, Refused, cell_text, check_parts
from community.surveys.problems import Problem, QuestionnaireError
from community.surveys.xlsform.book import Book, Notes, Spot

__all__ = ["MAX_BYTES", "MAX_COLUMNS", "MAX_PARTS", "MAX_ROWS", "MAX_UNPACKED", "read_xlsx", "write_xlsx"]

MAX_ROWS: Final = 3_000
MAX_COLUMNS: Final = 100


def read_xlsx(data: bytes, *, name: str, notes: Notes) -> Book:
    """Every sheet as text. A cell that cannot be taken is noted and read as empty; a file that cannot be taken raises
    QuestionnaireError."""
    try:
        check_parts(data, holds="a questionnaire", copy="the three sheets")
        return _cells(data, notes)
    except Refused as refused:
        raise QuestionnaireError(name, [Problem(None, *refused.args)]) from None
    except Exception as broken:  # the library has no error of its own for the many ways a file can be broken
        told = "the spreadsheet is damaged", "open it, save it again as .xlsx, and send that"
        raise QuestionnaireError(name, [Problem(None, *told)]) from broken


def write_xlsx(book: Book) -> bytes:
    """The file. Every cell is text, so that none is ever worked out as a formula."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    made = Workbook(write_only=True)
    for title, rows in book.items():
        sheet = made.create_sheet(title)
        sheet.freeze_panes = "A2"
        for index, heading in enumerate(rows[0] if rows else ()):
            sheet.column_dimensions[_letter(index)].width = 44 if "::" in heading else 20
        for number, row in enumerate(rows):
            cells = []
            for words in row:
                cell = WriteOnlyCell(sheet, value=words or None)
                if words:
                    cell.data_type, cell.quotePrefix = "s", True
                    cell.number_format = "@"
                    cell.alignment = Alignment(wrap_text=True, vertical="top")
                    cell.font = Font(bold=not number)
                cells.append(cell)
            sheet.append(cells)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _cells(data: bytes, notes: Notes) -> Book:
    from openpyxl import load_workbook

    opened = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    try:
        return {sheet.title.strip().lower(): _rows(sheet, notes) for sheet in opened.worksheets}
    finally:
        opened.close()


def _rows(sheet: Any, notes: Notes) -> list[list[str]]:
    """Bounded by us: a sheet may say that it has a million rows."""
    title = sheet.title.strip().lower()
    sheet.reset_dimensions()
    rows: list[list[str]] = []
    for number, row in enumerate(sheet.iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS + 1), start=1):
        cells = [_text(cell, Spot(title, number), notes) for cell in row]
        if number > MAX_ROWS and any(cells):
            raise Refused(f"sheet {title} has more than {MAX_ROWS} rows", "split it into several questionnaires")
        if len(cells) > MAX_COLUMNS and cells[MAX_COLUMNS]:
            raise Refused(f"sheet {title} has more than {MAX_COLUMNS} columns", "take those out that are not used")
        rows.append(cells)
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _text(cell: Any, row: Spot, notes: Notes) -> str:
    words, fault = cell_text(cell)
    if fault:
        notes.problem(Spot(row.sheet, row.row, cell.column_letter), f"the cell {cell.coordinate} {fault[0]}", fault[1])
    return words


def _letter(index: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(index + 1))
