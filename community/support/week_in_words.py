"""The opening hours of a usual week in words, days alike together. Pure."""

from __future__ import annotations

from datetime import time
from itertools import groupby

from community.support.hours import DAY_MINUTES, DAY_NAMES, DAYS, HOLIDAY, Spans, clock, parse


def week_in_words(opening: str) -> list[str]:
    """A line for each run of days with the same hours, bank holidays last. opening: as support.hours writes it. Raises
    HoursError.

    >>> week_in_words("Mo-Fr 09:00-17:00; Sa,Su 10:00-01:00; PH off")
    ['Monday to Friday: 9am to 5pm', 'Saturday and Sunday: 10am to 1am', 'Bank holidays: shut']
    """
    hours = parse(opening)
    lines = []
    days = zip(DAY_NAMES, (hours.spans.get(day, ()) for day in DAYS), strict=True)
    for spans, run in groupby(days, key=lambda pair: pair[1]):
        names = [name for name, _ in run]
        first, last = names[0], names[-1]
        joined = first if len(names) == 1 else f"{first}{' and ' if len(names) == 2 else ' to '}{last}"
        lines.append(f"{'Every day' if len(names) == len(DAYS) else joined}: {spans_in_words(spans)}")
    if HOLIDAY in hours.spans:
        lines.append(f"Bank holidays: {spans_in_words(hours.spans[HOLIDAY])}")
    return lines


def spans_in_words(spans: Spans) -> str:
    """ "9am to midday and 1pm to 5pm"; "shut"; "day and night"."""
    if not spans:
        return "shut"
    if spans == ((0, DAY_MINUTES),):
        return "day and night"
    return " and ".join(f"{_clock(start)} to {_clock(end)}" for start, end in spans)


def _clock(minute: int) -> str:
    minute %= DAY_MINUTES
    return clock(time(minute // 60, minute % 60))
