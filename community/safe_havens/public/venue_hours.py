"""A venue's hours as its page shows them: the week, and the days of the next two weeks that are not as always."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from community.safe_havens.venue import Venue
from community.support.bank_holidays import is_bank_holiday
from community.support.hours import DAYS, Spans

AHEAD_DAYS: Final = 14


@dataclass(frozen=True)
class DayHours:
    """A day of the week from today on, with its usual hours."""

    day: date
    spans: Spans


@dataclass(frozen=True)
class OtherHours:
    """A day that is a bank holiday, or has hours of its own."""

    day: date
    spans: Spans
    is_holiday: bool


def week(venue: Venue, today: date) -> list[DayHours]:
    """The usual hours of seven days, Monday first, on the dates of this week."""
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(days=n) for n in range(len(DAYS))]
    return [DayHours(day, venue.hours.spans.get(DAYS[day.weekday()], ())) for day in days]


def other_days(venue: Venue, today: date) -> list[OtherHours]:
    """The days of the next two weeks that are bank holidays or that go by hours of their own."""
    days = [today + timedelta(days=n) for n in range(AHEAD_DAYS)]
    return [
        OtherHours(day, venue.hours.of_day(day), is_bank_holiday(day))
        for day in days
        if is_bank_holiday(day) or day in venue.exceptions
    ]
