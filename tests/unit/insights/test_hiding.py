"""What an analyst may see of small cells."""

from __future__ import annotations

from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.insights.hiding import LEAST, LEAST_UNDER_18, PLACE, Figures, hide, is_crossed, least_shown


@st.composite
def cells(draw: st.DrawFn) -> Figures:
    base = draw(st.integers(1, 40))
    unflagged = draw(st.integers(0, base))
    count = draw(st.integers(0, base))
    of_them = draw(st.integers(max(0, count - (base - unflagged)), min(count, unflagged)))
    share = of_them / unflagged if unflagged else None
    return Figures(count, base, count / base, 0.0, 1.0, of_them, unflagged, share)


@pytest.mark.parametrize(
    ("dimensions", "crossed"),
    [
        ([PLACE, "age"], True), (["age", "gender"], True), ([PLACE, "connection"], True),
        ([PLACE], False), (["age"], False), (["age", "age"], False), ([PLACE, PLACE], False), ([], False),
        ([PLACE, "daypart"], False), (["age", "date"], False), ([PLACE, "channel"], False),
    ],
)  # fmt: skip
def test_only_two_different_things_about_people_are_crossed(dimensions: list[str], crossed: bool) -> None:
    assert is_crossed(dimensions) is crossed


@pytest.mark.parametrize("group", ["under_13", "13-15", "16-17", "13-17"])
def test_groups_under_18_hide_up_to_9(group: str) -> None:
    assert least_shown([group, "female"]) == 10


def test_everyone_else_hides_up_to_4_and_a_school_up_to_9() -> None:
    assert least_shown(["18-21", "yes_a_lot"]) == 5
    assert least_shown(["18-21"], children=True) == 10


@given(cells(), st.sampled_from([LEAST, LEAST_UNDER_18]))
def test_no_count_between_0_and_the_least_is_shown(cell: Figures, least: int) -> None:
    shown = hide(cell, least)
    for count in (shown.count, shown.count_unflagged):
        assert count is None or count == 0 or count >= least
    if shown.count is None:
        assert (shown.share, shown.low, shown.high, shown.count_unflagged, shown.share_unflagged) == (None,) * 5
    if shown.count_unflagged is None:
        assert shown.share_unflagged is None


@given(cells(), st.sampled_from([LEAST, LEAST_UNDER_18]))
def test_what_is_shown_is_true_and_large_cells_are_shown(cell: Figures, least: int) -> None:
    shown = hide(cell, least)
    assert all(after in (None, before) for after, before in zip(astuple(shown), astuple(cell), strict=True))
    if 0 < (cell.base or 0) < least:  # so few that even a zero tells what someone chose
        assert set(astuple(shown)) == {None}
        return
    assert (shown.base, shown.base_unflagged) == (cell.base, cell.base_unflagged)
    if cell.count == 0 or (cell.count or 0) >= least:
        assert (shown.count, shown.share, shown.low) == (cell.count, cell.share, cell.low)
    if cell.count_unflagged == cell.count:
        assert (shown.count is None) == (shown.count_unflagged is None)
