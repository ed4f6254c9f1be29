"""Opening hours are read as people mean them, on ordinary days, bank holidays and the nights the clocks change."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.support.bank_holidays import PROCLAIMED, bank_holidays, easter_sunday, is_bank_holiday
from community.support.catalogue import load
from community.support.hours import DAY_NAMES, HoursError, clock, opens_in_words, parse

LONDON = ZoneInfo("Europe/London")
OFFICE = parse("Mo-Fr 09:00-17:00; PH off")
STALKING = parse("Mo,Tu,Th,Fr 09:30-16:00; We 09:30-20:00; PH off")
NIGHTS = parse("Mo-Fr 00:00-09:00,17:00-24:00; Sa-Su 00:00-24:00; PH 00:00-24:00")
WRITTEN = sorted({service.opening for service in load() if service.opening})

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2032, 12, 31), timezones=st.just(LONDON))


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
        (2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"),
        (2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"),
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
        (2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
        (2028, "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26"),
    ],
)
def test_the_bank_holidays_are_those_the_government_lists(year: int, days: str) -> None:
    assert sorted(f"{day:%m-%d}" for day in bank_holidays(year)) == days.split()


@given(st.integers(1990, 2200))
def test_a_year_has_eight_bank_holidays_and_all_are_weekdays(year: int) -> None:
    assert len(bank_holidays(year) - PROCLAIMED) == 8
    assert all(day.weekday() < 5 and day.year == year for day in bank_holidays(year))


@given(st.integers(1990, 2200))
def test_easter_is_a_sunday_in_spring(year: int) -> None:
    easter = easter_sunday(year)
    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("when", "is_open", "said"),
    [
        ("2026-11-23T09:00", True, ""),
        ("2026-11-23T16:59", True, ""),
        ("2026-11-23T17:00", False, "opens tomorrow 9am"),
        ("2026-11-23T08:59", False, "opens today 9am"),
        ("2026-11-20T18:00", False, "opens Monday 9am"),
        ("2026-11-22T03:00", False, "opens tomorrow 9am"),
        (
            "2026-12-24T20:00",
            False,
            "opens Tuesday 9am",
        ),  # Christmas, a weekend, and a bank holiday instead of Boxing Day
        ("2026-12-28T11:00", False, "opens tomorrow 9am"),
        ("2027-03-26T11:00", False, "opens Tuesday 9am"),  # Good Friday to Easter Monday
    ],
)
def test_an_office_is_open_on_weekdays_and_says_when_it_opens_next(when: str, is_open: bool, said: str) -> None:
    assert OFFICE.is_open(london(when)) is is_open
    assert opens_in_words(OFFICE, london(when)) == said


def test_days_have_their_own_hours() -> None:
    assert STALKING.is_open(london("2026-11-25T19:00"))  # a Wednesday
    assert not STALKING.is_open(london("2026-11-24T19:00"))
    assert opens_in_words(STALKING, london("2026-11-24T19:00")) == "opens tomorrow 9:30am"


@pytest.mark.parametrize(
    ("when", "is_open"),
    [
        ("2026-11-23T08:59", True),
        ("2026-11-23T09:00", False),
        ("2026-11-23T23:59", True),
        ("2026-11-22T12:00", True),
        ("2026-12-28T12:00", True),
    ],
)
def test_a_line_for_when_offices_are_shut_is_open_just_then(when: str, is_open: bool) -> None:
    assert NIGHTS.is_open(london(when)) is is_open
    assert OFFICE.is_open(london(when)) is not is_open


@pytest.mark.parametrize("fold", [0, 1])
@pytest.mark.parametrize("day", ["2026-10-25", "2027-03-28"])
def test_on_the_nights_the_clocks_change_a_line_is_open_by_the_clock_on_the_wall(day: str, fold: int) -> None:
    evening = parse("Mo-Su 17:00-24:00")
    for when, is_open in (("01:30", False), ("16:59", False), ("17:00", True)):
        assert evening.is_open(london(f"{day}T{when}").replace(fold=fold)) is is_open
    assert opens_in_words(evening, london(f"{day}T01:30").replace(fold=fold)) == "opens today 5pm"


def test_a_line_that_opens_seldom_says_the_day_in_full() -> None:
    christmas = parse("PH 10:00-12:00")
    assert opens_in_words(christmas, london("2026-12-18T12:00")) == "opens Friday 25 December 10am"
    assert opens_in_words(christmas, london("2026-10-01T12:00")) == "shut for now"


def test_a_time_is_said_as_people_say_it() -> None:
    assert [clock(time(hour)) for hour in (0, 1, 11, 12, 13, 23)] == [
        "midnight",
        "1am",
        "11am",
        "midday",
        "1pm",
        "11pm",
    ]
    assert clock(time(12, 30)) == "12:30pm"


@given(st.sampled_from(WRITTEN), MOMENTS)
def test_a_line_is_open_or_says_truly_when_it_opens_next(text: str, now: datetime) -> None:
    hours = parse(text)
    found = hours.next_opening(now)
    assert found is not None
    opening = datetime.combine(*found, tzinfo=LONDON)
    assert hours.is_open(opening)
    assert not hours.is_open(opening - timedelta(minutes=1)) or found[1] == time(0)
    assert opening.replace(tzinfo=None) > now.replace(tzinfo=None, second=0)
    if not hours.is_open(now):
        between = now.replace(tzinfo=None, second=0, microsecond=0)
        while between < opening.replace(tzinfo=None):
            assert not hours.is_open(between.replace(tzinfo=LONDON))
            between += timedelta(minutes=30)
        assert clock(found[1]) in opens_in_words(hours, now)
        assert any(name in opens_in_words(hours, now) for name in ("today", "tomorrow", *DAY_NAMES))


@given(MOMENTS)
def test_day_and_night_means_always(now: datetime) -> None:
    assert parse("24/7").is_open(now)
    assert opens_in_words(parse("24/7"), now) == ""


@given(MOMENTS)
def test_offices_are_shut_at_weekends_and_on_bank_holidays(now: datetime) -> None:
    if now.weekday() >= 5 or is_bank_holiday(now.date()):
        assert not OFFICE.is_open(now)


@pytest.mark.parametrize(
    "text",
    ["", "Mo", "Mo-Fr", "Fr-Mo 09:00-17:00", "Mo-Fr 9-5", "Mo-Fr 17:00-17:00", "Mo 18:00-02:00,01:00-03:00",
     "Mo 09:00-12:00,13:00-10:00", "Xx 09:00-17:00", "Mo 09:00-25:00",
     "Mo 09:00-12:00,11:00-13:00", "Mo 09:75-10:00", "Mo-Fr 09:00-17:00;"],
)  # fmt: skip
def test_hours_that_are_not_hours_are_refused(text: str) -> None:
    with pytest.raises(HoursError):
        parse(text)


def test_hours_for_a_computer_say_the_same_as_the_words_beside_them() -> None:
    """Every time of day in `opening` stands in the words, but for midnight and for offices, which are said as such."""
    for service in load():
        if service.opening and service.id not in ("lbbd_mash", "lbbd_adult_safeguarding"):
            spans = parse(service.opening).spans
            times = {time(minute // 60 % 24, minute % 60) for day in spans.values() for span in day for minute in span}
            said = [clock(at) for at in times - {time(0)}]
            assert service.hours is not None
            assert all(words in service.hours for words in said), (service.id, said)


@pytest.mark.parametrize(
    ("at", "open_until"),
    [
        ("2026-11-20 17:59", None),
        ("2026-11-20 18:00", "2026-11-21 02:00"),
        ("2026-11-20 23:59", "2026-11-21 02:00"),
        ("2026-11-21 01:59", "2026-11-21 02:00"),
        ("2026-11-21 02:00", None),
        ("2026-11-22 01:00", None),
    ],
)
def test_a_night_out_belongs_to_the_day_on_which_it_began(at: str, open_until: str | None) -> None:
    pub = parse("Fr 18:00-02:00")
    now = datetime.strptime(at, "%Y-%m-%d %H:%M").replace(tzinfo=LONDON)
    until = pub.until(now)
    assert (until.strftime("%Y-%m-%d %H:%M") if until else None) == open_until
    assert pub.is_open(now) == (open_until is not None)


def test_a_door_open_across_midnight_neither_closes_nor_opens_there() -> None:
    shop = parse("Fr 09:00-24:00; Sa 00:00-05:00,09:00-17:00")
    friday = datetime(2026, 11, 20, 23, 0, tzinfo=LONDON)
    assert shop.until(friday) == datetime(2026, 11, 21, 5, 0, tzinfo=LONDON)
    assert shop.next_opening(friday) == (date(2026, 11, 21), time(9))
    assert parse("24/7").until(friday) is None
    assert parse("24/7").is_open(friday)


def test_a_single_day_may_go_by_hours_of_its_own() -> None:
    shut = replace(parse("Mo-Su 09:00-17:00"), exceptions={date(2026, 12, 24): ((540, 720),), date(2026, 12, 25): ()})
    assert shut.until(datetime(2026, 12, 24, 11, tzinfo=LONDON)) == datetime(2026, 12, 24, 12, tzinfo=LONDON)
    assert not shut.is_open(datetime(2026, 12, 25, 11, tzinfo=LONDON))
    assert shut.next_opening(datetime(2026, 12, 24, 13, tzinfo=LONDON)) == (date(2026, 12, 26), time(9))
