"""Bases, orders and those who are in no group."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.insights import tabulating
from community.insights.missing_kinds import kinds_of_missing
from community.surveys.questionnaire import AGE_BANDS, Kind, Option, Question
from community.surveys.tallies import ANSWERED


def question(kind: Kind, *keys: str, missing: tuple[str, ...] = ("prefer_not_to_say",), key: str = "q") -> Question:
    options = tuple(Option(k, {"en": k}, missing=k in missing) for k in (*keys, *missing))
    return Question(key, kind, {"en": "?"}, "ours", options=options)


YES_NO = question(Kind.single, "yes", "no")
SEVERAL = question(Kind.multiple, "dark", "people", "other")


def test_the_base_of_a_single_choice_leaves_out_every_kind_of_missing() -> None:
    counts = Counter(
        {("all", "yes", 0): 3, ("all", "no", 1): 2, ("all", "prefer_not_to_say", 0): 7, ("all", "_skipped", 0): 9}
    )
    found = tabulating.answers(counts, YES_NO)
    assert found == Counter(
        {("all", "yes", 0): 3, ("all", "no", 1): 2, ("all", ANSWERED, 0): 3, ("all", ANSWERED, 1): 2}
    )
    figures = tabulating.figures(found, "all", "no")
    assert (figures.count, figures.base, figures.share) == (2, 5, 0.4)
    assert (figures.count_unflagged, figures.base_unflagged, figures.share_unflagged) == (0, 3, 0.0)


def test_the_base_of_a_multiple_choice_is_people() -> None:
    counts = Counter({("all", "dark", 0): 3, ("all", "people", 0): 2, ("all", ANSWERED, 0): 4})
    figures = tabulating.figures(tabulating.answers(counts, SEVERAL), "all", "dark")
    assert (figures.count, figures.base, figures.share) == (3, 4, 0.75)


@pytest.mark.parametrize(
    ("known", "found", "ordered"),
    [
        (("b", "a"), ["a", "z", "c"], ("b", "a", "c", "z")),
        ((), ["10", "9", "1"], ("1", "9", "10")),
        (AGE_BANDS[1:4], ["13-17"], ("13-15", "16-17", "13-17", "18-21")),
    ],
)
def test_what_was_found_besides_stands_where_it_belongs(
    known: tuple[str, ...], found: list[str], ordered: tuple[str, ...]
) -> None:
    assert tabulating.in_order(known, found) == ordered


def test_under_13_is_a_group_only_when_somebody_is_in_it() -> None:
    age = question(Kind.single, *AGE_BANDS[:-1], key="age")
    assert "under_13" not in tabulating.groups_of(age, ["18-21"])
    assert tabulating.groups_of(age, ["under_13"])[0] == "under_13"


people = st.lists(st.tuples(st.sampled_from(["a", "b", None]), st.sampled_from(["yes", "no"]), st.integers(0, 1)))


@given(people)
def test_groups_and_those_not_known_add_up_to_everyone(them: list[tuple[str | None, str, int]]) -> None:
    everyone = tabulating.answers(Counter(("", option, flagged) for _, option, flagged in them), YES_NO)
    groups = tabulating.answers(Counter((g, option, flagged) for g, option, flagged in them if g), YES_NO)
    rest = tabulating.everyone_but(everyone, groups, "not known")
    assert tabulating.base(groups) + tabulating.base(rest) == len(them)
    assert tabulating.base(rest) == sum(1 for group, _, _ in them if group is None)
    for row in tabulating.rows(groups + rest, ["a", "b", "not known"], ["yes", "no"]):
        wanted = [f for g, option, f in them if (g or "not known") == row.group and option == row.option]
        assert (row.figures.count, row.figures.count_unflagged) == (len(wanted), wanted.count(0))


@given(st.lists(st.sampled_from(["yes", "no", "prefer_not_to_say", "dont_know", "_skipped", "_not_asked", None])))
def test_every_response_is_answered_or_missing_for_one_reason(them: list[str | None]) -> None:
    asked = question(Kind.single, "yes", "no", missing=("dont_know", "prefer_not_to_say"))
    found = kinds_of_missing(asked, Counter(one for one in them if one), len(them))
    assert found.left == them.count(None)
    assert found.answered == them.count("yes") + them.count("no")
    parts = (found.answered, found.not_asked, found.left, found.skipped, found.prefer_not_to_say, found.dont_know)
    assert sum(parts) == len(them)
