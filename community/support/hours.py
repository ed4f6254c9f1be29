"""Opening hours: whether a line or a venue is open now, until when, and when it opens next. Times are London's, as on
its own page or door.

Written in a small part of OpenStreetMap's `opening_hours`, in our own few lines so that nothing is loaded for it:

    24/7
    Mo-Fr 09:00-17:00; PH off
    Mo,Tu,Th,Fr 09:30-16:00; We 09:30-20:00; PH off
    Mo-Fr 00:00-09:00,17:00-24:00; Sa,Su 00:00-24:00; PH 00:00-24:00
    Mo-Th 11:00-23:00; Fr,Sa 11:00-02:00; Su 12:00-22:30

A later rule stands before an earlier one for the days it names; PH (England's bank holidays) stands before weekdays. A
span that ends before it begins goes on past midnight and belongs to the day on which it began. The clock on the wall
counts: in the hour that comes twice in October a door is open both times, and in March one that opens in the hour that
is left out opens as it ends. Where a page gives hours and does not say what happens on a bank holiday,
we write `PH off`: somebody who rings a line said to be shut loses less than somebody who finds it so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final

from community.support.bank_holidays import is_bank_holiday

DAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
DAY_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOLIDAY: Final = "PH"
LOOK_AHEAD_DAYS: Final = 14
DAY_MINUTES: Final = 1440

Spans = tuple[tuple[int, int], ...]
"""(from, until) in minutes after the day's midnight, in order; until is not itself open, and past 1440 it is on the
next day."""


class HoursError(ValueError):
    """These hours are not written as they must be. Says what was found."""


@dataclass(frozen=True)
class Hours:
    """Open spans by day: of DAYS, and PH. exceptions: single London days that go by hours of their own."""

    spans: Mapping[str, Spans]
    exceptions: Mapping[date, Spans] = field(default_factory=dict)

    def is_open(self, now: datetime) -> bool:
        """now: aware, in London."""
        return self._closes(now) is not None

    def until(self, now: datetime) -> datetime | None:
        """When it closes, on London's wall (aware); None when it is shut, or open for more than a week on end."""
        closes = self._closes(now)
        day = now.date()
        while closes is not None and (day - now.date()).days <= len(DAYS):
            ahead, minute = divmod(closes, DAY_MINUTES)
            day += timedelta(days=ahead)
            closes = self._closes_at(day, minute)  # another span may begin before this one ends
            if closes is None:
                return datetime.combine(day, time(minute // 60, minute % 60), now.tzinfo)
        return None

    def next_opening(self, now: datetime) -> tuple[date, time] | None:
        """The London day and time at which it opens next; None when not within two weeks."""
        minute = now.hour * 60 + now.minute
        for ahead in range(LOOK_AHEAD_DAYS + 1):
            day = now.date() + timedelta(days=ahead)
            for start in self.openings_of(day):
                if ahead or start > minute:
                    return day, time(start // 60, start % 60)
        return None

    def openings_of(self, day: date) -> list[int]:
        """When the door opens on a day, in minutes after midnight: not where it was open just before."""
        return [start for start, _ in self.of_day(day) if not self._goes_on(day, start)]

    def of_day(self, day: date) -> Spans:
        """The spans that begin on a day."""
        if day in self.exceptions:
            return self.exceptions[day]
        if HOLIDAY in self.spans and is_bank_holiday(day):
            return self.spans[HOLIDAY]
        return self.spans.get(DAYS[day.weekday()], ())

    def _closes(self, now: datetime) -> int | None:
        return self._closes_at(now.date(), now.hour * 60 + now.minute)

    def _closes_at(self, day: date, minute: int) -> int | None:
        """Of the spans open at a minute of a day, the latest end, in minutes after that day's midnight."""
        ends = [end for start, end in self.of_day(day) if start <= minute < end]
        tails = [end - DAY_MINUTES for _, end in self.of_day(day - timedelta(days=1)) if end - DAY_MINUTES > minute]
        return max([*ends, *tails], default=None)

    def _goes_on(self, day: date, start: int) -> bool:
        """Whether it is open just before: then nothing opens."""
        before = datetime.combine(day, time()) + timedelta(minutes=start - 1)
        return self._closes_at(before.date(), before.hour * 60 + before.minute) is not None


@cache
def parse(text: str) -> Hours:
    """Hours from their text. Raises HoursError."""
    if text.strip() == "24/7":
        return Hours(dict.fromkeys(DAYS, ((0, 1440),)))
    spans: dict[str, Spans] = {}
    for rule in text.split(";"):
        days, _, times = rule.strip().partition(" ")
        spans.update(dict.fromkeys(_days(days), parse_spans(times)))
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


def parse_spans(text: str) -> Spans:
    """The spans of one day from their text: "off", or such as "09:00-12:00,13:00-17:00". Raises HoursError."""
    if text == "off":
        return ()
    spans: list[tuple[int, int]] = []
    for part in text.split(","):
        match = _TIMES.match(part)
        if match is None:
            raise HoursError(f"{part!r} is no span such as 09:00-17:00")
        from_hour, from_minute, to_hour, to_minute = (int(number) for number in match.groups())
        start, end = from_hour * 60 + from_minute, to_hour * 60 + to_minute
        if from_minute > 59 or to_minute > 59 or start >= DAY_MINUTES or end > DAY_MINUTES:
            raise HoursError(f"{part!r} is no time of day: write 00:00 to 24:00")
        if end < start:
            end += DAY_MINUTES
        if start == end or start < (spans[-1][1] if spans else 0):
            raise HoursError(f"{part!r} must begin after the span before it has ended, and end later than it begins")
        spans.append((start, end))
    if spans and spans[-1][1] - DAY_MINUTES > spans[0][0]:
        raise HoursError(f"{text!r} is longer than a day")
    return tuple(spans)
