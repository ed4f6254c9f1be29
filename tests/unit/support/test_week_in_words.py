"""A week's opening hours as people say them."""

from __future__ import annotations

import pytest

from community.support.week_in_words import week_in_words


@pytest.mark.parametrize(
    ("opening", "lines"),
    [
        ("24/7", ["Every day: day and night"]),
        ("Mo-Su 09:00-17:00", ["Every day: 9am to 5pm"]),
        ("Mo-Th 11:00-23:00; Fr,Sa 11:00-01:00; Su 12:00-22:30",
         ["Monday to Thursday: 11am to 11pm", "Friday and Saturday: 11am to 1am", "Sunday: midday to 10:30pm"]),
        ("Mo 09:00-12:00,13:00-24:00; PH off",
         ["Monday: 9am to midday and 1pm to midnight", "Tuesday to Sunday: shut", "Bank holidays: shut"]),
        ("Mo,We 09:00-10:00",
         ["Monday: 9am to 10am", "Tuesday: shut", "Wednesday: 9am to 10am", "Thursday to Sunday: shut"]),
    ],
)  # fmt: skip
def test_days_alike_stand_together(opening: str, lines: list[str]) -> None:
    assert week_in_words(opening) == lines
