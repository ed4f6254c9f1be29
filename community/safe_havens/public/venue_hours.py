"""A venue's hours as its page shows them: the week, bank holidays, and the days to come that are not as always."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from community.safe_havens.venue import Venue
from community.support.bank_holidays import is_bank_holiday
from community.support.hours import DAYS, HOLIDAY, Spans

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


def on_holidays(venue: Venue) -> Spans | None:
    """The hours of bank holidays; None where they are those of the weekday."""
    return venue.hours.spans.get(HOLIDAY)


def other_days(venue: Venue, today: date) -> list[OtherHours]:
    """The bank holidays of the next two weeks, and every day to come that goes by hours of its own."""
    soon = [today + timedelta(days=n) for n in range(AHEAD_DAYS)]
    days = {day for day in soon if is_bank_holiday(day)} | {day for day in venue.exceptions if day >= today}
    return [OtherHours(day, venue.hours.of_day(day), is_bank_holiday(day)) for day in sorted(days)]
