"""Where lines are drawn, what a bar stands for, and how a cell is said."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.insights.charts import Point, every, line
from community.insights.hiding import Figures, hide_all
from community.insights.measures import figures_of, measures_of
from community.insights.shown import Shown, shown
from community.insights.tabulating import Row
from community.insights.wilson import wilson
from community.surveys.questionnaire import Kind, Option, Question

MONDAY, WEEK = date(2026, 11, 2), timedelta(days=7)


def figures(count: int, base: int, *, flagged: int = 0) -> Figures:
    low, high = wilson(count, base) or (None, None)
    rest = base - flagged
    return Figures(
        count, base, count / base if base else None, low, high, count - flagged, rest,
        (count - flagged) / rest if rest else None,
    )  # fmt: skip


def cell(count: int, base: int) -> Shown:
    return shown(figures(count, base), flagged=True)


def test_a_line_goes_from_end_to_end_and_breaks_where_nobody_answered() -> None:
    points = every(MONDAY, MONDAY + 4 * WEEK, WEEK, {MONDAY + n * WEEK: cell(n, 4) for n in (0, 1, 4)})
    drawn = line(points)
    assert drawn is not None
    assert (drawn.first, drawn.last) == (MONDAY, MONDAY + 4 * WEEK)
    assert drawn.line == "M0.00 100.00 L25.00 75.00 M100.00 0.00h0"  # the last point alone is a dot
    assert drawn.band.count("M") == 2


def test_a_hidden_week_is_a_gap_and_nothing_at_all_is_no_line() -> None:
    hidden = shown(hide_all(figures(3, 9)), flagged=True)
    assert line([Point(MONDAY, hidden), Point(MONDAY + WEEK, None), Point(MONDAY + 2 * WEEK, cell(0, 0))]) is None


def test_one_week_stands_in_the_middle() -> None:
    drawn = line([Point(MONDAY, cell(1, 1))])
    assert drawn is not None
    assert drawn.line == "M50.00 0.00h0"


@given(st.lists(st.none() | st.integers(0, 20), min_size=1, max_size=30))
def test_no_mark_leaves_the_picture(counts: list[int | None]) -> None:
    drawn = line([Point(MONDAY + n * WEEK, None if c is None else cell(c, 20)) for n, c in enumerate(counts)])
    if drawn is not None:
        numbers = [float(n) for n in re.findall(r"-?\d+\.\d+", drawn.line + drawn.band)]
        assert all(-0.41 <= n <= 100.41 for n in numbers)


def asked(kind: Kind, *keys: str) -> Question:
    return Question("q", kind, {"en": "?"}, "ours", options=tuple(Option(key, {"en": key.title()}) for key in keys))


SAFE = asked(Kind.scale, "very_safe", "fairly_unsafe", "very_unsafe")


def test_answers_that_belong_together_are_added_up_with_a_range_of_their_own() -> None:
    unsafe, *_ = measures_of(SAFE, [option.key for option in SAFE.options])
    assert (unsafe.key, unsafe.words) == ("unsafe", "felt fairly or very unsafe")
    chosen = {"very_safe": 45, "fairly_unsafe": 100, "very_unsafe": 78}
    rows = [Row("all", key, figures(n, 223, flagged=1)) for key, n in chosen.items()]
    found = figures_of(rows, unsafe)
    assert (found.count, found.base, found.count_unflagged) == (178, 223, 176)
    assert found.low is not None
    assert found.high is not None
    assert (round(found.low, 3), round(found.high, 3)) == (0.741, 0.846)


def test_a_sum_is_hidden_when_a_part_of_it_is() -> None:
    unsafe, *_ = measures_of(SAFE, [option.key for option in SAFE.options])
    rows = [Row("all", "fairly_unsafe", hide_all(figures(2, 40))), Row("all", "very_unsafe", figures(20, 40))]
    found = figures_of(rows, unsafe)
    assert (found.count, found.share, found.count_unflagged, found.base) == (None, None, None, 40)


def test_several_choices_are_never_added_up() -> None:
    several = asked(Kind.multiple, "fairly_unsafe", "very_unsafe")
    assert [m.key for m in measures_of(several, ["fairly_unsafe", "very_unsafe"])] == ["fairly_unsafe", "very_unsafe"]


@pytest.mark.parametrize(
    ("of", "flagged", "words", "range_"),
    [
        (figures(178, 223), True, "79.8% (178 of 223)", "74.1% to 84.6%"),
        (figures(5, 8, flagged=5), False, "0.0% (0 of 3)", "0.0% to 56.1%"),
        (figures(1_000_000, 1_000_000), True, "100.0% (1,000,000 of 1,000,000)", "100.0% to 100.0%"),
        (figures(0, 0), True, "no answers", "–"),
        (hide_all(figures(3, 40)), True, "hidden", "–"),
    ],
)
def test_a_cell_is_said_as_the_command_prints_it(of: Figures, flagged: bool, words: str, range_: str) -> None:
    found = shown(of, flagged=flagged)
    assert (found.words, found.range) == (words, range_)
