"""The bytes of a CSV file into a Sheet, or a refusal that says what to do. Nothing is guessed about its meaning.

`csv` walks the file once to find where each row begins and whether it is whole, and keeps nothing; pandas then holds
the cells column by column, each distinct one once. pandas is imported only here, and only when a file is read."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from community.surveys.importing.faults import MOST_LISTED, Fault, FileRefused, refused, shown
from community.surveys.importing.sheet import Column, Sheet
from community.surveys.importing.words import plain

MAX_BYTES: Final = 20_000_000
MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 300
MAX_CELL: Final = 5_000
"""Characters; the longest text a questionnaire can allow is 2,000."""

SAVE_AS_CSV: Final = "in your spreadsheet choose Save As, 'CSV UTF-8 (comma delimited)'"
_OTHER_KINDS: Final = (
    (b"PK\x03\x04", "this is a spreadsheet or an archive, not CSV"),
    (b"\xd0\xcf\x11\xe0", "this is an old Excel workbook, not CSV"),
    (b"%PDF", "this is a PDF, not CSV"),
    (b"\xff\xfe", "this is 'Unicode text' (UTF-16), not CSV"),
    (b"\xfe\xff", "this is 'Unicode text' (UTF-16), not CSV"),
)
_OTHER_DELIMITERS: Final = {";": "semicolons", "\t": "tabs", "|": "bars"}


def read(content: bytes, *, name: str) -> Sheet:
    """Every cell as text, outer spaces stripped; rows and columns that are empty throughout are left out.
    Raises FileRefused, with all rows that are not whole."""
    text, notes = _decode(content, name)
    headers, lines = _walk(text, name)
    columns = [column for column in _columns(text, headers) if column.header or any(column.values)]
    empty = frozenset(range(len(lines))).intersection(*(_empty_rows(column) for column in columns))
    if empty:
        kept = [row for row in range(len(lines)) if row not in empty]
        lines = [lines[row] for row in kept]
        columns = [Column(c.header, c.values, [c.codes[row] for row in kept]) for c in columns]
    if not lines:
        raise refused(name, "there are headings and no rows", "give each response a row of its own")
    _check_headers(columns, name)
    return Sheet(name=name, digest=_digest(text), columns=columns, lines=lines, notes=notes)


def _decode(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    for start, message in _OTHER_KINDS:
        if content.startswith(start):
            raise refused(name, message, SAVE_AS_CSV)
    if b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        raise refused(name, "there is a NUL character, which no text has", SAVE_AS_CSV, line=line)
    if not content.strip(b" \t\r\n,;\xef\xbb\xbf"):
        raise refused(name, "the file is empty", "the first line has the headings, each further line one response")
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise refused(name, "this is text neither in UTF-8 nor in Windows-1252", SAVE_AS_CSV, line=line) from None
    return text, (f"{name} is not UTF-8 and was read as Windows-1252: check a word with an accent in it.",)


def _digest(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    return hashlib.sha256(lines.encode()).hexdigest()


def _walk(text: str, name: str) -> tuple[list[str], list[int]]:
    """(headings, the line where each row begins). Raises FileRefused for rows that are not whole."""
    records = _records(text, name)
    header = next(records, (1, []))[1]
    _check_delimiter(header, name)
    lines: list[int] = []
    faults: list[Fault] = []
    count = 0
    for line, record in records:
        if len(lines) >= MAX_ROWS:
            raise refused(name, f"there are more than {MAX_ROWS:,} rows", "cut it into smaller files")
        lines.append(line)
        for fault in _row_faults(line, record, header):
            count += 1
            faults += [fault] if len(faults) < MOST_LISTED else []
    if faults:
        raise FileRefused(name, faults, count)
    return header, lines


def _records(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    before = 0
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            said = f"a row cannot be read from here on ({error})"
            raise refused(name, said, "look for a double quote too many or too few", line=before + 1) from None
        line, before = before + 1, reader.line_num
        if record and (len(record) > 1 or record[0].strip()):  # what pandas, too, takes for a blank line
            yield line, record


def _check_delimiter(header: Sequence[str], name: str) -> None:
    if len(header) < 2:
        cell = header[0] if header else ""
        for mark, marks in _OTHER_DELIMITERS.items():
            if mark in cell:
                raise refused(name, f"the columns stand apart by {marks}, not by commas", SAVE_AS_CSV)
        raise refused(name, "there is only one column", "give it a date and at least one question, with commas between")
    if len(header) > MAX_COLUMNS:
        raise refused(name, f"there are {len(header)} columns", f"keep at most {MAX_COLUMNS}")


def _row_faults(line: int, record: Sequence[str], header: Sequence[str]) -> Iterator[Fault]:
    if len(record) != len(header):
        message = f"the row has {len(record)} cells and the headings are {len(header)}"
        yield Fault(line, None, message, "give it as many; put double quotes round a cell with a comma in it")
        return
    if sum(map(len, record)) > MAX_CELL:
        for heading, cell in zip(header, record, strict=True):
            if len(cell) > MAX_CELL:
                yield Fault(line, heading, f"the cell has {len(cell):,} characters", f"keep it under {MAX_CELL:,}")


def _columns(text: str, headers: Sequence[str]) -> list[Column]:
    import pandas

    frame = pandas.read_csv(
        io.StringIO(text),
        header=None,
        names=list(range(len(headers))),
        index_col=False,
        dtype=str,
        na_filter=False,
        skip_blank_lines=True,
    )
    columns = []
    for index in range(len(headers)):
        cells = frame[index].str.strip()
        codes, values = pandas.factorize(cells.iloc[1:])
        columns.append(Column(str(cells.iloc[0]), [str(value) for value in values], codes.tolist()))
    return columns


def _empty_rows(column: Column) -> frozenset[int]:
    blank = {code for code, value in enumerate(column.values) if not value}
    return frozenset(row for row, code in enumerate(column.codes) if code in blank) if blank else frozenset()


def _check_headers(columns: Sequence[Column], name: str) -> None:
    faults = []
    times = Counter(plain(column.header) for column in columns)
    for number, column in enumerate(columns, start=1):
        if not column.header:
            faults.append(Fault(1, None, f"column {number} has cells and no heading", "write one, or take it out"))
        elif times[plain(column.header)] > 1:
            times[plain(column.header)] = 0
            said = f"the heading {shown(column.header)} stands twice"
            faults.append(Fault(1, column.header, said, "keep one of them"))
    if faults:
        raise FileRefused(name, faults)
