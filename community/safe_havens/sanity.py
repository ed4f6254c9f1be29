"""Whether opening hours that a venue sent may be shown at once, or a person should look first. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from community.support.hours import DAY_MINUTES, DAYS, Hours, Spans, parse, parse_spans

FEWER: Final = 0.5
"""Less of the week than this share of what it was is far fewer."""
MANY_MORE: Final = 2.0
NIGHT_ENDS: Final = 360
"""The night is from midnight to 6am."""
NIGHTLY_MORE: Final = 60
"""Minutes of the night on top of the usual ones that one day may have before somebody looks."""
WEEKLY_NIGHT_MORE: Final = 12 * 60
"""The same of a whole week: two late nights and some more."""
MANY_SHUT_DAYS: Final = 14
"""Single shut days to come, above all closing days of a year."""


def strange(before: str, after: str) -> str:
    """Why new hours should be looked at first, in words; "" when they may be shown at once. Bank holidays count not."""
    was, now = _week(before), _week(after)
    old, new = len(was), len(now)
    if new == 0:
        return "shut all week"
    if old == 0:
        return "open again after being shut all week"
    if new < old * FEWER:
        return "open for less than half as long as before"
    if new >= 7 * DAY_MINUTES > old:
        return "open day and night, as it was not before"
    if new > old * MANY_MORE:
        return "open for more than twice as long as before"
    if len(was & now) < old * FEWER:
        return "open at quite other times than before"
    if sum(minute % DAY_MINUTES < NIGHT_ENDS for minute in now - was) > WEEKLY_NIGHT_MORE:
        return "open in the night, as it was not before"
    return ""


def strange_days(opening: str, days: Sequence[tuple[date, str]]) -> list[str]:
    """The same of single days with hours of their own: what somebody should look at, in words."""
    hours = parse(opening)
    told = [(day, _strange_day(hours, day, parse_spans(own))) for day, own in sorted(days)]
    found = [f"{day.day} {day:%B %Y}: {why}" for day, why in told if why]
    if sum(own == "off" for _, own in days) > MANY_SHUT_DAYS:
        found.append(f"shut on more than {MANY_SHUT_DAYS} single days")
    return found


def _strange_day(hours: Hours, day: date, own: Spans) -> str:
    """A shut day is none: at worst somebody goes to another door."""
    usual = _minutes(hours.of_day(day)) | {m - DAY_MINUTES for m in _minutes(hours.of_day(day - timedelta(days=1)))}
    new = _minutes(own)
    if sum(minute % DAY_MINUTES < NIGHT_ENDS for minute in new - usual) > NIGHTLY_MORE:
        return "open in the night, as it is not on other days"
    if new and hours.of_day(day) and not new & usual:
        return "open at quite other times than on other days"
    return ""


def _week(opening: str) -> set[int]:
    """The minutes of a week, from Monday's first, in which it is open."""
    spans: Mapping[str, Spans] = parse(opening).spans
    return {
        (minute + at * DAY_MINUTES) % (7 * DAY_MINUTES)
        for at, day in enumerate(DAYS)
        for minute in _minutes(spans.get(day, ()))
    }


def _minutes(spans: Spans) -> set[int]:
    return {minute for start, end in spans for minute in range(start, end)}
