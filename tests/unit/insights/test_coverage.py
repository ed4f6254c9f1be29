"""Where people feel unsafe and no haven is open near: which hours count, what is hidden, and the order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.insights.coverage import (
    FAR_M,
    NEAR_M,
    WEEKDAYS,
    WEEKEND,
    Door,
    Said,
    Spot,
    gaps,
    open_share,
)
from community.shared.clock import Daypart
from community.support.hours import DAYS, parse

STATION = Spot("station", "Station", 51.54, 0.08)
SCHOOL = replace(STATION, slug="school", name="School", children=True)
EVENING = Daypart.EVENING
METRE = 1 / 111_195


def door(metres: float = 0, opening: str = "24/7") -> Door:
    """A haven so many metres north of the station."""
    return Door("Haven", STATION.lat + metres * METRE, STATION.lon, parse(opening))


@pytest.mark.parametrize(
    ("opening", "part", "weekdays", "weekend"),
    [
        ("24/7", "00-06", 1, 1),
        ("Mo-Fr 09:00-18:00", "15-19", 0.75, 0),
        ("Mo-Fr 09:00-17:59", "15-19", 179 / 240, 0),
        ("Mo-Su 12:00-20:00", "19-21", 0.5, 0.5),
        ("Fr,Sa 18:00-02:00", "00-06", 0, 2 / 6),  # Friday's night is Saturday's morning, Saturday's is Sunday's
        ("Su 22:00-06:00", "00-06", 1 / 5, 0),
        ("Mo 20:00-10:00; Tu 09:00-12:00", "09-12", 1 / 5, 0),  # an overlap is counted once
        ("Mo-Fr 09:00-12:00; PH off", "09-12", 1, 0),
    ],
)
def test_how_much_of_a_part_of_the_day_a_door_is_open(opening: str, part: str, weekdays: float, weekend: float) -> None:
    hours = parse(opening)
    assert open_share(hours, Daypart(part), WEEKDAYS) == pytest.approx(weekdays)
    assert open_share(hours, Daypart(part), WEEKEND) == pytest.approx(weekend)


@given(
    st.dictionaries(st.sampled_from(DAYS), st.tuples(st.integers(0, 1439), st.integers(1, 1439)), max_size=7),
    st.sampled_from(list(Daypart)),
)
def test_the_share_is_that_of_its_minutes_counted_one_by_one(week: dict[str, tuple[int, int]], part: Daypart) -> None:
    told = "; ".join(
        f"{day} {start // 60:02}:{start % 60:02}-{(start + length) % 1440 // 60:02}:{(start + length) % 1440 % 60:02}"
        for day, (start, length) in week.items()
    )
    hours = parse(told) if told else parse("Mo off")
    open_minutes = {
        (DAYS.index(day) * 1440 + start + n) % (7 * 1440)
        for day, (start, length) in week.items()
        for n in range(length)
    }
    wanted = [
        DAYS.index(day) * 1440 + minute for day in DAYS for minute in range(int(part[:2]) * 60, int(part[3:]) * 60)
    ]
    counted = sum(minute in open_minutes for minute in wanted) / len(wanted)
    assert open_share(hours, part, DAYS) == pytest.approx(counted)


def test_a_haven_open_near_closes_the_gap_on_the_days_it_is_open() -> None:
    said = {(STATION, EVENING): Said(unsafe=20, base=40, flagged=2)}
    (gap,) = gaps(said, [door(100, "Mo-Fr 09:00-22:00")]).gaps
    assert gap.none_within(NEAR_M) == (False, True)
    assert gap.weekday_m == pytest.approx(100, abs=1) and gap.weekend_m is None
    assert gaps(said, [door(100)]).covered == 1
    (far,) = gaps(said, [door(600)]).gaps
    assert (far.none_within(NEAR_M), far.none_within(FAR_M)) == ((True, True), (False, False))
    (none,) = gaps(said, []).gaps
    assert none.none_within(FAR_M) == (True, True)


@pytest.mark.parametrize(
    ("spot", "unsafe", "base", "hidden"),
    [
        (STATION, 4, 40, True),
        (STATION, 5, 40, False),
        (STATION, 4, 4, True),
        (SCHOOL, 9, 40, True),
        (SCHOOL, 10, 29, True),
        (SCHOOL, 10, 30, False),
    ],
)
def test_what_is_too_small_is_hidden_and_counted(spot: Spot, unsafe: int, base: int, hidden: bool) -> None:
    found = gaps({(spot, EVENING): Said(unsafe, base, 0)}, [])
    assert (len(found.gaps), found.hidden) == ((0, 1) if hidden else (1, 0))


def test_nobody_unsafe_is_no_gap_and_nobody_at_all_is_nothing() -> None:
    found = gaps({(STATION, EVENING): Said(0, 40, 0), (STATION, Daypart.LATE): Said(0, 0, 7)}, [])
    assert (found.gaps, found.safe, found.hidden) == ((), 1, 0)


def test_many_answers_come_before_a_higher_share_of_few() -> None:
    few, many = replace(STATION, slug="few", name="Few"), replace(STATION, slug="many", name="Many")
    found = gaps({(few, EVENING): Said(5, 6, 0), (many, EVENING): Said(60, 100, 0)}, [])
    assert [gap.spot.slug for gap in found.gaps] == ["many", "few"]
    assert found.gaps[0].low > found.gaps[1].low and found.gaps[1].share > found.gaps[0].share
    assert [gap.is_small for gap in found.gaps] == [False, True]
