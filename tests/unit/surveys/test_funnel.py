"""From scan to first tap to the end: what counts as each, and the small bars that show it."""

from __future__ import annotations

from datetime import date, timedelta

from community.surveys.funnel import Day, closing, reached, total
from community.surveys.loading import load
from community.surveys.poster_desk.sparkline import HEIGHT, sparkline
from community.surveys.questionnaire import Questionnaire
from community.surveys.shipped import FOLDER
from community.surveys.tallies import ANSWERED

DAY = date(2026, 11, 7)


def shipped(name: str) -> Questionnaire:
    return load((FOLDER / f"{name}.yaml").read_text(), name=name)


def test_the_end_is_the_last_screen_that_everybody_is_asked() -> None:
    assert [q.key for q in closing(shipped("safety"))] == ["gender", "ethnicity", "disability", "connection"]
    assert [q.key for q in closing(shipped("robbery"))] == ["help"]


def test_any_answer_to_the_opening_question_is_a_first_tap_and_a_mark_is_none() -> None:
    counted = {("safe_here", "very_safe"): 3, ("safe_here", "prefer_not_to_say"): 1, ("safe_here", "_skipped"): 9}
    assert reached(shipped("safety"), counted) == (4, 0)


def test_who_answered_any_question_of_the_last_screen_reached_the_end() -> None:
    counted = {
        ("safe_here", "very_safe"): 9,
        ("gender", "female"): 2, ("gender", "prefer_not_to_say"): 1,
        ("connection", "live"): 5, ("connection", "work"): 4, ("connection", ANSWERED): 6,
    }  # fmt: skip
    assert reached(shipped("safety"), counted) == (9, 6)  # six people with nine choices


def test_no_more_reach_the_end_than_began() -> None:
    assert reached(shipped("safety"), {("safe_here", "very_safe"): 1, ("gender", "female"): 2}) == (1, 1)


def test_days_add_up() -> None:
    assert total([Day(DAY, 5, 3, 1), Day(DAY, 2, 0, 0)]) == (7, 3, 1)
    assert total([]) == (0, 0, 0)


def test_the_busiest_day_is_as_high_as_the_picture_and_one_scan_is_not_none() -> None:
    drawn = sparkline(
        [Day(DAY + timedelta(days=n), scans, taps) for n, (scans, taps) in enumerate(((400, 100), (1, 0), (0, 0)))]
    )
    assert [(bar.scans, bar.taps) for bar in drawn.bars] == [(HEIGHT, HEIGHT // 4), (2, 0), (0, 0)]
    assert drawn.words == "Scans each day from 7 November to 9 November: 400, 1, 0."
    assert drawn.width == 25


def test_more_taps_than_scans_stay_within_the_picture() -> None:
    (bar,) = sparkline([Day(DAY, 1, 4)]).bars  # answers by text scan nothing
    assert (bar.scans, bar.taps) == (HEIGHT // 4, HEIGHT)
