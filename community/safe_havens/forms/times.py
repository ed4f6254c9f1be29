"""Times of day as people write them: 9, 9am, 9.30, 17:00, midday, midnight. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_TIME: Final = re.compile(r"(\d{1,2})(?:[:.h]?([0-5]\d))?\s*(a\.?m\.?|p\.?m\.?)?", re.I)
_NAMED: Final = {"midday": 720, "noon": 720, "12 noon": 720, "midnight": 1440, "12 midnight": 1440}
DAY: Final = 1440


@dataclass(frozen=True)
class Time:
    """minute: after midnight, 0 to 1440. is_sure: false where it may be morning or evening, as in 5 or 5:30."""

    minute: int
    is_sure: bool

    def __str__(self) -> str:
        return f"{self.minute // 60:02}:{self.minute % 60:02}"


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
    return Time(hour * 60 + minute, is_sure=hour >= 12 or match[1].startswith("0"))


def span_of(opens: Time, closes: Time) -> str | None:
    """A span such as 18:00-02:00; None when the closing time may be morning or evening and that changes it."""
    if closes.minute <= opens.minute and not closes.is_sure:
        return None
    return f"{Time(opens.minute % DAY, True)}-{Time(closes.minute or DAY, True)}"
