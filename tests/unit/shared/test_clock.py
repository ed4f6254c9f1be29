"""London's date and daypart, through both nights on which the clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
import time_machine

from community.shared.clock import Daypart, daypart_of, days_before, london_now, london_today, now_ms


def test_the_dayparts_hold_every_hour_once() -> None:
    edges = [(int(part[:2]), int(part[3:])) for part in Daypart]
    assert edges[0][0] == 0 and edges[-1][1] == 24
    assert all(end == start for (_, end), (start, _) in pairwise(edges))
    for hour in range(24):
        part = daypart_of(hour)
        assert int(part[:2]) <= hour < int(part[3:])


def test_three_to_nine_in_the_evening_can_be_added_up() -> None:
    assert {daypart_of(hour) for hour in range(15, 21)} == {"15-19", "19-21"}
    assert {daypart_of(hour) for hour in range(24) if not 15 <= hour < 21}.isdisjoint({"15-19", "19-21"})


@pytest.mark.parametrize("hour", [-1, 24, 99])
def test_there_is_no_other_hour(hour: int) -> None:
    with pytest.raises(StopIteration):
        daypart_of(hour)


@pytest.mark.parametrize(
    ("utc", "day", "hour", "daypart"),
    [
        ("2026-01-15T23:59", date(2026, 1, 15), 23, "21-24"),
        ("2026-06-15T22:59", date(2026, 6, 15), 23, "21-24"),
        ("2026-06-15T23:00", date(2026, 6, 16), 0, "00-06"),  # a summer midnight comes an hour before UTC's
        ("2026-03-29T00:59", date(2026, 3, 29), 0, "00-06"),
        ("2026-03-29T01:00", date(2026, 3, 29), 2, "00-06"),  # spring: one o'clock is not there
        ("2026-03-29T05:00", date(2026, 3, 29), 6, "06-09"),
        ("2026-10-24T23:00", date(2026, 10, 25), 0, "00-06"),
        ("2026-10-25T00:30", date(2026, 10, 25), 1, "00-06"),
        ("2026-10-25T01:30", date(2026, 10, 25), 1, "00-06"),  # autumn: one o'clock comes twice
        ("2026-10-25T05:59", date(2026, 10, 25), 5, "00-06"),
        ("2026-10-25T06:00", date(2026, 10, 25), 6, "06-09"),
        ("2026-10-25T23:59", date(2026, 10, 25), 23, "21-24"),
        ("2026-10-26T00:00", date(2026, 10, 26), 0, "00-06"),
    ],
)
def test_the_day_is_london_s(utc: str, day: date, hour: int, daypart: str) -> None:
    with time_machine.travel(datetime.fromisoformat(utc).replace(tzinfo=UTC), tick=False):
        now = london_now()
        assert now.utcoffset() is not None
        assert (london_today(), now.date(), now.hour, daypart_of(now.hour)) == (day, day, hour, daypart)


def test_milliseconds_go_on_through_both_nights() -> None:
    for before, after in (
        ("2026-03-29T00:59:59", "2026-03-29T01:00:01"),
        ("2026-10-25T00:59:59", "2026-10-25T01:00:01"),
    ):
        found = []
        for utc in (before, after):
            with time_machine.travel(datetime.fromisoformat(utc).replace(tzinfo=UTC), tick=False):
                found.append(now_ms())
        assert found[1] - found[0] == 2_000


def test_days_are_days_whatever_the_clock_does() -> None:
    assert days_before(date(2026, 10, 26), 2) == date(2026, 10, 24)
    assert days_before(date(2026, 3, 1), 1) == date(2026, 2, 28)
