"""A council's CSV of places: what is read, and every fault named by line with what to do."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.places.csv_import import MAX_BYTES, MAX_ROWS, BadPlaceFile, PlaceRow, parse_places
from community.places.kinds import PLACE_KINDS
from community.places.slugs import plain

HEAD = "name,kind,lat,lon"


def parsed(text: str) -> list[PlaceRow]:
    return list(parse_places(text.encode()).rows)


def refusal(content: str | bytes) -> BadPlaceFile:
    with pytest.raises(BadPlaceFile) as refused:
        parse_places(content.encode() if isinstance(content, str) else content)
    return refused.value


def test_four_columns_are_enough() -> None:
    assert parsed(f"{HEAD}\nMill Pond,park,51.5,-0.1\n") == [PlaceRow(2, "Mill Pond", "park", 51.5, -0.1)]


def test_every_column_is_read_in_any_order_and_spelling() -> None:
    (row,) = parsed(
        "Longitude;LATITUDE;Type; Name ;Ward Code;ward-name;Area;Aliases;ID;Source;Credit;Precision;Approximate;Dog\n"
        '0.1;51.5;Car park;Mill  Pond;e05999001;Reed;"Old Town|Docks";Pond|The Pond| |Pond;p1;a map;by us;HAND;Yes;no\n'
    )
    assert row == PlaceRow(
        2,
        "Mill Pond",
        "car_park",
        51.5,
        0.1,
        "E05999001",
        "Reed",
        ("Old Town", "Docks"),
        ("Pond", "The Pond"),
        "p1",
        "a map",
        "by us",
        "hand",
        True,
    )


def test_columns_without_a_use_are_told() -> None:
    file = parse_places(f"{HEAD},colour,,Opened\nMill Pond,park,51.5,0,red,,1900\n".encode())
    assert list(file.ignored) == ["colour", "Opened"]


def test_an_empty_optional_cell_says_nothing() -> None:
    (row,) = parsed(f"{HEAD},ward_code,areas,aliases,id,precision,approximate\nMill Pond,park,51.5,0,, , | ,,,\n")
    assert row == PlaceRow(2, "Mill Pond", "park", 51.5, 0)


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff{}".format(f"{HEAD}\nCafé Été,park,51.5,0\n").encode(),
        f"{HEAD}\r\nCafé Été,park,51.5,0\r\n".encode("cp1252"),
        f"{HEAD}\rCafé Été,park,51.5,0".encode(),
        f"{HEAD}\n\n , ,,\nCafe\u0301 E\u0301te\u0301,park,51.5,0\n".encode(),
        "name\tkind\tlat\tlon\nCafé Été\tpark\t51.5\t0\n".encode(),
    ],
)
def test_files_as_spreadsheets_save_them_are_read(content: bytes) -> None:
    (row,) = parse_places(content).rows
    assert (row.name, row.lat) == ("Café Été", 51.5)


@pytest.mark.parametrize(
    "name", ["=HYPERLINK(1)", "@SUM(A1)", "+44 club", "<b onclick=x>", "Bob'); DROP TABLE x;--", "{{ 7*7 }}"]
)
def test_formulas_and_html_are_just_text(name: str) -> None:
    assert parsed(f'{HEAD}\n"{name}",park,51.5,0\n')[0].name == name


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n \n", "empty"),
        (f"{HEAD}\n".encode(), "no places"),
        (f"{HEAD}\nMill Pond,park,51.5,0\n".encode("utf-16"), "not CSV text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not CSV text"),
        (b"name,kind,lat,lon\n\x81\x8d\x90,park,1,1\n", "not CSV text"),
        (b"x" * (MAX_BYTES + 1), "larger than 5 MB"),
        ((f"{HEAD}\n" + "a,park,1,1\n" * (MAX_ROWS + 1)).encode(), "more than 20,000"),
        (b"name,kind,latitude\n", "no column headed lon"),
        (b"Mill Pond,park,51.5,0\n", "no column headed name, kind, lat, lon"),
        (b"name,kind,lat,latitude,lon\n", "'lat' and 'latitude', mean lat"),
        (f'{HEAD}\n"Mill Pond,park,51.5,0\n'.encode(), "line 2: unexpected end of data"),
        (f'{HEAD}\n"Mill" Pond,park,51.5,0\n'.encode(), "line 2: .* expected after"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(content: bytes, words: str) -> None:
    refused = refusal(content)
    assert re.search(words, refused.message), refused.message


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (",park,51.5,0", "name is empty"),
        ("x" * 121 + ",park,51.5,0", "name is 121 characters long. Use 120"),
        ("مسجد,park,51.5,0", "no Latin letter"),
        ("a\u202eb,park,51.5,0", "hidden character (U+202E)"),
        ("a\x07b,park,51.5,0", "hidden character (U+0007)"),
        ('"a\nb",park,51.5,0', "line break"),
        ("a,,51.5,0", "kind is empty"),
        ("a,statoin,51.5,0", "Did you mean station?"),
        ("a,zzz,51.5,0", "Use one of: station,"),
        ("a,park,,0", "lat is empty"),
        ("a,park,north,0", "lat 'north' is not a number of degrees"),
        ('a,park,"51,5",0', "decimal comma"),
        ("a,park,184000,0", "grid reference"),
        ("a,park,91,0", "outside -90 to 90"),
        ("a,park,51.5,181", "outside -180 to 180"),
        ("a,park,nan,0", "not a number"),
        ("a,park,1e1,0", "not a number"),
        ("a,park,٥١,0", "not a number"),
        ("a,park,0.1,51.5", "look changed over"),
        ("a,park,51.5", "has 3 cells where the headings have 4"),
        ("a,park,51.5,0,x", "has 5 cells where the headings have 4"),
    ],
)
def test_a_bad_cell_is_named_by_line_with_what_to_do(cells: str, words: str) -> None:
    refused = refusal(f"{HEAD}\nGood,park,51.5,0\n{cells}\nAlso good,park,51.5,0\n")
    assert [problem.line for problem in refused.problems] == [3]
    assert words in refused.message
    assert refused.message.startswith("Nothing was imported: 1 line needs putting right.\nline 3: ")


@pytest.mark.parametrize(
    ("heading", "cell", "words"),
    [
        ("ward_code", "E05 14053", "not an area code"),
        ("precision", "exact", "not one we know"),
        ("approximate", "perhaps", "neither yes nor no"),
        ("id", "x" * 81, "Use 80 or fewer"),
        ("aliases", "|".join(f"a{n}" for n in range(21)), "lists 21"),
        ("areas", "|".join(f"a{n}" for n in range(11)), "lists 11"),
        ("areas", "***", "no Latin letter"),
        ("source", "x" * 501, "Use 500 or fewer"),
    ],
)
def test_bad_optional_cells_are_named_too(heading: str, cell: str, words: str) -> None:
    assert words in refusal(f"{HEAD},{heading}\nMill Pond,park,51.5,0,{cell}\n").message


def test_all_faults_are_named_at_once_in_the_order_of_the_lines() -> None:
    refused = refusal(f'{HEAD},id\na,park,x,y,1\n"b",zoo,51.5,0,2\nc,park,51.5,0,3\nd,park,51.5,0,3\n')
    assert [problem.line for problem in refused.problems] == [2, 2, 3, 5]
    assert "3 lines need putting right" in refused.message
    assert "id '3' is also on line 4" in refused.message


def test_lines_are_counted_as_an_editor_shows_them() -> None:
    refused = refusal(f'{HEAD},note\n\nGood,park,51.5,0,"two\nlines"\nb,park,x,0,\n')
    assert [problem.line for problem in refused.problems] == [5]


def test_two_places_of_one_name_need_an_id_each() -> None:
    rows = parsed(f"{HEAD},id\nThe Green,park,51.5,0,a\nThe Green,park,51.6,0,b\n")
    assert [row.external_id for row in rows] == ["a", "b"]
    assert "also on line 2" in refusal(f"{HEAD},id\nThe Green,park,51.5,0,a\nThe green!,park,51.6,0,\n").message


names = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=40).filter(plain)
rows = st.fixed_dictionaries(
    {
        "name": names,
        "kind": st.sampled_from(list(PLACE_KINDS)),
        "lat": st.floats(-90, 90).map(lambda x: f"{x:.6f}"),
        "lon": st.floats(-48, 48).map(lambda x: f"{x:.6f}"),
        "source": names,
    }
)


@given(st.lists(rows, min_size=1, max_size=5, unique_by=lambda row: plain(row["name"])[:40]))
def test_what_a_spreadsheet_writes_is_what_is_read(written: list[dict[str, str]]) -> None:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(written[0]))
    writer.writeheader()
    writer.writerows(written)
    read = parsed(file.getvalue())
    assert [(row.kind, row.lat, row.lon) for row in read] == [
        (row["kind"], float(row["lat"]), float(row["lon"])) for row in written
    ]
    assert [row.name for row in read] == [unicodedata.normalize("NFC", row["name"]) for row in written]


@given(st.binary(max_size=400))
def test_no_file_does_worse_than_be_refused(content: bytes) -> None:
    for whole in (content, f"{HEAD}\n".encode() + content):
        with suppress(BadPlaceFile):
            assert parse_places(whole).rows
