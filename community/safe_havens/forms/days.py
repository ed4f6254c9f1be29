"""Days with hours of their own: shut at Christmas, late on one Friday. Kept as "2026-12-25 off"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from community.safe_havens.forms.fields import Filled
from community.safe_havens.forms.week import read_day
from community.support.hours import parse_spans
from community.support.week_in_words import spans_in_words

MOST_DAYS: Final = 40
AHEAD_DAYS: Final = 400
KEY: Final = "day"
_FIELDS: Final = (
    *(f"{KEY}-{part}" for part in ("day", "month", "year")),
    *(f"{KEY}_{part}" for part in ("from", "to", "from2", "to2", "shut")),
)
"""One of them filled in means a day to add: hours without their day are not lost without a word."""


def read_days(filled: Filled, *, kept: list[str], today: date) -> None:
    """The list so far, with a day added or taken away as the button says; the same screen then comes again."""
    days = [line for line in kept if line[:10] >= today.isoformat()]
    if gone := filled.raw("_remove"):
        days, filled.stay = [line for line in days if line[:10] != gone], True
    elif filled.raw("_add") or any(filled.raw(name) for name in _FIELDS):
        line = read_one(filled, today=today)
        if line and len(days) >= MOST_DAYS:
            filled.wrong(f"{KEY}-day", f"{MOST_DAYS} days are the most we can keep.")
        elif line:
            days = sorted([*(other for other in days if other[:10] != line[:10]), line])
            filled.stay = bool(filled.raw("_add"))
    filled.kept = {"days": days}


def read_one(filled: Filled, *, today: date) -> str:
    """One day and its hours as they are kept; "" when something is wrong."""
    last = today + timedelta(days=AHEAD_DAYS)
    on = filled.day(
        KEY, missing="Enter the day.", first=today, last=last, outside="Enter a day from today to a year from now."
    )
    hours = read_day(filled, KEY, "On that day")
    return f"{on.isoformat()} {hours}" if on and hours and not filled.errors else ""


def parts_of(line: str) -> tuple[date, str]:
    """A kept line as day and hours."""
    return date.fromisoformat(line[:10]), line[11:]


def in_words(line: str) -> str:
    """ "Friday 25 December 2026: shut"."""
    on, hours = parts_of(line)
    return f"{on:%A} {on.day} {on:%B %Y}: {spans_in_words(parse_spans(hours))}"
