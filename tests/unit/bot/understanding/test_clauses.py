"""Where one thing said ends and the next begins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.bot.understanding.clauses import clauses_of, is_led_in

WORDS = st.lists(
    st.sampled_from(
        [
            ".",
            "he",
            "hes",
            "i",
            "my",
            "dad",
            "and",
            "but",
            "in",
            "the",
            "film",
            "is",
            "hitting",
            "me",
            "now",
            "who",
            "so",
        ]
    ),
    max_size=30,
)


def parts(said: str) -> list[str]:
    words = said.split()
    found: dict[int, list[str]] = {}
    for number, word in zip(clauses_of(words), words, strict=True):
        found.setdefault(number, []).append(word)
    return [" ".join(clause) for clause in found.values()]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("he lost on fifa and hes hitting me", ["he lost on fifa", "and hes hitting me"]),
        ("hes got a knife he stabbed my friend", ["hes got a knife", "he stabbed my friend"]),
        ("this isnt a film he is strangling me", ["this isnt a film", "he is strangling me"]),
        ("in the film he is strangling her", ["in the film he is strangling her"]),
        ("a film where he has a knife", ["a film where he has a knife"]),
        ("he hit me . it was a game", ["he hit me .", "it was a game"]),
    ],
)
def test_a_person_or_a_joining_word_begins_a_clause(said: str, expected: list[str]) -> None:
    assert parts(said) == expected


@given(WORDS)
def test_clauses_follow_each_other_from_nought(words: list[str]) -> None:
    numbers = clauses_of(words)
    assert len(numbers) == len(words)
    assert sorted(set(numbers)) == list(range(len(set(numbers))))
    assert numbers == sorted(numbers)


def test_what_leads_a_message_in_is_said_of_all_of_it() -> None:
    assert is_led_in([".", "in", "the", "film", "he", "hits", "me", "."], 2)
    assert not is_led_in([".", "he", "lost", "on", "fifa", "and", "hes", "hitting", "me", "."], 3)
    assert not is_led_in([".", "my", "film", "was", "on", "and", "he", "hit", "me", "."], 2)
