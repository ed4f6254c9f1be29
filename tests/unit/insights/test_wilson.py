"""Ranges against cited figures and against a second, slower way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.insights.wilson import Z_95, wilson

counts = st.integers(0, 5000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


@pytest.mark.parametrize(
    ("count", "base", "low", "high"),
    [(178, 223, 74.1, 84.6), (0, 30, 0.0, 11.4), (8, 10, 49.0, 94.3), (12, 30, 24.6, 57.7)],
)
def test_ranges_are_those_of_the_worked_examples(count: int, base: int, low: float, high: float) -> None:
    found = wilson(count, base)
    assert found is not None
    assert [round(100 * bound, 1) for bound in found] == [low, high]


def by_bisection(count: int, base: int, *, upper: bool) -> float:
    """The share at which the score test of the count just reaches z, found by halving; no formula solved."""
    share = count / base
    inside, outside = share, 1.0 if upper else 0.0
    for _ in range(80):
        middle = (inside + outside) / 2
        spread = (middle * (1 - middle) / base) ** 0.5
        if spread == 0 or abs(share - middle) > Z_95 * spread:
            outside = middle
        else:
            inside = middle
    return inside


@given(counts.filter(lambda pair: pair[1] > 0))
def test_the_bounds_are_where_the_score_test_turns(pair: tuple[int, int]) -> None:
    count, base = pair
    found = wilson(count, base)
    assert found is not None
    low, high = found
    if count > 0:
        assert low == pytest.approx(by_bisection(count, base, upper=False), abs=1e-9)
    if count < base:
        assert high == pytest.approx(by_bisection(count, base, upper=True), abs=1e-9)


@given(counts)
def test_the_share_lies_within_its_range_and_the_range_within_0_and_1(pair: tuple[int, int]) -> None:
    count, base = pair
    found = wilson(count, base)
    if base == 0:
        assert found is None
        return
    assert found is not None
    assert 0 <= found[0] <= count / base <= found[1] <= 1


@given(counts)
def test_those_who_did_not_have_the_mirrored_range(pair: tuple[int, int]) -> None:
    count, base = pair
    one, other = wilson(count, base), wilson(base - count, base)
    if one and other:
        assert one[0] == pytest.approx(1 - other[1])
        assert one[1] == pytest.approx(1 - other[0])


@pytest.mark.parametrize(("count", "base"), [(-1, 3), (4, 3), (1, 0)])
def test_a_count_outside_its_base_is_refused(count: int, base: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson(count, base)
