"""Personal details leave free words; the rest of the words stays."""

import re
import time
import unicodedata
from pathlib import Path
from typing import Any

import phonenumbers
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from community.shared.masking import LONGEST_MARK, MARKS, clean, mask

CASES: dict[str, list[Any]] = yaml.safe_load(Path(__file__).with_name("masking_cases.yaml").read_text("utf-8"))
MASKED, WHOLE = CASES["masked"], CASES["whole"]


def digits(text: str) -> str:
    return "".join(str(unicodedata.digit(char)) for char in text if unicodedata.digit(char, None) is not None)


@pytest.mark.parametrize("case", MASKED, ids=lambda case: f"{case['kind']}: {case['text'][:50]}")
def test_a_personal_detail_is_taken_out(case: dict[str, str]) -> None:
    masked = mask(case["text"])
    assert case["secret"].casefold() not in masked.text.casefold()
    if len(digits(case["secret"])) >= 4:
        assert digits(case["secret"]) not in digits(masked.text)
    assert case["kind"] in masked.kinds or case.get("other_kind")
    assert any(mark in masked.text for mark in MARKS.values())


@pytest.mark.parametrize("text", WHOLE)
def test_ordinary_words_stay_whole(text: str) -> None:
    assert mask(text).text == text


def test_the_lists_are_long_enough_and_say_nothing_twice() -> None:
    assert len(MASKED) >= 200
    assert len(WHOLE) >= 80
    assert len({(case["text"], case["secret"]) for case in MASKED}) == len(MASKED)
    assert len(set(WHOLE)) == len(WHOLE)
    assert {case["kind"] for case in MASKED} == set(MARKS)
    assert all(case["secret"] in case["text"] for case in MASKED)


@pytest.mark.parametrize("case", MASKED[::3], ids=lambda case: case["text"][:40])
def test_a_detail_is_found_in_the_middle_of_a_sentence(case: dict[str, str]) -> None:
    masked = mask(f"it was dark and then {case['text']}, so i ran home")
    assert case["secret"].casefold() not in masked.text.casefold()
    assert masked.text.startswith("it was dark and")
    assert masked.text.endswith("ran home")


@pytest.mark.parametrize("region", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_a_mobile_number_of_any_country_is_taken_out(region: str) -> None:
    number = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    if number is None:
        pytest.skip("no example")
    for layout in (phonenumbers.PhoneNumberFormat.INTERNATIONAL, phonenumbers.PhoneNumberFormat.E164):
        written = phonenumbers.format_number(number, layout)
        assert not digits(mask(f"call {written} now").text)


_gaps = st.sampled_from(["", " ", "-", ".", "  ", " - ", "/", "\u200b", "\u00a0", "(", ") ", "_", ", "])


@settings(max_examples=500)
@given(
    local=st.text("0123456789", min_size=9, max_size=9),
    gaps=st.lists(_gaps, min_size=11, max_size=11),
    before=st.sampled_from(["call ", "hes on ", "no ", "2 boys, ", "me: ", ""]),
    after=st.sampled_from(["", " pls", ". Thanks", " or 999", " x"]),
)
def test_a_uk_mobile_is_found_however_it_is_broken_up(local: str, gaps: list[str], before: str, after: str) -> None:
    written = "07" + "".join(gap + digit for gap, digit in zip(gaps, local, strict=False))
    assert digits(local) not in digits(mask(before + written + after).text)


STREETS = ["Ripple", "Axe", "Longbridge", "Upper Abbey", "St Awdry's", "Mayesbrook", "Green", "Old Dagenham", "Park"]


@settings(max_examples=300)
@given(
    number=st.integers(1, 999).filter(lambda n: n not in (999, 101, 111, 112)),
    letter=st.sampled_from(["", "a", "B"]),
    street=st.sampled_from(STREETS),
    kind=st.sampled_from(["Road", "Street", "Avenue", "Lane", "Gardens", "Rd", "St"]),
    between=st.sampled_from([" ", ", ", "  ", "\u00a0"]),
    before=st.sampled_from(["i live at ", "", "come to ", "Flat 2, ", "no. ", "it happened outside "]),
    small=st.booleans(),
)
def test_a_house_number_and_its_street_are_taken_out(
    number: int, letter: str, street: str, kind: str, between: str, before: str, small: bool
) -> None:
    written = f"{number}{letter}{between}{street} {kind}"
    masked = mask(f"{before}{written.lower() if small else written} last night")
    assert "address" in masked.kinds
    assert street.lower() not in masked.text.lower()
    assert not digits(masked.text)
    assert masked.text.endswith(" last night")


@given(
    n=st.integers(1, 12),
    who=st.sampled_from(["men", "boys", "people", "kids", "cars", "police", "lads on bikes", "teenagers", "lamps"]),
    where=st.sampled_from(["on the road", "in the street", "near Ripple Road", "down the lane", "by Axe Street"]),
)
def test_people_and_things_that_are_counted_by_a_street_stay(n: int, who: str, where: str) -> None:
    text = f"I saw {n} {who} {where}"
    assert mask(text).text == text


@given(st.text(max_size=200))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = mask(text).text
    assert mask(once).text == once


_pieces = st.sampled_from([case["text"] for case in MASKED] + WHOLE + [" ", ", ", "\n", ". ", " or ", "@", "+", "0"])


@given(st.lists(_pieces, max_size=6).map("".join))
def test_masking_a_mixture_twice_changes_nothing_more_and_stays_in_bounds(text: str) -> None:
    once = mask(text)
    assert mask(once.text).text == once.text
    assert len(once.text) <= (LONGEST_MARK + 1) * max(len(text), 1)
    assert bool(once.kinds) == (once.text != text)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=120))
