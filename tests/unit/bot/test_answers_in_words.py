"""What counts as an answer by text: numbers, labels, parts, slips; and what never does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.bot.answers_in_words import Heard, Shown, age_band, choice, said
from community.surveys.questionnaire import AGE_BANDS, AGE_FROM

SCALE = (
    Shown("very_safe", "1", ("Very safe",)),
    Shown("fairly_safe", "2", ("Fairly safe",)),
    Shown("neither", "3", ("Neither", "Neither safe nor unsafe")),
    Shown("fairly_unsafe", "4", ("Fairly unsafe",)),
    Shown("very_unsafe", "5", ("Very unsafe",)),
    Shown("prefer_not_to_say", "0", ("Rather not say", "I'd rather not say")),
)
SEVERAL = (
    Shown("people", "1", ("People hanging around",)),
    Shown("dark", "2", ("Dark", "It is dark")),
    Shown("cctv", "3", ("CCTV", "More CCTV cameras")),
    Shown("harassment", "4", ("Bothered or followed", "Being bothered or followed")),
    Shown("nothing", "5", ("Nothing",), exclusive=True),
    Shown("other", "13", ("Other", "Something else")),
    Shown("dont_know", "14", ("Don't know",), exclusive=True),
)
ROBBED = (
    Shown("me", "1", ("Yes, me",)),
    Shown("someone_i_know", "2", ("Yes, someone I know",)),
    Shown("both", "3", ("Yes, both",)),
    Shown("neither", "4", ("No",)),
)
YES_NO = (Shown("yes", "1", ("Yes",)), Shown("no", "2", ("No",)))


def chosen(text: str, shown: tuple[Shown, ...] = SCALE, *, several: bool = False) -> tuple[str, ...] | None:
    heard = choice(text, shown, several=several)
    return heard.chosen if heard else None


@pytest.mark.parametrize(
    "text",
    ["5", "5.", " 5) ", "(5)", "#5", "number 5", "option 5", "five", "٥", "۵", "5 Very unsafe", "5) very unsafe",
     "very unsafe 5", "Very Unsafe!!", "very un safe", "vry unsafe"],
)  # fmt: skip
def test_one_answer_in_many_forms(text: str) -> None:
    assert chosen(text) == ("very_unsafe",)


@pytest.mark.parametrize(
    "text",
    ["", " ", "6", "9", "55", "1 3", "unsafe", "safe", "not safe", "very", "fairly nsafe", "??", "help", "stop",
     "my ex follows me home", "i feel very very unsafe because he is here", "x" * 500],
)  # fmt: skip
def test_what_is_no_clear_answer_is_none(text: str) -> None:
    assert chosen(text) is None


@pytest.mark.parametrize(
    "text", ["0", "rather not say", "I’d rather not say", "prefer not to say", "rather not", "no comment"]
)
def test_rather_not_say(text: str) -> None:
    assert chosen(text) == ("prefer_not_to_say",)


def test_a_slip_between_two_opposites_chooses_neither() -> None:
    assert chosen("fairly unsafee") == ("fairly_unsafe",)
    assert chosen("farly safe") == ("fairly_safe",)
    assert chosen("fairly usafe") is None


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("1 3 4", ("people", "cctv", "harassment")),
        ("1,3", ("people", "cctv")),
        ("3 and 1", ("people", "cctv")),
        ("1&2", ("people", "dark")),
        ("1. 2. 3.", ("people", "dark", "cctv")),
        ("134", ("people", "cctv", "harassment")),
        ("13", ("other",)),
        ("1 13", ("people", "other")),
        ("1 1 1", ("people",)),
        ("cctv, dark", ("dark", "cctv")),
        ("dark and people hanging around", ("people", "dark")),
        ("2, bothered or followed", ("dark", "harassment")),
        ("dunno", ("dont_know",)),
        ("5", ("nothing",)),
    ],
)
def test_several_answers_in_one_text(text: str, keys: tuple[str, ...]) -> None:
    assert chosen(text, SEVERAL, several=True) == keys


@pytest.mark.parametrize(
    "text", ["1 5", "1 9", "1 but he hits me", "dark and he hits me", "1 3 my ex follows me", "11"]
)
def test_several_answers_of_which_one_is_none_are_none(text: str) -> None:
    assert chosen(text, SEVERAL, several=True) is None


@pytest.mark.parametrize(
    ("text", "key"), [("me", "me"), ("someone i know", "someone_i_know"), ("both", "both"), ("no", "neither")]
)
def test_a_part_of_one_label_only(text: str, key: str) -> None:
    assert chosen(text, ROBBED) == (key,)


def test_a_part_of_several_labels_is_no_answer() -> None:
    assert chosen("yes", ROBBED) is None
    assert chosen("robbed", ROBBED) is None


@pytest.mark.parametrize(("text", "key"), [("y", "yes"), ("Yeah", "yes"), ("nah", "no"), ("N", "no"), ("da", "yes")])
def test_yes_and_no_as_people_write_them(text: str, key: str) -> None:
    assert chosen(text, YES_NO) == (key,)


def test_what_was_only_guessed_says_so() -> None:
    assert choice("4", SEVERAL) == Heard(("harassment",), exact=True)
    assert choice("bothered or followed", SEVERAL) == Heard(("harassment",), exact=True)
    assert choice("followed", SEVERAL) == Heard(("harassment",), exact=False)


@pytest.mark.parametrize(
    ("text", "band"),
    [("34", "25-34"), ("im 15", "13-15"), ("I'm 16", "16-17"), ("12", "under_13"), ("i am 12 years old", "under_13"),
     ("twelve", "under_13"), ("10", "under_13"), ("13", "13-15"), ("18 to 21", "18-21"), ("25-34", "25-34"),
     ("65+", "65+"), ("65 or over", "65+"), ("82", "65+"), ("under 13", "under_13"), ("16 or 17", "16-17"),
     ("40 yrs", "35-44"), ("۱۵", "13-15")],
)  # fmt: skip
def test_an_age_in_years_is_a_band(text: str, band: str) -> None:
    assert age_band(text) == band


@pytest.mark.parametrize(
    "text", ["1", "5", "9", "0", "130", "18 to 44", "im scared", "he is 12", "my son is 12", "", "5 men"]
)
def test_what_is_no_age_is_none(text: str) -> None:
    assert age_band(text) is None


@given(st.integers(min_value=10, max_value=120))
def test_every_age_is_in_the_band_that_holds_it(age: int) -> None:
    band = age_band(str(age))
    assert band in AGE_BANDS and AGE_FROM[band] <= age
    assert all(least > age or least <= AGE_FROM[band] for least in AGE_FROM.values())


@given(st.text(max_size=300))
def test_any_text_is_read_without_harm(text: str) -> None:
    assert said(said(text)) == said(text)
    for shown in (SCALE, SEVERAL):
        heard = choice(text, shown, several=True)
        assert heard is None or set(heard.chosen) <= {option.key for option in shown}
    assert age_band(text) in (None, *AGE_BANDS)
