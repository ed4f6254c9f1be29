"""England's bank holidays: days on which an office line may be shut.

Worked out, not looked up (Banking and Financial Dealings Act 1971, with New Year's Day and the early May holiday, which
are proclaimed each year). A day that is added for one year only, such as for a coronation, stands in `PROCLAIMED`."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

MONDAY: Final = 0
SATURDAY: Final = 5

PROCLAIMED: Final[frozenset[date]] = frozenset()
"""Days added for one year only. Add one when it is announced."""


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England and Wales in a year; a day at a weekend is replaced by the next free weekday.

    >>> sorted(day.isoformat() for day in bank_holidays(2027))[-2:]
    ['2027-12-27', '2027-12-28']
    """
    easter = easter_sunday(year)
    christmas = _next_weekday(date(year, 12, 25))
    boxing = _next_weekday(date(year, 12, 26))
    return frozenset(day for day in PROCLAIMED if day.year == year) | {
        _next_weekday(date(year, 1, 1)),
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        _monday_from(date(year, 5, 1)),
        _monday_from(date(year, 5, 25)),
        _monday_from(date(year, 8, 25)),
        christmas,
        boxing if boxing != christmas else christmas + timedelta(days=1),
    }


def is_bank_holiday(day: date) -> bool:
    return day in bank_holidays(day.year)


def easter_sunday(year: int) -> date:
    """Western Easter by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8).

    >>> easter_sunday(2027)
    datetime.date(2027, 3, 28)
    """
    century, of_century = divmod(year, 100)
    golden = year % 19
    leap_centuries, left = divmod(century, 4)
    moon = (19 * golden + century - leap_centuries - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    fours, rest = divmod(of_century, 4)
    weekday = (32 + 2 * left + 2 * fours - moon - rest) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _next_weekday(day: date) -> date:
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day


def _monday_from(day: date) -> date:
    return day + timedelta(days=(MONDAY - day.weekday()) % 7)
