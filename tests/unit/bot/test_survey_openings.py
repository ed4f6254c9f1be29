"""How a survey is asked for, and the words that steer one."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.bot.openings import opening_in
from community.bot.survey_commands import Command, command_in, language_in
from community.bot.survey_state import WHERE, Underway
from community.bot.understanding.commands import command_in as errand_in
from community.bot.understanding.normalising import plain
from community.places.codes import new_code

CODE = "W8Q628ZV"
KEPT = Underway("asked", "", 1, "q").to_json()


@pytest.mark.parametrize(
    "text",
    [CODE, "w8q6-28zv", "W8Q6 28ZV", "w 8 q 6 2 8 z v", "survey w8q6 28zv", "Survey: W8Q628ZV", "SURVEY W8Q6-28ZV",
     "my code is w8q628zv", "W8Q6–28ZV.", "code W8Q6 28ZV please"],
)  # fmt: skip
def test_a_code_as_people_type_it(text: str) -> None:
    found = opening_in(text)
    assert found is not None and found.codes == (CODE,)


@given(st.randoms(use_true_random=False))
def test_letters_that_look_like_figures_are_read_as_those(rng: random.Random) -> None:
    code = new_code(rng)
    typed = code.replace("0", "O").replace("1", "l").lower()
    found = opening_in(typed)
    assert found is not None and code in found.codes


@pytest.mark.parametrize("text", ["W8Q628ZW", "w8q6-28z9", "survey 7K3M94Q9"])
def test_a_code_with_a_slip_is_known_for_a_code(text: str) -> None:
    found = opening_in(text)
    assert found is not None and found.is_code


@pytest.mark.parametrize(
    "text",
    ["", "hello", "whatever", "12032024", "he hits me", "haven W8Q628ZV", "nearest to w8q628zv", "1 3 4", "x" * 200,
     "my survey at work went badly", "999"],
)  # fmt: skip
def test_what_opens_nothing(text: str) -> None:
    assert opening_in(text) is None


def test_eight_figures_are_a_code_only_if_the_table_says_so() -> None:
    found = opening_in("99999999") or opening_in("07911123")
    assert found is None or not found.is_code


@pytest.mark.parametrize(
    ("text", "place", "language"),
    [
        ("survey", "", ""),
        ("SURVEY", "", ""),
        ("take part", "", ""),
        ("survey Barking Station", "Barking Station", ""),
        ("survey at the heathway", "the heathway", ""),
        ("do the survey", "", ""),
        ("survey urdu", "", "ur"),
        ("survey barking station romana", "barking station", "ro"),
    ],
)
def test_a_survey_by_name_place_and_language(text: str, place: str, language: str) -> None:
    found = opening_in(text)
    assert found is not None
    assert (found.codes, found.is_code, found.place, found.language) == ((), False, place, language)


@pytest.mark.parametrize(
    ("text", "command"),
    [("skip", Command.skip), ("Skip please", Command.skip), ("BACK", Command.back), ("change my answer", Command.back),
     ("finish", Command.finish), ("im done", None), ("who sees this?", Command.who),
     ("survey", Command.survey),
     ("what?", Command.resume), ("înapoi", Command.back), ("back off", None), ("stop", None), ("end", None),
     ("help", None), ("", None)],
)  # fmt: skip
def test_words_that_steer(text: str, command: Command | None) -> None:
    assert command_in(text) is command


@pytest.mark.parametrize(
    ("text", "tag"),
    [("romana", "ro"), ("Română", "ro"), ("urdu", "ur"), ("اردو", "ur"), ("English", "en"), ("french", None)],
)
def test_languages_by_name(text: str, tag: str | None) -> None:
    assert language_in(text) == tag


@pytest.mark.parametrize("word", ["skip", "back", "finish", "who", "next", "survey", "romana", "urdu", "english"])
def test_no_word_that_steers_is_taken_for_stop(word: str) -> None:
    assert errand_in(plain(word)) != "stop"


def test_the_state_is_plain_values_and_comes_back_whole() -> None:
    state = Underway(WHERE, "", 0, "safety", ("upney-station", "barking-park"), "ro")
    assert Underway.from_json(state.to_json()) == state


@pytest.mark.parametrize(
    "plain_values",
    [{}, {"asked": 1}, {"phase": "asked", "shown": 3}, {**KEPT, "x": 1}, {**KEPT, "ticket": 7}, {**KEPT, "wave": "1"}],
)
def test_a_state_of_another_version_is_none(plain_values: dict[str, object]) -> None:
    assert Underway.from_json(plain_values) is None
