"""What anyone may read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.insights.released import FEWER, NOT_SHOWN, release_cell, release_cells, release_count

counts = st.integers(0, 2000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0"), (1, FEWER), (9, FEWER), (10, "10"), (12, "10"), (13, "15"), (223, "225"), (178, "180")],
)
def test_counts_are_printed_to_the_nearest_5_or_in_words(count: int, words: str) -> None:
    assert release_count(count).words == words


def test_the_first_month_is_released_as_225_people_49_22_and_80_percent() -> None:
    assert release_count(223).number == 225
    assert [release_cell(n, 223).share.percent for n in (112, 49, 178, 198)] == [49, 22, 80, 89]
    not_safe = release_cell(178, 223).share
    assert (not_safe.low, not_safe.high) == (74, 85)


@given(counts)
def test_shares_are_made_of_what_is_printed(pair: tuple[int, int]) -> None:
    cell = release_cell(*pair)
    if cell.share.percent is None:
        assert cell.share.low is None
        assert cell.share.high is None
        return
    assert cell.count.number is not None
    assert cell.base.number
    assert abs(cell.share.percent - 100 * cell.count.number / cell.base.number) <= 0.5 + 1e-9
    assert cell.share.low is not None
    assert cell.share.high is not None
    assert 0 <= cell.share.low <= cell.share.percent <= cell.share.high <= 100


@given(counts)
def test_small_bases_give_no_share_and_middling_ones_are_marked(pair: tuple[int, int]) -> None:
    count, base = pair
    cell = release_cell(count, base)
    assert (cell.share.percent is None) == (base < 30 or 0 < count < 10)
    assert cell.small == (30 <= base <= 99)


@given(counts)
def test_no_printed_count_tells_which_of_five_numbers_it_was(pair: tuple[int, int]) -> None:
    printed = release_cell(*pair).count.words
    alike = [n for n in range(0, 2010) if release_count(n).words == printed]
    assert pair[0] in alike
    assert pair[0] == 0 or len(alike) >= 3


@given(st.lists(st.integers(0, 60), min_size=2, max_size=6), st.integers(0, 60))
def test_nobody_reads_that_all_of_a_group_share_a_sensitive_answer(others: list[int], sensitive: int) -> None:
    counts = {"told": sensitive, **{f"o{i}": n for i, n in enumerate(others)}}
    base = sum(counts.values())
    cells = release_cells(counts, base, sensitive=frozenset({"told"}))
    assert cells["told"].share.percent != 100
    if base and sensitive == base:
        assert {cell.count.words for cell in cells.values()} == {NOT_SHOWN}


def test_all_may_share_an_answer_that_is_not_sensitive() -> None:
    assert release_cells({"yes": 40, "no": 0}, 40)["yes"].share.percent == 100
