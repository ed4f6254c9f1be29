"""The same three sheets in one CSV file: a sheet's name stands alone in the first column, its rows leave that empty."""

from __future__ import annotations

import csv
import io

from community.surveys.problems import Problem, QuestionnaireError
from community.surveys.xlsform.book import SHEETS, Book, Notes, Spot
from community.surveys.xlsform.workbook import MAX_BYTES, MAX_COLUMNS, MAX_ROWS


def read_csv(data: bytes, *, name: str, notes: Notes) -> Book:
    """Rows are numbered within their sheet, as in a spreadsheet. Raises QuestionnaireError."""
    if len(data) > MAX_BYTES:
        raise _refused(name, "the file is too large", f"keep it under {MAX_BYTES // 1_000_000} MB")
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    except UnicodeDecodeError:
        raise _refused(name, "this is not UTF-8 text", "save it as 'CSV UTF-8', or as .xlsx") from None
    except csv.Error as broken:
        raise _refused(name, f"this is not CSV ({broken})", "check the double quotes, or save it as .xlsx") from None
    book: dict[str, list[list[str]]] = {}
    sheet = ""
    for number, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in row]
        if cells and cells[0]:
            sheet = cells[0].lower()
            book.setdefault(sheet, [])
        if any(cells[1:]) and not sheet:
            fix = f"write the name of the sheet ({', '.join(SHEETS)}) in the first column of a line above it"
            raise _refused(name, f"line {number} belongs to no sheet", fix)
        if sheet and (any(cells[1:]) or not cells[:1] or not cells[0]):
            book[sheet].append(_harmless(cells[1:], Spot(sheet, len(book[sheet]) + 1), notes))
    if any(len(found) > MAX_ROWS or any(len(row) > MAX_COLUMNS for row in found) for found in book.values()):
        raise _refused(name, "the file is too long or too wide", "split it into several questionnaires")
    return book


def write_csv(book: Book) -> str:
    """What `read_csv` reads."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for name, rows in book.items():
        writer.writerow([name])
        writer.writerows(["", *row] for row in rows)
    return out.getvalue()


def _harmless(cells: list[str], row: Spot, notes: Notes) -> list[str]:
    for index, cell in enumerate(cells):
        if cell.startswith("="):
            notes.problem(row, f"the cell {cell[:20]!r} is a formula", "write the words themselves")
            cells[index] = ""
    return cells


def _refused(name: str, message: str, fix: str) -> QuestionnaireError:
    return QuestionnaireError(name, [Problem(None, message, fix)])
