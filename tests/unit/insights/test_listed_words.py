"""Which words stand under a place and month, and what stands on which page."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.insights.listed_words import (
    PAGE,
    Group,
    ages_of,
    large_enough,
    least_listed,
    pages_of,
    stretches,
    whole_months,
)
from community.surveys.questionnaire import Kind, Question


def box(min_age: int | None) -> Question:
    return Question("more", Kind.text, {"en": "?"}, "ours", min_age=min_age)


@pytest.mark.parametrize(
    ("min_age", "children", "least"),
    [(16, False, 10), (13, False, 10), (None, False, 10), (18, False, 5), (18, True, 30)],
)
def test_the_least_is_the_hiding_rule_s(min_age: int | None, children: bool, least: int) -> None:
    assert least_listed(box(min_age), children=children) == least


def test_nobody_whose_age_may_be_too_young_is_read() -> None:
    assert ages_of(box(16))[0] == ages_of(box(None))[0] == "16-17"
    assert "13-17" not in ages_of(box(16))
    assert {"13-15", "13-17"} <= set(ages_of(box(13)))
    assert "under_13" not in ages_of(box(13))


def test_a_place_that_is_none_is_never_named() -> None:
    month = date(2026, 11, 1)
    groups = [Group(0, month, 99), Group(1, month, 9), Group(2, month, 10)]
    assert large_enough(groups, {1: 10, 2: 10}) == [groups[2]]


def test_days_are_widened_to_whole_months() -> None:
    assert whole_months(date(2026, 2, 14), date(2026, 2, 14)) == (date(2026, 2, 1), date(2026, 2, 28))
    assert whole_months(None, date(9999, 12, 5)) == (None, date.max)


@given(st.lists(st.integers(1, 120), max_size=6), st.integers(0, 130))
def test_every_text_stands_on_one_page_and_no_page_holds_too_many(sizes: list[int], others: int) -> None:
    groups = [Group(1, date(2026, 1 + at, 1), n) for at, n in enumerate(sizes)]
    seen: dict[Group | None, list[int]] = {}
    for page in range(1, pages_of(sum(sizes) + others) + 1):
        found = list(stretches(groups, others, page))
        assert sum(one.take for one in found) <= PAGE
        for one in found:
            seen.setdefault(one.group, []).extend(range(one.skip, one.skip + one.take))
    assert seen == {group: list(range(group.n)) for group in groups} | ({None: list(range(others))} if others else {})
    assert sum(one.take for one in stretches(groups, others, None)) == sum(sizes) + others