def test_a_text_grows_no_more_than_promised(text: str) -> None:
    assert len(mask(text).text) <= (LONGEST_MARK + 1) * max(len(text), 1)


@given(st.text("abcdefghijkl mnop,!?", max_size=80))
def test_what_is_not_taken_out_is_not_touched(text: str) -> None:
    masked = mask(text)
    for piece in re.split(r"\[[a-z ]+ removed\]", masked.text):
        assert piece in text


HOSTILE = [
    "0", "07700 900123 ", "1 ", "o", "O0", "a", "a ", "A1", "@", "a@", "a.", ".", "a.a@", "www.", "a dot ", "a at ",
    "snap ", "snap: ", "_", "a_", "-", "+", "( ", "my name is ", "I'm ", "Mr ", "Zaqir ", "mohammed ", "mark ", "AB12 ",
    "IG11 ", "reg ", "plate was ", "\u200b", "0\u200b", "\ufdfa", "[phone removed]", "[", "zero ", "double ", "http",
    "http://", "12/05/", "12:30", "#1234", "a#", "dot com ", "i.i.", "  ", "\n", "é", "ি", "🙂", "'", "a'", "ig ", "0/",
    "2019 ", "0900 ", "a dash ", "a1_", "x@y ", "on snap ", "Z. ", "Zaq-", "1/1/", "7700 900123 ", "www.a_",
    "\u200b12:30", "3012:", "44 7700 900123 ", "http://http",
    "12 ", "12 a ", "12 Ripple ", "flat 3 ", "1 the ", "12, ", "no 1 ", "1-1 ",
    "a road ", "12 a'a ", "Axe Street no 1 ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_ten_thousand_hostile_characters_take_no_longer_than_a_moment(piece: str) -> None:
    text = (piece * 10_000)[:10_000] + "!"
    started = time.process_time()
    masked = mask(text).text
    assert time.process_time() - started < 2.5
    assert mask(masked).text == masked


def test_a_cut_leaves_no_part_of_a_number() -> None:
    assert clean("call me on 07700 900123", 18) == "call me on"
    assert clean("07700900123", 6) == ""
    assert clean("I am at zaq@example.com", 12) == "I am at"


def test_a_cut_of_one_long_word_keeps_what_fits() -> None:
    assert clean("a" * 50, 10) == "a" * 10


def test_a_text_that_fits_is_not_cut() -> None:
    assert clean("bus 62", 6) == "bus 62"


def test_white_space_is_folded_and_control_characters_go() -> None:
    assert clean("  one\t\ttwo\r\n\r\nthree\u00a0four\x00\x07 ", 100) == "one two three four"


def test_hidden_direction_marks_go_and_joiners_that_spell_words_stay() -> None:
    assert clean("a\u202eb\u2066c\ufeff", 10) == "abc"
    assert clean("می\u200cخواهم 👨\u200d👩", 20) == "می\u200cخواهم 👨\u200d👩"


def test_letters_are_composed() -> None:
    assert clean("e\u0301", 5) == "é"


@given(st.text(max_size=300), st.integers(min_value=1, max_value=100))
def test_clean_words_can_be_stored_anywhere(text: str, most: int) -> None:
    cleaned = clean(text, most)
    assert len(cleaned) <= most
    assert cleaned == clean(cleaned, most)
    assert "\x00" not in cleaned
    assert cleaned == cleaned.strip()
    assert "  " not in cleaned
    cleaned.encode("utf-8")
