"""How safe somebody feels, in words of their own; and what is no answer to that, but a cry for help."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.bot.how_safe import SAFE, SCALE, UNSAFE, how_much, how_safe


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("not very safe", "fairly_unsafe"), ("Not really safe.", "fairly_unsafe"),
        ("not that safe tbh", "fairly_unsafe"),
        ("i dont feel very safe here", "fairly_unsafe"), ("I don't really feel safe", "fairly_unsafe"),
        ("a bit unsafe", "fairly_unsafe"), ("not really", "fairly_unsafe"), ("no not really", "fairly_unsafe"),
        ("not at all", "very_unsafe"), ("No not at all", "very_unsafe"), ("not safe at all", "very_unsafe"),
        ("i dont feel safe at all here", "very_unsafe"), ("really unsafe", "very_unsafe"),
        ("very safe", "very_safe"), ("yes very", "very_safe"), ("i feel really safe here", "very_safe"),
        ("quite safe", "fairly_safe"), ("safe enough", "fairly_safe"), ("yeah mostly", "fairly_safe"),
        ("in between", "neither"), ("so so", "neither"),
    ],
)  # fmt: skip
def test_words_that_can_mean_one_answer_only(text: str, key: str) -> None:
    assert how_safe(text) == (key,)


@pytest.mark.parametrize("text", ["unsafe", "Unsafe!", "i feel unsafe here", "I dont feel safe here", "no not safe",
                                  "no", "not safe", "nope", "its not safe here", "it feels unsafe",
                                  "no i dont"])  # fmt: skip
def test_unsafe_without_how_much_is_a_side(text: str) -> None:
    assert how_safe(text) == UNSAFE


@pytest.mark.parametrize("text", ["yes", "ok", "safe", "yes i do", "i feel safe", "its safe", "fine", "yeah safe"])
def test_safe_without_how_much_is_a_side(text: str) -> None:
    assert how_safe(text) == SAFE


@pytest.mark.parametrize("text", ["", "help", "im not safe", "im not safe he is here", "he is hitting me",
                                  "not unsafe", "im not safe now", "not safe at home", "i dont feel safe with him",
                                  "unsafe he is here",
                                  "5", "22", "safe haven", "not completely safe", "i dont feel safe im being followed",
                                  "x" * 300])  # fmt: skip
def test_anything_else_is_no_answer(text: str) -> None:
    assert how_safe(text) == ()


@pytest.mark.parametrize(
    ("text", "side", "key"),
    [("very", UNSAFE, "very_unsafe"), ("Very!", SAFE, "very_safe"), ("fairly", UNSAFE, "fairly_unsafe"),
     ("a bit", UNSAFE, "fairly_unsafe"), ("quite", SAFE, "fairly_safe"), ("he is here", UNSAFE, None)],
)  # fmt: skip
def test_how_much_is_told_in_a_word_once_it_is_asked(text: str, side: tuple[str, ...], key: str | None) -> None:
    assert how_much(text, side) == key


@given(st.text(max_size=120))
def test_any_text_is_read_without_harm(text: str) -> None:
    assert set(how_safe(text)) <= set(SCALE)
