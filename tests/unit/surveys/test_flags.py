"""What makes a response look less than sincere, and that ordinary people do not."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.surveys.flags import BURST_FLOOR, Flag, hourly_limit, too_fast


def exact_limit(mean: float) -> int:
    """The least k with P(X <= k) >= 99.9% for a Poisson count: its probabilities added one by one."""
    total, k = math.exp(-mean), 0
    while total < 0.999:
        k += 1
        total += math.exp(k * math.log(mean) - mean - math.lgamma(k + 1))
    return k


@pytest.mark.parametrize("mean", [14.0, 15.5, 18, 20, 25, 33.3, 50, 80, 120, 200, 350, 500])
def test_the_limit_is_the_999th_thousandth_of_a_poisson_count(mean: float) -> None:
    assert abs(hourly_limit(mean) - max(BURST_FLOOR, exact_limit(mean))) <= 2


@given(st.floats(0, 400))
def test_thirty_an_hour_is_never_a_burst(mean: float) -> None:
    assert hourly_limit(mean) >= 30
    assert hourly_limit(mean) >= mean


@given(st.floats(0, 400), st.floats(0, 400))
def test_a_busier_poster_has_no_lower_limit(a: float, b: float) -> None:
    assert hourly_limit(min(a, b)) <= hourly_limit(max(a, b))


def test_a_quiet_poster_has_the_floor() -> None:
    assert [hourly_limit(mean) for mean in (0, 0.01, 1, 5, 10)] == [30] * 5


@pytest.mark.parametrize(
    ("elapsed_ms", "answered", "fast"),
    [
        (0, 1, True), (699, 1, True), (700, 1, False), (1_199, 2, True), (1_200, 2, False),
        (5_000, 10, True), (5_200, 10, False), (700, 0, False), (-1, 1, True), (-90_000_000, 0, True),
        (86_400_000, 20, False),
    ],
)  # fmt: skip
def test_too_fast_is_less_than_it_takes_to_read(elapsed_ms: int, answered: int, fast: bool) -> None:
    assert too_fast(elapsed_ms, answered) is fast


@given(st.integers(-10_000, 100_000), st.integers(0, 30))
def test_more_answers_in_the_same_time_are_no_slower(elapsed_ms: int, answered: int) -> None:
    assert too_fast(elapsed_ms, answered) <= too_fast(elapsed_ms, answered + 1)
    assert too_fast(elapsed_ms + 1, answered) <= too_fast(elapsed_ms, answered)


def test_reasons_add_up() -> None:
    assert int(Flag.TOO_FAST | Flag.BURST) == 3
    assert (Flag.TOO_FAST | Flag.TOO_FAST) == Flag.TOO_FAST
