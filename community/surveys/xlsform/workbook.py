"""An .xlsx file into a Book and back. The only module that knows openpyxl; imported where it is used, for its size.

A spreadsheet is a zip of XML files that anybody may have made. Before any of it is parsed: it is small, packed and
unpacked; it has no macros, no embedded objects and no links to other files; its XML declares no entities. Of what is
left only text is taken; a formula is refused, since what it shows depends on who opens the file.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any, Final

from community.surveys.problems import Problem, QuestionnaireError
from community.surveys.xlsform.book import Book, Notes, Spot

MAX_BYTES: Final = 1_000_000
MAX_UNPACKED: Final = 20_000_000
MAX_PARTS: Final = 200
MAX_ROWS: Final = 3_000
MAX_COLUMNS: Final = 100

_ZIP: Final = b"PK\x03\x04"
_OLD: Final = b"\xd0\xcf\x11\xe0"
"""How a file of Excel 97, and one locked with a password, begins."""
_FOREIGN: Final = (
    (re.compile(r"vbaProject|macrosheets/|xl/activeX/|ctrlProps/", re.I), "macros"),
    (re.compile(r"externalLinks/|connections\.xml|queryTables/", re.I), "links to other files or databases"),
    (re.compile(r"embeddings/|\.(bin|exe|dll|js|vbs)$", re.I), "something embedded in it"),
)
_HARMLESS: Final = re.compile(r"xl/printerSettings/printerSettings\d*\.bin", re.I)
_DECLARES: Final = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.I)


def read_xlsx(data: bytes, *, name: str, notes: Notes) -> Book:
    """Every sheet as text. A cell that cannot be taken is noted and read as empty; a file that cannot be taken raises
    QuestionnaireError."""
    try:
        _check_parts(data)
        return _cells(data, notes)
    except _Refused as refused:
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


class _Refused(Exception):
    """args: what is wrong, what to do."""


def _check_parts(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise _Refused("the file is too large", f"keep it under {MAX_BYTES // 1_000_000} MB: take pictures out")
    if data.startswith(_OLD):
        raise _Refused("this is an old .xls file, or has a password", "save it as .xlsx, without a password")
    if not data.startswith(_ZIP):
        raise _Refused("this is not a spreadsheet", "save it as .xlsx and send that")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = packed.infolist()
        names = [part.filename for part in parts]
        if "xl/workbook.xml" not in names:
            raise _Refused("this is not an .xlsx spreadsheet", "save it as .xlsx (Excel workbook) and send that")
        if any(part.flag_bits & 1 for part in parts):
            raise _Refused("the file has a password", "save it without one")
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise _Refused("the file unpacks to far more than a questionnaire", "copy the three sheets into a new file")
        for part in parts:
            for form, what in _FOREIGN:
                if form.search(part.filename) and not _HARMLESS.fullmatch(part.filename):
                    raise _Refused(f"the file has {what}", "copy the three sheets into a new file, as plain cells")
            if part.filename.lower().endswith((".xml", ".rels")):
                _check_xml(packed.read(part))


def _check_xml(text: bytes) -> None:
    """Nothing a spreadsheet program writes has entities, or another encoding in which they could hide."""
    if text.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in text or _DECLARES.search(text):
        raise _Refused("the file has parts no spreadsheet program writes", "copy the three sheets into a new file")


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
            raise _Refused(f"sheet {title} has more than {MAX_ROWS} rows", "split it into several questionnaires")
        if len(cells) > MAX_COLUMNS and cells[MAX_COLUMNS]:
            raise _Refused(f"sheet {title} has more than {MAX_COLUMNS} columns", "take those out that are not used")
        rows.append(cells)
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _text(cell: Any, row: Spot, notes: Notes) -> str:
    value, kind = cell.value, cell.data_type
    if value is None:
        return ""
    if kind in ("n", "b") and isinstance(value, int | float):
        return str(value).lower() if isinstance(value, bool) else f"{value:.15g}"
    words = str(value).strip(" \t\r\n\u00a0")
    if kind == "f" or words.startswith("="):
        what = "is a formula", "write the words themselves, or paste them with 'values only'"
    elif kind == "d" or not isinstance(value, str):
        what = "was made a date by the spreadsheet program", "format the cell as text, then type it again"
    elif kind == "e":
        what = f"holds the error {words}", "write the words themselves"
    else:
        return words
    notes.problem(Spot(row.sheet, row.row, cell.column_letter), f"the cell {cell.coordinate} {what[0]}", what[1])
    return ""


def _letter(index: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(index + 1))
