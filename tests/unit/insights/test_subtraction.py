"""No pencil works a hidden count out, tried by writing down every figure that could have been printed alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.insights.released import FEWER, NOT_SHOWN, ReleasedCell, release_cells, release_count

SUMS = {"either": frozenset({"a", "b"}), "three": frozenset({"a", "b", "c"})}


def printed(counts: Mapping[str, int], sums: Mapping[str, frozenset[str]]) -> dict[str, ReleasedCell]:
    return release_cells(counts, sum(counts.values()), sums=sums, exhaustive=True)


def could_be(words: str) -> range:
    """The true counts behind a printed one. "not shown" is never 1 to 9: those are said to be few, unless the whole
    figure is left out, and then there is nothing to work out."""
    if words == FEWER:
        return range(1, 10)
    if words == NOT_SHOWN:
        return range(10, 60)
    return range(0, 1) if words == "0" else range(max(10, int(words) - 2), int(words) + 3)


def alike(
    cells: Mapping[str, ReleasedCell], options: list[str], sums: Mapping[str, frozenset[str]]
) -> Iterator[dict[str, int]]:
    """Every set of true counts that would print these words, base included."""
    base = could_be(cells[options[0]].base.words)

    def fits(counts: dict[str, int]) -> bool:
        totals = {name: sum(counts[o] for o in parts) for name, parts in sums.items()}
        said = {name: cells[name].count.words for name in sums if cells[name].count.words != NOT_SHOWN}
        return all(release_count(totals[name]).words == words for name, words in said.items())

    def extend(chosen: dict[str, int], left: list[str]) -> Iterator[dict[str, int]]:
        if sum(chosen.values()) > base[-1]:
            return
        if not left:
            if sum(chosen.values()) in base and fits(chosen):
                yield chosen
            return
        for n in could_be(cells[left[0]].count.words):
            yield from extend({**chosen, left[0]: n}, left[1:])

    return extend({}, options)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 24) | st.integers(0, 9), min_size=2, max_size=4),
    st.sampled_from([{}, {"either": SUMS["either"]}, SUMS]),
)
def test_a_hidden_count_stays_unknown_to_within_2(numbers: list[int], sums: dict[str, frozenset[str]]) -> None:
    counts = dict(zip("abcd", numbers, strict=False))
    sums = {name: parts for name, parts in sums.items() if parts < counts.keys()}
    cells = printed(counts, sums)
    hidden = [option for option in counts if cells[option].count.words == FEWER]
    if not hidden or sum(numbers) > 50:
        return
    seen: dict[str, set[int]] = {option: set() for option in hidden}
    for other in alike(cells, list(counts), sums):
        for option in hidden:
            seen[option].add(other[option])
    for option in hidden:
        assert counts[option] in seen[option]
        assert max(seen[option]) - min(seen[option]) >= 5


def test_a_count_that_follows_from_the_others_takes_the_smallest_of_them_along() -> None:
    cells = printed({"a": 152, "b": 42, "c": 9}, {})  # 205 less 152 and 42 at the most leaves 9 at the least
    assert [cells[option].count.words for option in "abc"] == ["150", NOT_SHOWN, FEWER]
    assert cells["b"].share.percent is None


def test_a_figure_whose_base_tells_it_all_is_left_out() -> None:
    assert {cell.count.words for cell in printed({"a": 9, "b": 9}, {}).values()} == {NOT_SHOWN}  # 20 is 18 or more


def test_a_sum_is_left_out_when_it_would_tell() -> None:
    cells = printed({"a": 100, "b": 117, "c": 6}, {"either": frozenset({"a", "b"})})  # 223 less 217
    assert cells["c"].count.words == FEWER
    assert cells["either"].count.words == NOT_SHOWN
    assert [cells[option].count.words for option in "ab"] == ["100", "115"]


@pytest.mark.parametrize("numbers", [(60, 119, 19, 25), (178, 45, 0, 0)])
def test_the_first_month_needs_nothing_hidden(numbers: tuple[int, ...]) -> None:
    cells = printed(dict(zip("abcd", numbers, strict=True)), SUMS)
    assert NOT_SHOWN not in {cell.count.words for cell in cells.values()}
