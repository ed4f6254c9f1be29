"""A list of businesses from a spreadsheet: every fault by its line, nothing half taken in, formulas never alive."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from community.safe_havens.prospect_file import ProspectRow, Spot, parse
from community.safe_havens.table_file import MAX_LINES, BadFile, read_lines

TODAY = date(2026, 11, 20)
STATION = Spot(7, "barking-station", "Barking Station", 51.54, 0.08)
HEADINGS = "name,kind,address,place,contact,email,phone,approached,answer\n"


def read(text: str | bytes, name: str = "list.csv") -> list[ProspectRow]:
    data = text.encode() if isinstance(text, str) else text
    return parse(read_lines(data, name=name), [STATION], today=TODAY)


def faults(text: str | bytes, name: str = "list.csv") -> list[tuple[int | None, str]]:
    with pytest.raises(BadFile) as refused:
        read(text, name)
    return [*refused.value.faults] or [(None, refused.value.summary)]


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_business_is_read_with_its_place_point_day_and_answer() -> None:
    (row,) = read(
        HEADINGS + "Copper Shop,Shopping centre,1 High Street,barking station,Ann,ann@shop.example,020 7946 0000,"
        "3/11/2026,interested\n"
    )
    assert row == ProspectRow(
        2, "Copper Shop", "shopping_centre", "1 High Street", 51.54, 0.08, 7, "Ann", "ann@shop.example",
        "020 7946 0000", date(2026, 11, 3), "interested",
    )  # fmt: skip


def test_a_point_of_its_own_stands_before_the_place_and_is_enough_without_one() -> None:
    text = "Name;Kind;Address;Place;Lat;Lon\nA;cafe;1 Road;;51.5;0.1\nB;cafe;2 Road;barking-station;51.6;0.2\n"
    assert [(row.lat, row.lon, row.place_id) for row in read(text)] == [(51.5, 0.1, None), (51.6, 0.2, 7)]


def test_who_was_approached_was_asked_unless_the_file_says_what_they_said() -> None:
    text = HEADINGS + "A,cafe,1 Road,Barking Station,,,,2026-11-01,\nB,cafe,2 Road,Barking Station,,,,,said no\n"
    assert [row.answer for row in read(text)] == ["asked", "no"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (",cafe,1 Road,Barking Station,,,,,", "name is empty"),
        ("A,caff,1 Road,Barking Station,,,,,", "Did you mean cafe or restaurant?"),
        ("A,cafe,,Barking Station,,,,,", "address is empty"),
        ("A,cafe,1 Road,Nowhere,,,,,", "none of ours"),
        ("A,cafe,1 Road,,,,,,", "place is empty"),
        ("A,cafe,1 Road,Barking Station,,no address,,,", "no email address"),
        ("A,cafe,1 Road,Barking Station,,,,30/02/2026,", "is no day"),
        ("A,cafe,1 Road,Barking Station,,,,2027-01-01,", "still to come"),
        ("A,cafe,1 Road,Barking Station,,,,,perhaps", "not one we know"),
        (f"{'A' * 121},cafe,1 Road,Barking Station,,,,,", "121 characters"),
        ("A\u202eB,cafe,1 Road,Barking Station,,,,,", "hidden character"),
        ("A,cafe,1 Road,Barking Station,,,,,,,more", "more cells"),
    ],
)
def test_a_fault_is_told_by_its_line_with_what_to_do(line: str, words: str) -> None:
    ((number, said),) = faults(HEADINGS + "Good,cafe,3 Road,Barking Station,,,,,\n" + line + "\n")
    assert number == 3 and words in said


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("A,cafe,1 Road,Barking Station,,no address,,,", "email 'no address' is"),
        ("A,cafe,1 Road,Barking Station,,,,30/02/2026,", "approached '30/02/2026' is"),
        (f"A,cafe,1 Road,Barking Station,{'x' * 121},,,,", "contact is 121 characters"),
        ("A,caffe,1 Road,Barking Station,,,,,", "Did you mean cafe or restaurant? Use one of: shop; shopping centre;"),
        ("A,cafe,1 Road,Barking Station,,,,,not askd", "Did you mean not asked yet?"),
        ("A,cafe,1 Road,Nowhere,,,,,", "“To approach” shows it"),
    ],
)
def test_a_fault_is_told_in_the_words_of_the_page_not_of_the_machine(line: str, words: str) -> None:
    ((_, said),) = faults(HEADINGS + line + "\n")
    assert words in said and "_" not in said and "`" not in said


def test_all_faults_are_told_at_once_and_a_business_stands_once() -> None:
    text = (
        HEADINGS
        + "A,caff,,Barking Station,,,,,\nB,cafe,1 Road,Barking Station,,,,,\nb,shop,1 ROAD,Barking Station,,,,,\n"
    )
    told = faults(text)
    assert [line for line, _ in told] == [2, 2, 4]
    assert "also on line 3" in told[-1][1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("name,kind\nA,cafe\n", "no column headed address"),
        ("name,kind,address\nA,cafe,1 Road\n", "place (or lat and lon)"),
        ("name,business,kind,address,place\n", "mean name. Keep one"),
        (HEADINGS, "no businesses"),
        (b"\x00\x01\x02", "not CSV text"),
        (HEADINGS + 'A,"cafe,1 Road', "cannot be read as CSV"),
        (HEADINGS + "A,cafe,1 Road,Barking Station,,,,,\n" * (MAX_LINES + 1), "more than 2,000 lines"),
        (b"name" * 300_000, "larger than 1 MB"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(text: str | bytes, words: str) -> None:
    with pytest.raises(BadFile) as refused:
        read(text)
    assert words in refused.value.message


def test_a_workbook_is_read_with_its_dates_and_its_formulas_refused() -> None:
    headings = ["name", "kind", "address", "place", "approached"]
    good = ["A", "cafe", "1 Road", "Barking Station", date(2026, 11, 1)]
    (row,) = read(workbook(headings, good), "list.xlsx")
    assert (row.name, row.approached_on, row.line) == ("A", date(2026, 11, 1), 2)
    bad = ["=1+1", "cafe", "2 Road", "Barking Station", None]
    ((line, said),) = faults(workbook(headings, good, bad), "list.xlsx")
    assert line == 3 and "A3 is a formula" in said


def test_what_is_no_workbook_or_holds_more_than_cells_is_not_opened() -> None:
    assert "not a spreadsheet" in faults(b"name,kind\n", "list.xlsx")[0][1]
    packed = io.BytesIO(workbook(["name"]))
    with zipfile.ZipFile(packed, "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"x")
    assert "macros" in faults(packed.getvalue(), "list.xlsx")[0][1]
    assert "spreadsheet (.xlsx or .csv)" in faults(b"x", "list.ods")[0][1]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=150))
def test_a_name_is_taken_in_clean_or_its_line_is_refused(name: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["name", "kind", "address", "place"], [name, "cafe", "1 Road", "Barking Station"]])
    try:
        (row,) = read(out.getvalue())
    except BadFile:
        return
    assert 0 < len(row.name) <= 120 and row.name == " ".join(row.name.split())
    assert not {"Cc", "Cs", "Co", "Zl", "Zp"} & {unicodedata.category(letter) for letter in row.name}
