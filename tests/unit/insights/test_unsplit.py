"""An age that was never split is guessed into neither half, so the halves have no share."""

from __future__ import annotations

from collections import Counter

from community.insights import tabulating, unsplit
from community.surveys.questionnaire import AGE_BANDS, Kind, Option, Question
from community.surveys.tallies import ANSWERED

AGES = Question("age", Kind.single, {"en": "?"}, "ours", options=tuple(Option(key, {"en": key}) for key in AGE_BANDS))


def rows(**counts: int) -> list[tabulating.Row]:
    """The rows of two groups: these in the first, one aged 18 to 21 in the other."""
    found = {("a", band.replace("_", "-"), 0): n for band, n in counts.items()}
    full = Counter({**found, ("a", ANSWERED, 0): sum(counts.values()), ("b", "18-21", 0): 1, ("b", ANSWERED, 0): 1})
    return tabulating.rows(full, ("a", "b"), ("13-15", "16-17", "13-17", "18-21"))


def test_the_halves_lose_their_shares_in_the_group_where_somebody_gave_the_band() -> None:
    found = unsplit.without_shares(rows(**{"13_15": 2, "13_17": 3}), AGES)
    shares = {(row.group, row.option): row.figures.share for row in found}
    assert (shares["a", "13-15"], shares["a", "16-17"], shares["a", "13-17"]) == (None, None, 0.6)
    assert (shares["b", "13-15"], shares["b", "18-21"]) == (0.0, 1.0)
    half = found[0].figures
    assert (half.count, half.base, half.low, half.high, half.share_unflagged) == (2, 5, None, None, None)


def test_other_questions_and_split_ages_are_left_alone() -> None:
    split = rows(**{"13_15": 2, "18_21": 3})
    assert unsplit.without_shares(split, AGES) == split
    assert unsplit.note(AGES, ["13-15", "18-21"]) == ""
    assert unsplit.note(AGES, ["13-15", "13-17"]) == unsplit.NOTE
