"""A poster is held against its own days: silence and jumps are told of, the usual ups and downs are not."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.places.poster_health import Alert, Scans, alerts

TODAY = date(2026, 11, 20)  # a Friday
LONG_AGO = date(2026, 1, 1)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def row(counts: Iterable[int], *, last: date = TODAY) -> dict[date, int]:
    """The counts as days that end with `last`."""
    counts = list(counts)
    return {last - timedelta(days=len(counts) - 1 - n): count for n, count in enumerate(counts)}


def told(scans: Scans, hung_on: date = LONG_AGO) -> list[Alert]:
    return alerts(scans, hung_on=hung_on, today=TODAY)


def poisson(mean: float, rng: random.Random) -> int:
    limit, k, product = math.exp(-mean), 0, rng.random()
    while product > limit:
        k, product = k + 1, product * rng.random()
    return k


def test_a_busy_poster_that_falls_silent_is_told_of_after_two_whole_days() -> None:
    assert told(row([10] * 28 + [0, 0])) == []  # yesterday was quiet, and today is not over
    assert told(row([10] * 28 + [0, 0, 0])) == [Alert("silent", ago(2), days=2, usual=10.0)]


def test_a_slow_poster_may_be_quiet_for_longer() -> None:
    one_a_day = [1] * 28
    assert told(row([*one_a_day, *[0] * 7])) == []  # six whole days: e^-6 is more than a thousandth
    assert [alert.kind for alert in told(row([*one_a_day, *[0] * 8]))] == ["silent"]


def test_a_library_that_is_shut_at_weekends_is_not_silent_on_a_monday() -> None:
    weeks = [20, 20, 20, 20, 20, 0, 0] * 5
    assert told(row([*weeks, 0])) == []  # Monday, after a whole weekend
    assert [alert.kind for alert in told(row([*weeks, 0, 0]))] == ["silent"]  # Monday went by as well


def test_a_scan_today_ends_a_silence() -> None:
    assert told(row([10] * 28 + [0] * 5 + [1])) == []


def test_a_poster_that_nobody_ever_scanned_is_told_of_after_a_fortnight() -> None:
    assert told({}, hung_on=ago(13)) == []
    assert told({}, hung_on=ago(14)) == [Alert("unseen", ago(14), days=14)]


def test_scans_from_before_it_was_hung_say_nothing() -> None:
    assert told(row([50] * 40, last=ago(10)), hung_on=ago(9)) == []


def test_nothing_is_said_before_a_fortnight_of_days() -> None:
    assert told(row([10] * 13 + [0, 0, 0]), hung_on=ago(15)) == []
    assert told(row([2] * 13 + [500]), hung_on=ago(13)) == []


def test_a_rush_is_told_of_with_what_was_to_be_expected() -> None:
    (alert,) = told(row([5] * 28 + [140]))
    assert (alert.kind, alert.day, alert.scans, alert.usual) == ("jump", TODAY, 140, 5.0)
    assert alert.limit == 30


def test_thirty_scans_are_never_a_jump() -> None:
    assert told(row([0] * 27 + [1, 30])) == []


def test_a_rush_is_told_of_for_a_week() -> None:
    assert [alert.day for alert in told(row([5] * 28 + [140, *[5] * 6]))] == [ago(6)]
    assert told(row([5] * 28 + [140, *[5] * 7])) == []


def test_a_market_day_is_usual_on_the_next_one() -> None:
    assert told(row([20, 20, 20, 20, 20, 200, 20] * 5 + [20, 20, 20, 20, 20, 210])) == []


def test_one_rush_does_not_hide_another() -> None:
    (alert,) = told(row([*[5] * 20, 900, *[5] * 10, 800]))
    assert (alert.kind, alert.scans) == ("jump", 800)


@pytest.mark.parametrize("mean", [0.5, 2, 10, 40])
def test_ordinary_chance_is_rarely_told_of(mean: float) -> None:
    rng = random.Random(3)
    false = sum(bool(told(row([poisson(mean, rng) for _ in range(60)]))) for _ in range(300))
    assert false <= 6  # in 300 posters, none of which is out of the ordinary


@given(st.dictionaries(st.integers(0, 90), st.integers(0, 2000), max_size=91), st.integers(0, 90))
def test_whatever_the_days_at_most_one_alert_of_each_sort_comes_and_no_error(days: dict[int, int], hung: int) -> None:
    found = told({ago(n): count for n, count in days.items()}, hung_on=ago(hung))
    assert len({alert.kind == "jump" for alert in found}) == len(found)
    assert all(alert.day <= TODAY for alert in found)
