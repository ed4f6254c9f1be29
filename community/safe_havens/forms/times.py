"""Times of day as people write them: 9, 9am, 9.30, 17:00, midday, midnight; and two of them as a span. Pure.

A figure from 1 to 12 may be morning or evening. It is taken for one of them only where the other cannot be meant: else
a shop that writes "6" and "11" is shown open when its door is locked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_TIME: Final = re.compile(r"(\d{1,2})(?:[:.h]?([0-5]\d))?\s*(a\.?m\.?|p\.?m\.?)?", re.I)
_NAMED: Final = {"midday": 720, "noon": 720, "12 noon": 720, "midnight": 1440, "12 midnight": 1440}
DAY: Final = 1440
HALF_DAY: Final = 720
LONGEST: Final = 18 * 60
"""No place is meant to be open for longer than so many minutes on end unless it says so beyond doubt."""
NIGHT_OVER: Final = 10 * 60
"""Nor to go on from the day before until later than 10am."""


@dataclass(frozen=True)
class Time:
    """minute: after midnight, 0 to 1440. is_sure: false where it may be morning or evening, as in 5 or 5:30. is_24:
    whether it is a time of the 24-hour clock beyond doubt, as 17:30 or 09:00. has_minutes: as in 10:00, not 10."""

    minute: int
    is_sure: bool
    is_24: bool = False
    has_minutes: bool = False

    def __str__(self) -> str:
        return f"{self.minute // 60:02}:{self.minute % 60:02}"

    @property
    def readings(self) -> tuple[int, ...]:
        """The minutes it may mean."""
        return (self.minute,) if self.is_sure else (self.minute % HALF_DAY, self.minute % HALF_DAY + HALF_DAY)

    def beside(self, other: Time) -> Time:
        """The same next to the other time of its line: after 17:30 or 09:00, 8:15 and 10:00 go by that clock as well.
        12:00 does not: many write it for midnight."""
        by_that_clock = other.is_24 and self.has_minutes and self.minute // 60 < 12
        return Time(self.minute, self.is_sure or by_that_clock, self.is_24, self.has_minutes)


def time_of(typed: str) -> Time | None:
    """The time that was typed; None when it is none.

    >>> str(time_of("9am")), str(time_of("5.30 pm")), str(time_of("17:00")), str(time_of("midnight")), time_of("soon")
    ('09:00', '17:30', '17:00', '24:00', None)
    """
    text = " ".join(typed.lower().split())
    if text in _NAMED:
        return Time(_NAMED[text], is_sure=True)
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "")[:1]
    if half:
        return Time((hour % 12 + (12 if half == "p" else 0)) * 60 + minute, is_sure=True) if 1 <= hour <= 12 else None
    if hour > 24 or (hour == 24 and minute):
        return None
    is_24 = hour > 12 or hour == 0 or match[1].startswith("0")
    return Time(hour * 60 + minute, is_sure=is_24, is_24=is_24, has_minutes=match[2] is not None)


def span_of(opens: Time, closes: Time) -> str | None:
    """A span such as 18:00-02:00; None when it cannot be told whether morning or evening is meant."""
    opens, closes = opens.beside(closes), closes.beside(opens)
    spans = [(a % DAY, b) for a in opens.readings for b in closes.readings if a % DAY != b % DAY or opens.is_sure]
    if len(spans) > 1:
        spans = [(a, b) for a, b in spans if (b - a) % DAY <= LONGEST and (b > a or b <= NIGHT_OVER)]
    if len(spans) != 1:
        return None
    opened, closed = spans[0]
    return f"{Time(opened, True)}-{Time(closed or DAY, True)}"
