"""Made-up answers are named in a sentence and on a banner."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from community.insights.made_up import ALL_BANNER, SOME_BANNER, banner, note


@dataclass(frozen=True)
class Table:
    made_up: int
    all_made_up: bool = False


@pytest.mark.parametrize(
    ("made_up", "base", "flagged", "said"),
    [
        (0, 9, 0, ""),
        (430, 430, 0, "All 430 answers here are made up, for demonstration."),
        (1, 1, 0, "The one answer here is made up, for demonstration."),
        (430, 431, 5, "430 of these answers, flagged ones included, are made up, for demonstration."),
        (1, 2, 0, "1 of these answers is made up, for demonstration."),
    ],
)
def test_a_note_says_how_many_are_made_up(made_up: int, base: int, flagged: int, said: str) -> None:
    assert note(made_up, base, flagged=flagged) == said


def test_the_banner_says_that_all_are_made_up_only_where_all_are() -> None:
    assert banner([]) == banner([Table(0)]) == ""
    assert banner([Table(3, True), Table(0)]) == ALL_BANNER
    assert banner([Table(3, True), Table(3, False)]) == SOME_BANNER
