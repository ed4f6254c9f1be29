"""Opening hours: whether a line is open now, and when it opens next. Times are London's, as on the line's own page.

Written in a small part of OpenStreetMap's `opening_hours`, in our own few lines so that nothing is loaded for it:

    24/7
    Mo-Fr 09:00-17:00; PH off
    Mo,Tu,Th,Fr 09:30-16:00; We 09:30-20:00; PH off
    Mo-Fr 00:00-09:00,17:00-24:00; Sa,Su 00:00-24:00; PH 00:00-24:00

A later rule stands before an earlier one for the days it names; PH (England's bank holidays) stands before weekdays. A
span does not cross midnight: write it in two. Where a page gives hours and does not say what happens on a bank holiday,
we write `PH off`: somebody who rings a line said to be shut loses less than somebody who finds it so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final

from community.support.bank_holidays import is_bank_holiday

DAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
DAY_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOLIDAY: Final = "PH"
LOOK_AHEAD_DAYS: Final = 14

Spans = tuple[tuple[int, int], ...]
"""(from, until) in minutes after midnight, in order; until may be 1440 and is not itself open."""


class HoursError(ValueError):
    """These hours are not written as they must be. Says what was found."""


@dataclass(frozen=True)
class Hours:
    """Open spans by day: of DAYS, and PH."""

    spans: Mapping[str, Spans]

    def is_open(self, now: datetime) -> bool:
        """now: aware, in London."""
        minute = now.hour * 60 + now.minute
        return any(start <= minute < end for start, end in self.of_day(now.date()))

    def next_opening(self, now: datetime) -> tuple[date, time] | None:
        """The London day and time at which it opens next; None when not within two weeks."""
        minute = now.hour * 60 + now.minute
        for ahead in range(LOOK_AHEAD_DAYS + 1):
            day = now.date() + timedelta(days=ahead)
            for start, _ in self.of_day(day):
                if ahead or start > minute:
                    return day, time(start // 60, start % 60)
        return None

    def of_day(self, day: date) -> Spans:
        if HOLIDAY in self.spans and is_bank_holiday(day):
            return self.spans[HOLIDAY]
        return self.spans.get(DAYS[day.weekday()], ())


@cache
def parse(text: str) -> Hours:
    """Hours from their text. Raises HoursError."""
    if text.strip() == "24/7":
        return Hours(dict.fromkeys(DAYS, ((0, 1440),)))
    spans: dict[str, Spans] = {}
    for rule in text.split(";"):
        days, _, times = rule.strip().partition(" ")
        spans.update(dict.fromkeys(_days(days), _spans(times)))
    return Hours(spans)


def opens_in_words(hours: Hours, now: datetime) -> str:
    """ "opens today 5pm", "opens tomorrow 9:30am", "opens Monday 9am"; "" while it is open. now: aware, in London."""
    if hours.is_open(now):
        return ""
    found = hours.next_opening(now)
    if found is None:
        return "shut for now"
    day, at = found
    ahead = (day - now.date()).days
    if ahead < len(DAYS):
        name = {0: "today", 1: "tomorrow"}.get(ahead, DAY_NAMES[day.weekday()])
    else:
        name = f"{DAY_NAMES[day.weekday()]} {day.day} {day:%B}"
    return f"opens {name} {clock(at)}"


def clock(at: time) -> str:
    """A time as people say it.

    >>> clock(time(9)), clock(time(16, 30)), clock(time(12)), clock(time(0))
    ('9am', '4:30pm', 'midday', 'midnight')
    """
    if at in (time(0), time(12)):
        return "midday" if at.hour else "midnight"
    return f"{(at.hour - 1) % 12 + 1}{f':{at.minute:02}' if at.minute else ''}{'am' if at.hour < 12 else 'pm'}"


_TIMES: Final = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)\Z")


def _days(text: str) -> tuple[str, ...]:
    named: list[str] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        if part == HOLIDAY:
            named.append(HOLIDAY)
        elif first in DAYS and (last or first) in DAYS and DAYS.index(last or first) >= DAYS.index(first):
            named += DAYS[DAYS.index(first) : DAYS.index(last or first) + 1]
        else:
            raise HoursError(f"{part!r} is no day such as Mo, Mo-Fr or PH")
    return tuple(named)


def _spans(text: str) -> Spans:
    if text == "off":
        return ()
    spans: list[tuple[int, int]] = []
    for part in text.split(","):
        match = _TIMES.match(part)
        if match is None:
            raise HoursError(f"{part!r} is no span such as 09:00-17:00")
        from_hour, from_minute, to_hour, to_minute = (int(number) for number in match.groups())
        start, end = from_hour * 60 + from_minute, to_hour * 60 + to_minute
        if not (spans[-1][1] if spans else 0) <= start < end <= 1440 or from_minute > 59 or to_minute > 59:
            raise HoursError(f"{part!r} must end after it begins, and after the span before it")
        spans.append((start, end))
    return tuple(spans)
