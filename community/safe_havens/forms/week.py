"""A week's opening hours as a form of rows, and back: one row for every day, for the weekdays, or for each day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time as clock_time
from typing import Final

from community.safe_havens.forms.fields import Filled
from community.safe_havens.forms.times import Time, span_of, time_of
from community.support.hours import DAY_NAMES, DAYS, HOLIDAY, HoursError, Spans, clock, parse, parse_spans

PATTERNS: Final[Mapping[str, str]] = {
    "every_day": "The same every day",
    "weekdays": "The same from Monday to Friday, other times at the weekend",
    "to_thursday": "The same from Monday to Thursday, other times from Friday to Sunday",
    "each_day": "Different days have different hours",
    "always": "Open day and night, every day",
}
ALWAYS: Final = "24/7"
HOLIDAYS: Final[Mapping[str, str]] = {
    "shut": "Shut",
    "usual": "Open as on other days",
    "own": "Open at other times",
}


@dataclass(frozen=True)
class Row:
    """One line of the form. key: how its fields begin. days: codes of the days it stands for."""

    key: str
    label: str
    days: tuple[str, ...]


def rows_of(pattern: str) -> tuple[Row, ...]:
    """The lines that a pattern asks for; none when it is open day and night."""
    one_by_one = [Row(day, name, (day,)) for day, name in zip(DAYS, DAY_NAMES, strict=True)]
    return {
        "every_day": (Row("Mo", "Every day", DAYS),),
        "weekdays": (Row("Mo", "Monday to Friday", DAYS[:5]), *one_by_one[5:]),
        "to_thursday": (Row("Mo", "Monday to Thursday", DAYS[:4]), *one_by_one[4:]),
        "each_day": tuple(one_by_one),
    }.get(pattern, ())


def read_week(filled: Filled, pattern: str, *, may_be_shut: bool = False) -> str:
    """The week as hours are stored, without bank holidays; "" when something is wrong. may_be_shut: all week, too."""
    if pattern == "always":
        return ALWAYS
    read = [(row, read_day(filled, row.key, row.label)) for row in rows_of(pattern)]
    times = {day: spans for row, spans in read for day in row.days}
    if not filled.errors and not may_be_shut and set(times.values()) == {"off"}:
        filled.wrong("Mo_shut", "Say when you are open on one day at least.")
    return "" if filled.errors else written(times)


def read_day(filled: Filled, key: str, label: str) -> str:
    """One line's times: "off", or spans such as 09:00-12:00,13:00-17:00; "" when something is wrong."""
    shut = filled.choices(f"{key}_shut", ["yes"])
    typed = {part: filled.raw(f"{key}_{part}")[:40] for part in ("from", "to", "from2", "to2")}
    filled.kept |= {f"{key}_{part}": [value] for part, value in typed.items()}
    if shut:
        if any(typed.values()):
            filled.wrong(f"{key}_shut", f"{label}: tick shut, or give the times, not both.")
        return "off"
    asked = [nth for nth in ("", "2") if not nth or typed["from2"] or typed["to2"]]
    spans = [span for nth in asked if (span := _read_span(filled, key, label, typed, nth)) is not None]
    if filled.errors:
        return ""
    try:
        parse_spans(",".join(spans))
    except HoursError:
        filled.wrong(f"{key}_from2", f"{label}: the second times must begin after the first have ended.")
        return ""
    return ",".join(spans)


def _read_span(filled: Filled, key: str, label: str, typed: Mapping[str, str], nth: str) -> str | None:
    one, other = f"from{nth}", f"to{nth}"
    opens, closes = time_of(typed[one]), time_of(typed[other])
    if opens is None and closes is None:
        filled.wrong(f"{key}_{one}", f"{label}: enter when you open and close, such as 9am and 17:30, or tick shut.")
    elif opens is None:
        filled.wrong(f"{key}_{one}", f"{label}: enter when you open, such as 9am or 09:30.")
    elif closes is None:
        filled.wrong(f"{key}_{other}", f"{label}: enter when you close, such as 5pm or 01:00.")
    if opens is None or closes is None:
        return None
    if opens == closes and opens.is_sure:
        filled.wrong(
            f"{key}_{other}", f"{label}: you open and close at the same time. For all day, enter 0:00 and 24:00."
        )
        return None
    span = span_of(opens, closes)
    if span is None:
        for name, time, doing in ((one, opens, "open"), (other, closes, "close")):
            if not time.is_sure:
                filled.wrong(f"{key}_{name}", f"{label}: say when you {doing}. Is it {_either(time)}?")
    return span


def _either(time: Time) -> str:
    """ "5am or 5pm", "midnight or midday": the two that somebody may mean."""
    return " or ".join(clock(clock_time(minute // 60, minute % 60)) for minute in time.readings)


def with_holidays(week: str, holidays: str) -> str:
    """A week with what holds on bank holidays: "" as on other days, "off", or spans."""
    if not holidays:
        return week
    return f"{'Mo-Su 00:00-24:00' if week == ALWAYS else week}; {HOLIDAY} {holidays}"


def written(times: Mapping[str, str]) -> str:
    """Hours as they are stored, neighbours with the same times together. times: day -> "off" or spans.

    >>> written(dict.fromkeys(DAYS, "off") | {"Mo": "09:00-17:00", "Tu": "09:00-17:00"})
    'Mo-Tu 09:00-17:00'
    """
    runs: list[tuple[str, str, str]] = []
    for day in DAYS:
        if runs and runs[-1][2] == times[day] and DAYS.index(runs[-1][1]) + 1 == DAYS.index(day):
            runs[-1] = (runs[-1][0], day, times[day])
        else:
            runs.append((day, day, times[day]))
    said = [f"{a if a == b else f'{a}-{b}'} {spans}" for a, b, spans in runs if spans != "off"]
    return "; ".join(said) or "Mo-Su off"


def as_rows(opening: str) -> dict[str, list[str]]:
    """Stored hours as the fields of this form, so that a venue begins with what it has."""
    if opening == ALWAYS:
        return {"pattern": ["always"]}
    hours = parse(opening)
    by_day = {day: hours.spans.get(day, ()) for day in DAYS}
    fields: dict[str, list[str]] = {"pattern": [_pattern_of(list(by_day.values()))]}
    for day, spans in by_day.items():
        fields |= _day_fields(day, spans)
    return fields | holiday_fields(hours.spans.get(HOLIDAY))


def holiday_fields(spans: Spans | None) -> dict[str, list[str]]:
    """What holds on bank holidays as fields. spans: None where they are days as any."""
    if spans is None:
        return {"holidays": ["usual"]}
    return {"holidays": ["own" if spans else "shut"]} | (_day_fields(HOLIDAY, spans) if spans else {})


def _pattern_of(days: Sequence[Spans]) -> str:
    if len(set(days)) == 1:
        return "every_day"
    if len(set(days[:4])) > 1:
        return "each_day"
    return "weekdays" if days[4] == days[3] else "to_thursday"


def _day_fields(key: str, spans: Spans) -> dict[str, list[str]]:
    if not spans:
        return {f"{key}_shut": ["yes"]}
    fields = {}
    for number, (start, end) in zip(("", "2"), spans, strict=False):
        fields[f"{key}_from{number}"] = [_said(start) if start else "0:00"]
        fields[f"{key}_to{number}"] = [_said(end)]
    return fields


def _said(minute: int) -> str:
    """A time with its half of the day, so that it is never asked about again."""
    return clock(clock_time(minute // 60 % 24, minute % 60))
