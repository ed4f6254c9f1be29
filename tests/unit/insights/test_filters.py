"""What an address asks for, and what is said when it asks for what cannot be."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.insights.filters import Filters, read

WHOLE = Filters("why", "age", "barking-station", 2, date(2026, 11, 1), date(2026, 11, 20), False, "dark")


def test_an_empty_address_asks_for_everything() -> None:
    assert read({}) == (Filters(), ())
    assert read({"place": "", "from": " ", "flagged": ""}) == (Filters(), ())
    assert Filters().query() == {}


def test_filters_stand_in_the_address_and_are_read_back() -> None:
    assert WHOLE.query() == {
        "question": "why", "by": "age", "place": "barking-station", "wave": "2", "from": "2026-11-01",
        "to": "2026-11-20", "flagged": "out", "answer": "dark",
    }  # fmt: skip
    assert read(WHOLE.query()) == (WHOLE, ())


@given(
    st.builds(
        Filters,
        question=st.none() | st.just("why"),
        wave=st.none() | st.integers(1, 99),
        first=st.none() | st.dates(max_value=date(2026, 1, 1)),
        last=st.none() | st.dates(min_value=date(2026, 1, 1)),
        flagged=st.booleans(),
    )
)
def test_any_filters_come_back_as_they_were(filters: Filters) -> None:
    assert read(filters.query()) == (filters, ())


@pytest.mark.parametrize(
    ("address", "field", "words"),
    [
        ({"from": "yesterday"}, "from", "The first day is “yesterday”. Write it as 2026-11-20: year, month, day."),
        ({"to": "2026-02-30"}, "to", "The last day is “2026-02-30”. Write it as 2026-11-20: year, month, day."),
        ({"from": "2026-11-02", "to": "2026-11-01"}, "from", "comes after the last, 2026-11-01. Change them round."),
        ({"wave": "two"}, "wave", "“two” is not the number of a wave."),
        ({"wave": "-1"}, "wave", "“-1” is not the number of a wave."),
        ({"wave": "9" * 400}, "wave", "is not the number of a wave."),
        ({"flagged": "perhaps"}, "flagged", "Choose whether flagged answers are counted or left out."),
    ],
)
def test_a_wrong_part_is_named_with_its_field(address: dict[str, str], field: str, words: str) -> None:
    filters, ((at, said),) = read(address)
    assert at == field
    assert words in said
    assert len(said) < 120
    assert filters == Filters()


def test_changing_one_thing_keeps_the_others() -> None:
    assert WHOLE.query(by="place") == {**WHOLE.query(), "by": "place"}
    assert "place" not in WHOLE.query(place=None)
