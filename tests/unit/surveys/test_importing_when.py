"""Days and times as files write them; and what is refused rather than guessed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.shared.clock import Daypart, daypart_of
from community.surveys.importing.faults import BadCell
from community.surveys.importing.when import daypart, moment

TODAY = date(2024, 1, 31)
NOVEMBER_3 = date(2023, 11, 3)


def read(cell: str, date_format: str | None = None) -> tuple[date, str] | BadCell:
    return moment(cell, date_format=date_format, today=TODAY)


@pytest.mark.parametrize(
    ("cell", "part"),
    [
        ("2023-11-03", ""),
        ("03/11/2023", ""),
        ("3/11/2023", ""),
        ("2023-11-03 14:20:11", "12-15"),
        ("2023-11-03T14:20", "12-15"),
        ("03/11/2023 2:20 PM", "12-15"),
        ("2023-11-03T23:59:59.999Z", "21-24"),
        ("2023-11-03T00:30:00+00:00", "00-06"),
    ],
)
def test_iso_and_british_dates_are_read_and_a_time_becomes_a_daypart(cell: str, part: str) -> None:
    assert read(cell) == (NOVEMBER_3, part)


def test_a_time_with_an_offset_is_brought_to_london() -> None:
    assert read("2023-06-30T23:30:00Z") == (date(2023, 7, 1), "00-06")
    assert read("2023-11-03T20:00:00-05:00") == (date(2023, 11, 4), "00-06")


@pytest.mark.parametrize(
    "cell",
    ["", "11/25/2023", "25.11.2023", "2023-02-30", "31/11/2023", "3 November 2023", "45233", "2023-11", "=TODAY()",
     "2023-11-03 99:99", "2023-11-03 soon", "0001-01-01T00:00:00+14:00", "٢٠٢٣-١١-٠٣", "03/11/23"],
)  # fmt: skip
def test_what_could_be_misread_is_refused_with_how_to_write_it(cell: str) -> None:
    found = read(cell)
    assert isinstance(found, BadCell)
    assert "25/11/2023" in found.fix


@pytest.mark.parametrize(("cell", "said"), [("2024-02-01", "after today"), ("1923-11-03", "before the year 2000")])
def test_a_day_that_cannot_be_is_refused(cell: str, said: str) -> None:
    found = read(cell)
    assert isinstance(found, BadCell)
    assert said in found.message


def test_a_format_is_kept_to() -> None:
    assert read("3 November 2023", "%d %B %Y") == (NOVEMBER_3, "")
    assert read("11/03/2023 16h", "%m/%d/%Y %Hh") == (NOVEMBER_3, "15-19")
    assert isinstance(read("2023-11-03", "%d %B %Y"), BadCell)


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2024, 1, 30, 23)))
def test_every_local_time_keeps_its_day_and_only_its_daypart(at: datetime) -> None:
    assert read(at.isoformat(sep=" ", timespec="seconds")) == (at.date(), daypart_of(at.hour))


@given(st.dates(date(2000, 1, 1), TODAY))
def test_day_comes_before_month(day: date) -> None:
    assert read(f"{day:%d/%m/%Y}") == (day, "")


@pytest.mark.parametrize(
    ("cell", "part"),
    [
        ("", ""), ("15-19", "15-19"), ("15 to 19", "15-19"), ("9–12", "09-12"), ("06:00 - 09:00", "06-09"),
        ("16:30", "15-19"), ("16:30:59", "15-19"), ("4.30 p.m.", "15-19"), ("4PM", "15-19"), ("12am", "00-06"),
        ("12 pm", "12-15"), ("0:00", "00-06"), ("23:59", "21-24"),
    ],
)  # fmt: skip
def test_a_daypart_or_a_time_gives_a_daypart(cell: str, part: str) -> None:
    assert daypart(cell) == part


@pytest.mark.parametrize("cell", ["16", "25:00", "16:75", "13pm", "afternoon", "10-11", "00-24"])
def test_no_other_words_do(cell: str) -> None:
    assert isinstance(daypart(cell), BadCell)


@pytest.mark.parametrize("cell", ["09-Dec", "Dec-15", "06-Sep"])
def test_a_daypart_that_a_spreadsheet_made_a_date_of_is_named(cell: str) -> None:
    found = daypart(cell)
    assert isinstance(found, BadCell)
    assert "spreadsheet" in found.fix


@given(st.sampled_from(list(Daypart)), st.integers(0, 59))
def test_dayparts_read_back_and_their_first_hours_fall_in_them(part: Daypart, minute: int) -> None:
    assert daypart(part.value) == part
    assert daypart(f"{part.value[:2]}:{minute:02}") == part


@given(st.text(max_size=20))
def test_any_text_is_a_day_and_a_daypart_or_a_bad_cell(cell: str) -> None:
    found = read(cell)
    assert isinstance(found, BadCell) or found[1] in ("", *Daypart)
    assert isinstance(daypart(cell), BadCell) or daypart(cell) in ("", *Daypart)


def test_today_is_allowed_and_tomorrow_is_not() -> None:
    assert read(TODAY.isoformat()) == (TODAY, "")
    assert isinstance(read((TODAY + timedelta(days=1)).isoformat()), BadCell)
