"""The made-up first month: 223 rows whose totals round to what the borough published."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date

import pytest

from tests.fixtures.make_first_month import FILE, HEADINGS, text

ROWS = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))


def of(column: str) -> Counter[str]:
    return Counter(row[column] for row in ROWS)


def test_the_file_is_what_its_script_makes() -> None:
    assert FILE.read_text(encoding="utf-8") == text()


def test_it_has_223_rows_of_one_month_before_january_2024() -> None:
    days = {date.fromisoformat(row["date"]) for row in ROWS}
    assert len(ROWS) == 223
    assert {(day.year, day.month) for day in days} == {(2023, 11)}


@pytest.mark.parametrize(
    ("count", "percent"),
    [
        (of("safe_in_borough")["no"], 80),
        (of("age")["13-17"], 50),
        (of("age")["18-21"], 22),
        (223 - of("robbed")["neither"], 89),
    ],
)
def test_its_shares_round_to_the_published_ones(count: int, percent: int) -> None:
    assert round(100 * count / 223) == percent


def test_a_share_from_rounded_counts_is_what_a_release_prints() -> None:
    assert (round(of("age")["13-17"] / 5) * 5, round(223 / 5) * 5, round(100 * 110 / 225)) == (110, 225, 49)


def test_it_never_says_how_safe_people_felt_here() -> None:
    assert "safe_here" not in HEADINGS
    assert tuple(ROWS[0]) == HEADINGS
    assert all(row[heading] for row in ROWS for heading in HEADINGS)
