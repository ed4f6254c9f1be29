"""Bytes of a file into a sheet of text, or a refusal that says what to do."""

from __future__ import annotations

import csv
import io
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.surveys.importing.faults import MOST_LISTED, FileRefused
from community.surveys.importing.reading import MAX_CELL, MAX_ROWS, read
from community.surveys.importing.sheet import Sheet

GOOD = "date,age,safe\n2023-11-01,13-17,no\n2023-11-02,18-21,yes\n"


def sheet(text: str | bytes) -> Sheet:
    return read(text if isinstance(text, bytes) else text.encode(), name="forms.csv")


def rows(found: Sheet) -> list[list[str]]:
    return [[column.values[column.codes[row]] for column in found.columns] for row in range(len(found.lines))]


def refusal(text: str | bytes) -> str:
    with pytest.raises(FileRefused) as caught:
        sheet(text)
    return caught.value.message


def test_a_file_is_headings_and_rows_of_text() -> None:
    found = sheet(GOOD)
    assert [column.header for column in found.columns] == ["date", "age", "safe"]
    assert rows(found) == [["2023-11-01", "13-17", "no"], ["2023-11-02", "18-21", "yes"]]
    assert found.lines == [2, 3]


def test_cells_stay_text_whatever_they_look_like() -> None:
    cells = ["007", "1e3", "NA", "nan", "null", "True", "1.0", "=1+1", "<b>x</b>", "-", "12-15"]
    found = sheet("date,q\n" + "".join(f"d,{cell}\n" for cell in cells))
    assert [row[1] for row in rows(found)] == cells


def test_each_distinct_cell_is_held_once() -> None:
    column = sheet("date,q\n1,a\n1,b\n1,a\n").columns[1]
    assert (list(column.values), list(column.codes)) == (["a", "b"], [0, 1, 0])


def test_a_row_knows_its_line_after_quoted_line_ends_and_blank_lines() -> None:
    found = sheet('date,q\n1,"two\nlines"\n\n   \n2,b\n,\n3,c\n')
    assert rows(found) == [["1", "two\nlines"], ["2", "b"], ["3", "c"]]
    assert found.lines == [2, 6, 8]


def test_empty_columns_at_the_end_are_left_out() -> None:
    assert rows(sheet("date,q,,\n1,a,,\n")) == [["1", "a"]]


@pytest.mark.parametrize(
    "same",
    [
        GOOD.encode("utf-8-sig"),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.rstrip().encode(),
    ],
)
def test_a_byte_order_mark_or_other_line_ends_make_no_other_file(same: bytes) -> None:
    assert sheet(same).digest == sheet(GOOD).digest
    assert rows(sheet(same)) == rows(sheet(GOOD))


def test_one_other_letter_makes_another_file() -> None:
    assert sheet(GOOD.replace("no", "No")).digest != sheet(GOOD).digest


def test_windows_1252_is_read_and_said() -> None:
    found = sheet("date,q\n1,café – “so”\n".encode("cp1252"))
    assert rows(found) == [["1", "café – “so”"]]
    assert "Windows-1252" in found.notes[0]
    assert sheet("date,q\n1,café\n").notes == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf \n\n", "the file is empty"),
        (b",,,\n,,,\n", "the file is empty"),
        (b"date,q\n", "there are headings and no rows"),
        (b"date,q\n,\n\n", "there are headings and no rows"),
        (b"date;q\n1;a\n", "stand apart by semicolons, not by commas"),
        (b"date\tq\n1\ta\n", "stand apart by tabs, not by commas"),
        (b"date\n2023-11-01\n", "there is only one column"),
        (b"PK\x03\x04rest", "a spreadsheet or an archive, not CSV"),
        (b"\xd0\xcf\x11\xe0rest", "an old Excel workbook"),
        ("date,q\n1,a\n".encode("utf-16"), "(UTF-16), not CSV"),
        (b"date,q\n1,a\n2,b\0c\n", "line 3: there is a NUL character"),
        (b"date,q\n1,\x81\xff\n", "line 2: this is text neither in UTF-8 nor in Windows-1252"),
        (b"date,q,q\n1,a,b\n", "the heading 'q' stands twice"),
        (b"date,Q , q\n1,a,b\n", "stands twice"),
        (b"date,q,\n1,a,b\n", "column 3 has cells and no heading"),
        (b"date,q\n1,a\n2\n", "line 3: the row has 1 cells and the headings are 2"),
        (b"date,q\n1,a,b\n", "line 2: the row has 3 cells and the headings are 2"),
        (b'date,q\n1,"a\n2,b\n', "line 2: a row cannot be read from here on"),
        (b'date,q\n1,"a"b\n', "line 2: a row cannot be read from here on"),
        (b"date,q\n1," + b"x" * 200_000 + b"\n", "line 2: a row cannot be read from here on"),
        (b"date,q\n1," + b"x" * 10_000 + b"\n", "line 2, column 'q': the cell has 10,000 characters"),
        (b"date" + b",q" * 400 + b"\n1" + b",a" * 400 + b"\n", "there are 401 columns"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    message = refusal(content)
    assert said in message
    assert "nothing is stored" in message
    assert all(fault.fix for fault in _faults(content))


def test_every_row_that_is_not_whole_is_listed_up_to_a_limit() -> None:
    bad = "date,q\n" + "1\n" * (MOST_LISTED + 50)
    with pytest.raises(FileRefused) as caught:
        sheet(bad)
    assert len(caught.value.faults) == MOST_LISTED
    assert caught.value.count == MOST_LISTED + 50
    assert "and 50 more" in caught.value.message
    assert "line 2:" in caught.value.message


def test_too_many_rows_are_refused() -> None:
    assert "more than 200,000 rows" in refusal("a,b\n" + "1,2\n" * (MAX_ROWS + 1))


def test_a_refusal_prints_no_control_characters_of_the_file() -> None:
    message = refusal("date,\x1b[31mq\u202e,\x1b[31mq\u202e\n1,a,b\n")
    assert "\x1b" not in message
    assert "\u202e" not in message


def test_the_largest_cell_we_take_is_taken() -> None:
    assert len(rows(sheet(f"date,q\n1,{'x' * MAX_CELL}\n"))[0][1]) == MAX_CELL


_cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@given(st.lists(st.lists(_cells, min_size=3, max_size=3), min_size=1, max_size=8))
def test_what_csv_writes_is_read_back(table: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *table, ["end", "end", "end"]])
    kept = [[cell.strip() for cell in row] for row in table if any(cell.strip() for cell in row)]
    assert rows(sheet(out.getvalue())) == [*kept, ["end", "end", "end"]]


@given(st.binary(max_size=200) | st.text(alphabet='a,"\n\r; \t', max_size=40).map(str.encode))
def test_any_bytes_are_a_sheet_or_a_refusal(content: bytes) -> None:
    try:
        found = sheet(content)
    except FileRefused:
        return
    assert all(len(column.codes) == len(found.lines) for column in found.columns)


def test_pandas_is_not_loaded_until_a_file_is_read() -> None:
    program = "import sys; import community.surveys.importing.reading; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def _faults(content: bytes) -> tuple[object, ...]:
    with pytest.raises(FileRefused) as caught:
        sheet(content)
    return caught.value.faults
