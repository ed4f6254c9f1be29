"""Whole months and single days: every day once."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.insights.spans import Part, closable_before, month_after, split

DAY = timedelta(days=1)
days = st.dates(date(2023, 1, 1), date(2027, 12, 31))
closed = st.none() | days.map(lambda day: day.replace(day=1))


def covered(parts: tuple[Part, ...], low: date, high: date) -> Counter[date]:
    """How often each day from low to high is read."""
    found: Counter[date] = Counter()
    for part in parts:
        day = max(part.first, low)
        while day <= min(part.last, high):
            if part.span == "D":
                found[day] += 1
            elif day.day == 1:
                inside = day
                while inside < month_after(day):
                    found[inside] += 1
                    inside += DAY
            day += DAY
    return found


@given(days, days, closed)
def test_every_day_from_first_to_last_is_read_once_and_no_other(one: date, two: date, before: date | None) -> None:
    first, last = min(one, two), max(one, two)
    found = covered(split(first, last, before), date(2022, 12, 1), date(2028, 2, 1))
    wanted = {first + n * DAY for n in range((last - first).days + 1)}
    assert found == Counter(dict.fromkeys(wanted, 1))


@given(st.none() | days, st.none() | days, closed)
def test_open_ends_read_everything_once(first: date | None, last: date | None, before: date | None) -> None:
    low, high = date(2022, 12, 1), date(2028, 1, 31)
    found = covered(split(first, last, before), low, high)
    start, end = first or low, last or high
    wanted = {start + n * DAY for n in range((end - start).days + 1)} if start <= end else set()
    assert found == Counter(dict.fromkeys(wanted, 1))


@given(st.none() | days, st.none() | days, closed)
def test_month_rows_are_read_only_where_they_are_closed(
    first: date | None, last: date | None, before: date | None
) -> None:
    parts = split(first, last, before)
    assert [part.first for part in parts] == sorted(part.first for part in parts)
    for part in parts:
        if part.span == "M":
            assert before is not None
            assert part.last < before


@given(days, days, days)
def test_a_whole_closed_month_is_never_read_day_by_day(one: date, two: date, closes: date) -> None:
    first, last, before = min(one, two), max(one, two), closes.replace(day=1)
    for part in split(first, last, before):
        month = part.first if part.first.day == 1 else month_after(part.first)
        if part.span == "D":
            assert month_after(month) > before or month_after(month) - DAY > part.last


@pytest.mark.parametrize(
    ("today", "opens"),
    [
        (date(2026, 11, 3), date(2026, 10, 1)),
        (date(2026, 11, 4), date(2026, 11, 1)),
        (date(2026, 1, 1), date(2025, 12, 1)),
    ],
)
def test_a_month_closes_once_three_whole_days_have_passed(today: date, opens: date) -> None:
    assert closable_before(today) == opens


@given(days)
def test_days_that_writers_take_for_open_have_not_been_closed_since_yesterday(today: date) -> None:
    assert closable_before(today + DAY) <= today - 2 * DAY


def test_the_ends_of_the_calendar_do_no_harm() -> None:
    assert split(date.min, date.max, date(2026, 1, 1)) == split(None, None, date(2026, 1, 1))
    assert split(date(9999, 12, 5), date.max, date(2026, 1, 1)) == (Part("D", date(9999, 12, 5), date.max),)
    assert split(date(2026, 2, 2), date(2026, 2, 1), None) == ()
