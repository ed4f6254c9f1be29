"""Cutting a stretch of days into whole closed months and single days, so that each day is counted once. Pure.

Tallies of a closed month stand twice: as its days (span D) and as one sum dated on its first (span M). A reader takes
one or the other, never both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

OPEN_DAYS: Final = 3
"""Whole days after its last that a month stays open. Writers count on the last two being open without asking, so
one day is to spare for a transaction that began before midnight."""

Span = Literal["D", "M"]
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Part:
    """Rows to read: span D, days first to last; or span M, months whose first days lie from first to last."""

    span: Span
    first: date
    last: date


def split(first: date | None, last: date | None, closed_before: date | None) -> tuple[Part, ...]:
    """The parts that cover first to last (both included; None: no bound) once each, in order of time.

    closed_before: the first day that is not rolled into months, always the first of a month; None when nothing is.
    Empty when first comes after last."""
    start, end = first or date.min, last or date.max
    if start > end:
        return ()
    if closed_before is None:
        return (Part("D", start, end),)
    months_from = _month_on_or_after(start)
    months_to = min(closed_before, _month_of_day_after(end))  # the first day that months do not cover
    if months_from is None or months_from >= months_to:
        return (Part("D", start, end),)
    parts = [Part("M", months_from, _month_of(months_to - _DAY))]
    if start < months_from:
        parts.insert(0, Part("D", start, months_from - _DAY))
    if months_to <= end:
        parts.append(Part("D", months_to, end))
    return tuple(parts)


def closable_before(today: date) -> date:
    """The first day that must stay open on a day: the first of the earliest month that ended fewer than three whole
    days ago.

    >>> closable_before(date(2026, 11, 3)), closable_before(date(2026, 11, 4))
    (datetime.date(2026, 10, 1), datetime.date(2026, 11, 1))
    """
    return _month_of(today - OPEN_DAYS * _DAY)


def month_after(day: date) -> date:
    """The first of the month after the one a day lies in."""
    return _month_of(_month_of(day) + 31 * _DAY)


def monday_of(day: date) -> date:
    """The Monday that begins the week of a day; the first of all days, where that would lie before the calendar."""
    return date.fromordinal(max(1, day.toordinal() - day.weekday()))


def _month_of(day: date) -> date:
    return day.replace(day=1)


def _month_on_or_after(day: date) -> date | None:
    """None in the last month of the calendar."""
    if day.day == 1:
        return day
    return None if (day.year, day.month) == (date.max.year, 12) else month_after(day)


def _month_of_day_after(day: date) -> date:
    """The first day after the last whole month that ends on or before a day."""
    return date.max if day == date.max else _month_of(day + _DAY)
