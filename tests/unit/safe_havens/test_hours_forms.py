"""A week's hours typed into a form: read as people write times, kept as hours are stored, and back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.safe_havens.forms import days, week
from community.safe_havens.forms.fields import Filled
from community.safe_havens.forms.times import time_of
from community.safe_havens.sanity import strange, strange_days
from community.support.hours import DAYS, parse


@pytest.mark.parametrize(
    ("typed", "minute"),
    [
        ("9", 540), ("9am", 540), ("9 AM", 540), ("9.30", 570), ("09:30", 570), ("9h30", 570), ("930", 570),
        ("5pm", 1020), ("5 p.m.", 1020), ("12pm", 720), ("12am", 0), ("midday", 720), ("Noon", 720),
        ("midnight", 1440), ("24:00", 1440), ("0:00", 0), ("24:01", None), ("25", None), ("13pm", None),
        ("0am", None), ("9:60", None), ("", None), ("soon", None), ("9-5", None), ("٩", 540), ("9\x00", None),
    ],
)  # fmt: skip
def test_times_are_read_as_people_write_them(typed: str, minute: int | None) -> None:
    found = time_of(typed)
    assert (found.minute if found else None) == minute


def read(pattern: str, **fields: str) -> tuple[str, list[str]]:
    filled = Filled({name: [value] for name, value in fields.items()})
    return week.read_week(filled, pattern), [words for _, words in filled.errors]


@pytest.mark.parametrize(
    ("fields", "stored"),
    [
        ({"Mo_from": "9am", "Mo_to": "5pm"}, "Mo-Su 09:00-17:00"),
        ({"Mo_from": "18:00", "Mo_to": "1am"}, "Mo-Su 18:00-01:00"),
        ({"Mo_from": "6pm", "Mo_to": "midnight"}, "Mo-Su 18:00-24:00"),
        ({"Mo_from": "0:00", "Mo_to": "24:00"}, "Mo-Su 00:00-24:00"),
        ({"Mo_from": "9", "Mo_to": "noon", "Mo_from2": "1pm", "Mo_to2": "5pm"}, "Mo-Su 09:00-12:00,13:00-17:00"),
        ({"Mo_from": "5pm", "Mo_to": "12"}, "Mo-Su 17:00-24:00"),
        ({"Mo_from": "18:00", "Mo_to": "12:00"}, "Mo-Su 18:00-24:00"),
        ({"Mo_from": "10", "Mo_to": "2pm"}, "Mo-Su 10:00-14:00"),
        ({"Mo_from": "9", "Mo_to": "5pm"}, "Mo-Su 09:00-17:00"),
        ({"Mo_from": "8", "Mo_to": "18:00"}, "Mo-Su 08:00-18:00"),
        ({"Mo_from": "10:00", "Mo_to": "16:00"}, "Mo-Su 10:00-16:00"),
        ({"Mo_from": "7:30", "Mo_to": "22:00"}, "Mo-Su 07:30-22:00"),
        ({"Mo_from": "9am", "Mo_to": "5"}, "Mo-Su 09:00-17:00"),
        ({"Mo_from": "06:00", "Mo_to": "02:00"}, "Mo-Su 06:00-02:00"),
        ({"Mo_from": "6am", "Mo_to": "2am"}, "Mo-Su 06:00-02:00"),
    ],
)
def test_hours_are_stored_as_the_list_reads_them(fields: dict[str, str], stored: str) -> None:
    assert read("every_day", **fields) == (stored, [])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "enter when you open"),
        ({"Mo_from": "9"}, "enter when you close"),
        ({"Mo_from": "9", "Mo_to": "5"}, "Is it 5am or 5pm?"),
        ({"Mo_from": "9:00", "Mo_to": "5:30"}, "Is it 5:30am or 5:30pm?"),
        ({"Mo_from": "6", "Mo_to": "11"}, "Is it 6am or 6pm?"),
        ({"Mo_from": "6", "Mo_to": "11"}, "Is it 11am or 11pm?"),
        ({"Mo_from": "6", "Mo_to": "11pm"}, "Is it 6am or 6pm?"),
        ({"Mo_from": "6", "Mo_to": "23:00"}, "Is it 6am or 6pm?"),
        ({"Mo_from": "10am", "Mo_to": "12"}, "Is it midnight or midday?"),
        ({"Mo_from": "09:00", "Mo_to": "12:00"}, "Is it midnight or midday?"),
        ({"Mo_from": "7", "Mo_to": "10pm"}, "Is it 7am or 7pm?"),
        ({"Mo_from": "12", "Mo_to": "11"}, "Is it 11am or 11pm?"),
        ({"Mo_from": "8am", "Mo_to": "11"}, "Is it 11am or 11pm?"),
        ({"Mo_from": "9", "Mo_to": "9"}, "Is it 9am or 9pm?"),
        ({"Mo_from": "9", "Mo_to": "1am"}, "Is it 9am or 9pm?"),
        ({"Mo_from": "9am", "Mo_to": "9am"}, "same time"),
        ({"Mo_from": "9am", "Mo_to": "5pm", "Mo_shut": "yes"}, "not both"),
        ({"Mo_from": "9am", "Mo_to": "5pm", "Mo_from2": "4pm", "Mo_to2": "6pm"}, "must begin after the first"),
        ({"Mo_from": "9am", "Mo_to": "5pm", "Mo_from2": "6pm"}, "enter when you close"),
        ({"Mo_shut": "yes"}, "on one day at least"),
    ],
)
def test_what_is_wrong_is_said(fields: dict[str, str], words: str) -> None:
    stored, errors = read("every_day", **fields)
    assert stored == "" and any(words in error for error in errors), errors


SPANS = st.sampled_from(
    ["off", "09:00-17:00", "18:00-02:00", "00:00-24:00", "09:00-12:00,13:00-17:30", "23:30-00:30", "06:15-24:00"]
)


@given(st.fixed_dictionaries(dict.fromkeys(DAYS, SPANS)), st.sampled_from(["", "off", "10:00-16:00"]))
def test_stored_hours_come_back_from_the_form_as_they_were(times: dict[str, str], holidays: str) -> None:
    stored = week.with_holidays(week.written(times), holidays)
    fields = week.as_rows(stored)
    filled = Filled(fields)
    again = week.read_week(filled, fields["pattern"][0], may_be_shut=True)
    own = week.read_day(filled, "PH", "") if fields["holidays"] == ["own"] else "off"
    again = week.with_holidays(again, "" if fields["holidays"] == ["usual"] else own)
    assert filled.errors == [] and parse(again) == parse(stored)
    assert len(again) <= 500


def test_days_of_their_own_are_added_replaced_removed_and_bounded() -> None:
    today = date(2026, 8, 3)

    def send(kept: list[str], **fields: str) -> Filled:
        filled = Filled({name: [value] for name, value in fields.items()})
        days.read_days(filled, kept=kept, today=today)
        return filled

    christmas = {"day-day": "25", "day-month": "12", "day-year": "2026"}
    one = send([], **christmas, day_shut="yes", _add="1")
    assert one.kept["days"] == ["2026-12-25 off"] and one.stay
    other = send(one.kept["days"], **christmas, day_from="10", day_to="2pm", _add="1")
    assert other.kept["days"] == ["2026-12-25 10:00-14:00"]
    assert send(other.kept["days"], _remove="2026-12-25").kept["days"] == []
    assert send(["2026-08-02 off", "2026-08-03 off"]).kept["days"] == ["2026-08-03 off"], "days that are over go"
    assert send([], **{**christmas, "day-year": "2030"}, day_shut="yes", _add="1").errors
    assert send([], **{**christmas, "day-month": "13"}, day_shut="yes", _add="1").errors
    for lost in ({"day_from": "10"}, {"day_to": "2pm"}, {"day_shut": "yes"}, {"day_to2": "5pm"}):
        assert ("day-day", "Enter the day.") in send(["2026-12-25 off"], **lost).errors
    assert send(["2026-12-25 off"]).errors == []
    full = [f"2027-01-{n:02} off" for n in range(1, 29)] + [f"2027-02-{n:02} off" for n in range(1, 13)]
    assert send(full, **christmas, day_shut="yes", _add="1").errors


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("Mo-Su 09:00-17:00", "Mo-Su 09:00-18:00", ""),
        ("Mo-Su 09:00-17:00", "Mo-Fr 09:00-17:00", ""),
        ("Mo-Su 09:00-17:00", "Mo-Su off", "shut all week"),
        ("Mo-Su 09:00-17:00", "Mo-Tu 09:00-17:00", "less than half"),
        ("Mo-Su 09:00-17:00", "24/7", "day and night"),
        ("24/7", "24/7", ""),
        ("Mo 09:00-12:00", "Mo-Su 09:00-17:00", "more than twice"),
        ("Mo-Su off", "Mo-Su 09:00-17:00", "open again"),
        ("Mo-Su 09:00-18:00", "Mo-Su 23:00-08:00", "quite other times"),
        ("Mo-Su 09:00-17:00", "Mo-Su 21:00-05:00", "quite other times"),
        ("Mo-Fr 09:00-17:00", "Mo-Fr 13:00-21:00", ""),
        ("Mo-Su 09:00-17:00", "Mo-Su 09:00-23:00", ""),
        ("Mo-Su 12:00-23:00", "Mo-Su 12:00-02:00", "in the night"),
        ("Mo-Su 12:00-23:00", "Mo-Th,Su 12:00-23:00; Fr,Sa 12:00-02:00", ""),
        ("Sa 18:00-24:00", "Sa 18:00-01:00", ""),
        ("Mo-Su 09:00-17:00; PH 10:00-12:00", "Mo-Su 09:00-17:00; PH off", ""),
    ],
)
def test_strange_hours_are_told_apart(before: str, after: str, words: str) -> None:
    found = strange(before, after)
    assert words in found and bool(found) == bool(words)


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ("off", ""),
        ("10:00-14:00", ""),
        ("09:00-23:00", ""),
        ("09:00-01:00", ""),
        ("09:00-04:00", "25 September 2026: open in the night"),
        ("23:00-08:00", "open in the night"),
        ("19:00-23:00", "quite other times"),
    ],
)
def test_strange_single_days_are_told_apart(own: str, words: str) -> None:
    found = strange_days("Mo-Fr 09:00-17:00; Sa 18:00-03:00", [(date(2026, 9, 25), own), (date(2026, 9, 24), "off")])
    assert len(found) == bool(words) and words in "".join(found)
    sunday = strange_days("Mo-Fr 09:00-17:00; Sa 18:00-03:00", [(date(2026, 9, 27), "00:00-03:00,10:00-14:00")])
    assert sunday == [], "what goes on from the day before is usual"


def test_shut_on_very_many_single_days_is_strange() -> None:
    def days(n: int) -> list[tuple[date, str]]:
        return [(date(2026, 9, day), "off") for day in range(1, n + 1)]

    assert strange_days("24/7", days(14)) == [] and len(strange_days("24/7", days(15))) == 1


def test_from_monday_to_thursday_the_same_is_three_lines_less() -> None:
    rows = week.rows_of("to_thursday")
    assert [row.label for row in rows] == ["Monday to Thursday", "Friday", "Saturday", "Sunday"]
    fields = {"Mo_from": "noon", "Mo_to": "11pm", "Fr_from": "noon", "Fr_to": "1am", "Sa_from": "noon", "Sa_to": "1am"}
    stored, errors = read("to_thursday", **fields, Su_shut="yes")
    assert (stored, errors) == ("Mo-Th 12:00-23:00; Fr-Sa 12:00-01:00", [])
    assert week.as_rows(stored)["pattern"] == ["to_thursday"]
