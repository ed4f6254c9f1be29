"""Whether opening hours that a venue sent may be shown at once, or a person should look first. Pure."""

from __future__ import annotations

from typing import Final

from community.support.hours import DAY_MINUTES, DAYS, Spans, parse

FEWER: Final = 0.5
"""Less of the week than this share of what it was is far fewer."""
MANY_MORE: Final = 2.0


def strange(before: str, after: str) -> str:
    """Why new hours should be looked at first, in words; "" when they may be shown at once. Bank holidays count not."""
    old, new = _week_minutes(before), _week_minutes(after)
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
    return ""


def _week_minutes(opening: str) -> int:
    spans_of_days: list[Spans] = [parse(opening).spans.get(day, ()) for day in DAYS]
    return sum(end - start for spans in spans_of_days for start, end in spans)
