"""Opening hours beside `opening-hours-py`, which reads the same notation and is by other people: open or shut, until
when, and when next, across midnight, bank holidays, days with hours of their own and the nights the clocks change.

Where they differ by design the comparison is set right first: theirs lets a later rule take back the end of the night
before, ours never shuts a door that has said it stays open. So each day is handed to them as a rule of its own, beside
the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours

from community.support.bank_holidays import is_bank_holiday
from community.support.hours import DAYS, Hours, parse, parse_spans

LONDON = ZoneInfo("Europe/London")
AHEAD_DAYS = 16


def written(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


@st.composite
def day_texts(draw: st.DrawFn) -> str:
    """The spans of a day as we write them; the last may go on past midnight, though not round the clock."""
    edges = sorted(draw(st.lists(st.integers(0, 1439), min_size=2, max_size=6, unique=True)))
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    if draw(st.booleans()) and edges[0] > 0:
        start, _ = spans[-1]
        spans[-1] = (start, draw(st.integers(0, edges[0] - 1)))
    elif draw(st.booleans()):
        spans[-1] = (spans[-1][0], 1440)
    return ",".join(f"{written(start)}-{written(end)}" for start, end in spans)


@st.composite
def weeks(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    """(hours as we write them, day or PH -> its spans). Days named twice go by the later rule."""
    rules = draw(st.lists(st.tuples(st.sets(st.sampled_from(DAYS), min_size=1), day_texts()), min_size=1, max_size=4))
    on_holidays = draw(st.sampled_from(["", "off", "10:00-14:00", "22:00-03:00"]))
    told = {day: spans for days, spans in rules for day in days} | ({"PH": on_holidays} if on_holidays else {})
    texts = [f"{','.join(sorted(days))} {spans}" for days, spans in rules] + [f"PH {on_holidays}"] * bool(on_holidays)
    return "; ".join(texts), told


MOMENTS = st.one_of(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 31)),
    st.datetimes(datetime(2026, 10, 24, 20), datetime(2026, 10, 25, 5)),
    st.datetimes(datetime(2027, 3, 27, 20), datetime(2027, 3, 28, 5)),
    st.datetimes(datetime(2026, 12, 23), datetime(2026, 12, 29)),
)
OWN_DAYS = st.dictionaries(
    st.dates(date(2026, 10, 23), date(2026, 12, 30)), st.sampled_from(["off", "01:00-02:00", "12:00-02:00"]), max_size=4
)


def theirs(told: dict[str, str], own: dict[date, str], around: date) -> OpeningHours:
    """The days round a day as dated rules, each beside the others."""
    rules = []
    for ahead in range(-1, AHEAD_DAYS + 1):
        day = around + timedelta(days=ahead)
        weekday = told.get(DAYS[day.weekday()], "off")
        spans = own.get(day) or (told.get("PH", weekday) if is_bank_holiday(day) else weekday)
        if spans != "off":
            rules.append(f"{day.year} {day:%b} {day:%d} {spans}")
    return OpeningHours(", ".join(rules) or "off")


@settings(max_examples=300)
@given(weeks(), OWN_DAYS, MOMENTS)
def test_another_reader_of_written_hours_says_the_same(
    week: tuple[str, dict[str, str]], own: dict[date, str], moment: datetime
) -> None:
    text, told = week
    ours: Hours = replace(parse(text), exceptions={day: parse_spans(spans) for day, spans in own.items()})
    other, at = theirs(told, own, moment.date()), moment.replace(tzinfo=LONDON)
    assert ours.is_open(at) == other.is_open(moment)
    change = other.next_change(moment)
    if ours.is_open(at):
        until = ours.until(at)
        assert until is None or until.replace(tzinfo=None) == change
    else:
        opens = ours.next_opening(at)
        within = change if change and (change.date() - moment.date()).days <= 14 else None
        assert (datetime.combine(*opens) if opens else None) == within


@pytest.mark.parametrize("hour", range(24))
def test_the_hour_that_comes_twice_and_the_one_that_is_left_out_go_by_the_clock_on_the_wall(hour: int) -> None:
    ours = parse("Mo-Su 22:00-01:30")
    for day in (date(2026, 10, 25), date(2027, 3, 28)):
        for fold in (0, 1):
            at = datetime(day.year, day.month, day.day, hour, 15, tzinfo=LONDON, fold=fold)
            assert ours.is_open(at) == (hour >= 22 or hour < 2)
