"""A CSV file is read back as it was written, and holds no cell that a spreadsheet would work out."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.shared.csv_out import STARTS_A_FORMULA, document, inert

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\0")


def read(file: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.decode(), newline=""), strict=True))


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", ["", " ", "   ", "\u00a0", " \n "])
def test_a_cell_that_begins_like_a_formula_is_made_inert(sign: str, before: str) -> None:
    _, (cell,) = read(document(["heading"], [[f"{before}{sign}1+1"]]))
    assert cell.startswith("'")
    assert cell.lstrip("'").strip("\0") == f"{before}{sign}1+1".replace("\0", "")


@pytest.mark.parametrize("words", ["Barking Station", "1 = 1", "a-b", "", " ", "13-15", "no place"])
def test_other_words_are_left_alone(words: str) -> None:
    assert inert(words) == words


def test_lines_end_with_cr_lf_and_quotes_are_doubled() -> None:
    file = document(["a", "b"], [['say "hello"', "one,two"], [None, 0.25]])
    assert file == b'a,b\r\n"say ""hello""","one,two"\r\n,0.25\r\n'


def test_numbers_stay_numbers() -> None:
    assert document(["n", "share"], [[0, 1.0]]) == b"n,share\r\n0,1.0\r\n"


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), max_size=5))
def test_whatever_is_written_comes_back_and_is_no_formula(rows: list[list[str]]) -> None:
    found = read(document(["a", "b"], rows))
    assert len(found) == len(rows) + 1
    for was, cells in zip(rows, found[1:], strict=True):
        for text, cell in zip(was, cells, strict=True):
            assert not cell.lstrip(" \u00a0\n\v\f").startswith(STARTS_A_FORMULA)
            assert cell in (text.replace("\0", ""), f"'{text}".replace("\0", ""))
