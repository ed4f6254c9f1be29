"""The same words for the same meaning, however they were typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.bot.understanding.normalising import MOST_READ, plain


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("He's HITTING me!!!", "hes hittin me ."),
        ("hes hittin me", "hes hittin me"),
        ("i am not ok", "im not okay"),
        ("k1ll", "kill"),
        ("r4pe", "rape"),
        ("at 3pm on the A13", "at 3pm on the a13"),
        ("pleeeease heeelp", "please help"),
        ("b4 he cums", "before he cums"),
        ("wnt sum1 2 tlk 2", "want someone to talk to"),
        ("he has a 🔪", "hes a knife"),
        ("lovește-mă", "loveste ma"),
        ("স্বামী মারে", "স্বামী মারে"),
        ("s t o p", "stop"),
        ("see https://example.org/x?y=1 now", "see weblink now"),
        ("he rpaed me", "he raped me"),
        ("a kniife and a mahcete", "a knife and a machete"),
        ("my boyfrind slpaped me", "my boyfriend slapped me"),
        ("the rain shuts the beach", "the rain shuts the beach"),
        ("", ""),
        ("🫠🫠", ""),
    ],
)
def test_words_are_read_as_they_are_meant(typed: str, read: str) -> None:
    assert plain(typed).text == read


def test_a_question_is_known_by_its_mark() -> None:
    assert plain("who sees this?").asked
    assert not plain("who sees this").asked


def test_of_a_long_text_the_beginning_and_the_end_are_read() -> None:
    words = plain("first " + "word " * 2_000 + "last").words
    assert words[0] == "first"
    assert words[-1] == "last"
    assert len(" ".join(words)) <= MOST_READ + 20


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    assert all(word and not word.isspace() for word in plain(text).words)
