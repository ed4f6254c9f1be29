"""Files that are no questionnaire, or were made to do harm: refused in plain words, before they cost anything."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from community.surveys.files import load_file
from community.surveys.problems import QuestionnaireError
from community.surveys.xlsform.workbook import MAX_ROWS, MAX_UNPACKED
from tests.unit.surveys.sheets import repacked, row, sheets, xlsx

SOUND = xlsx(sheets())


def refused(data: bytes, name: str = "small.xlsx") -> str:
    with pytest.raises(QuestionnaireError) as wrong:
        load_file(data, name=name)
    return str(wrong.value)


def edited(change: object) -> bytes:
    """The sound file after a change made with a spreadsheet program."""
    book = load_workbook(io.BytesIO(SOUND))
    change(book)  # type: ignore[operator]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_sound_file_is_sound() -> None:
    assert load_file(SOUND, name="small.xlsx").questionnaire.slug == "small"


@pytest.mark.parametrize(
    ("part", "body", "message"),
    [
        ("xl/vbaProject.bin", b"x", "macros"),
        ("xl/macrosheets/sheet1.xml", b"<x/>", "macros"),
        ("xl/externalLinks/externalLink1.xml", b"<x/>", "links to other files"),
        ("xl/connections.xml", b"<x/>", "links to other files"),
        ("xl/embeddings/oleObject1.bin", b"x", "embedded"),
        ("xl/sharedStrings.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', "no spreadsheet program writes"),
        ("xl/sharedStrings.xml", "<?xml version='1.0' encoding='utf-16'?><a/>".encode("utf-16"), "no spreadsheet"),
    ],
)
def test_what_a_questionnaire_has_no_use_for_is_refused(part: str, body: bytes, message: str) -> None:
    assert message in refused(repacked(SOUND, {part: body}))


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.xlsx", "not a spreadsheet"),
        (b"%PDF-1.7", "a.pdf", "not a spreadsheet"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "a.xls", "old .xls file, or has a password"),
        (b"PK\x03\x04" + b"x" * 100, "a.xlsx", "damaged"),
        (SOUND[:-200], "a.xlsx", "damaged"),
        (b"x" * 1_000_001, "a.xlsx", "too large"),
        (b"x" * 1_000_001, "a.csv", "too large"),
        (b"\xff\xfe", "a.csv", "not UTF-8"),
        (b"\xff\xfe", "a.yaml", "not UTF-8"),
        (b'survey\n,"type', "a.csv", "not CSV"),
        (b",type,name", "a.csv", "belongs to no sheet"),
        (b"hello", "a.csv", "no sheet called survey"),
        (b"hello", "a.yaml", "is not a list of 'name: value' lines"),
    ],
)
def test_a_file_of_another_kind_is_refused_kindly(data: bytes, name: str, message: str) -> None:
    assert message in refused(data, name)


def test_a_word_file_is_no_spreadsheet() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("word/document.xml", "<x/>")
    assert "not an .xlsx spreadsheet" in refused(out.getvalue())


def test_a_small_file_that_unpacks_to_much_is_refused_without_unpacking_it() -> None:
    bomb = repacked(SOUND, {"xl/sharedStrings.xml": b"<x/>" * (MAX_UNPACKED // 4 + 1)})
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    began = time.perf_counter()
    assert "unpacks to far more" in refused(bomb)
    assert time.perf_counter() - began < 1
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


def test_a_million_parts_are_refused() -> None:
    assert "unpacks to far more" in refused(repacked(SOUND, {f"xl/x{n}.xml": b"" for n in range(300)}))


def test_a_sheet_that_says_it_has_a_million_rows_is_read_as_far_as_it_goes() -> None:
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(SOUND)) as packed:
        body = packed.read(part)
    vast = body.replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    assert vast != body
    began = time.perf_counter()
    assert load_file(repacked(SOUND, {part: vast}), name="small.xlsx").questionnaire.slug == "small"
    assert time.perf_counter() - began < 2


def test_too_many_rows_are_refused() -> None:
    many = xlsx(sheets(choices=[["why", f"o{n}", "O"] for n in range(MAX_ROWS)]))
    assert f"more than {MAX_ROWS} rows" in refused(many)


def test_a_formula_is_refused_by_its_cell() -> None:
    def formula(book: Workbook) -> None:
        book["survey"]["C2"] = "=HYPERLINK(A1)"

    assert "sheet survey, row 2, column C: the cell C2 is a formula" in refused(edited(formula))


def test_a_formula_that_is_only_text_is_refused_too() -> None:
    assert "the cell C4 is a formula" in refused(xlsx(sheets(row("select_one yes_no", "q", "=1+1"))))


def test_a_name_that_the_program_made_a_date_is_told_so() -> None:
    import datetime

    def date(book: Workbook) -> None:
        book["choices"]["B6"] = datetime.datetime(2026, 10, 12)

    assert "the cell B6 was made a date" in refused(edited(date))


def test_numbers_and_yes_as_a_program_keeps_them_are_read_as_they_look() -> None:
    def retyped(book: Workbook) -> None:
        survey = book["survey"]
        survey.append(["select_one yes_no", "q", "Q?", None, None, None, None, None, 16, "ours"])
        book["choices"]["B2"] = "yes"

    assert load_file(edited(retyped), name="a.xlsx").questionnaire.question("q").min_age == 16


def test_every_cell_we_write_is_text_whatever_it_begins_with() -> None:
    made = xlsx({"survey": [["type"], ["=1+1"], ["@x"], ["+1"], ["-1"]]})
    sheet = load_workbook(io.BytesIO(made))["survey"]
    assert [cell.data_type for cell in sheet["A"]] == ["s"] * 5
    assert all(cell.quotePrefix for cell in sheet["A"])
