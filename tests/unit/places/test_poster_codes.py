"""A poster's code: what is drawn, what is read back, and every slip that it catches."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.places.codes import ALPHABET, check_character, display, is_ours_shape, new_code, normalise

codes = st.integers().map(lambda seed: new_code(random.Random(seed)))
GAPS = ["", "", " ", "-", "\u2013", "\u00a0", "."]
bodies = st.text(ALPHABET, min_size=7, max_size=7)


def test_a_code_is_eight_characters_of_the_alphabet_without_i_l_o_u() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)
    for _ in range(200):
        code = new_code()
        assert len(code) == 8
        assert set(code) <= set(ALPHABET)
        assert normalise(code) == code


def test_codes_do_not_repeat_in_a_few_thousand() -> None:
    assert len({new_code() for _ in range(5_000)}) == 5_000


def test_the_same_seed_draws_the_same_codes() -> None:
    assert [new_code(random.Random(3)) for _ in range(2)] == [new_code(random.Random(3)) for _ in range(2)]


@given(codes)
def test_no_three_letters_stand_together(code: str) -> None:
    assert not any(run.isalpha() for run in (code[i : i + 3] for i in range(6)))


def test_every_wrong_character_in_every_position_is_caught() -> None:
    for code in (new_code(random.Random(seed)) for seed in range(50)):
        for position, wrong in itertools.product(range(8), ALPHABET):
            if wrong != code[position]:
                assert normalise(code[:position] + wrong + code[position + 1 :]) is None


@pytest.mark.parametrize("position", range(7))
def test_every_swap_of_two_neighbours_is_caught(position: int) -> None:
    for first, second in itertools.permutations(ALPHABET, 2):
        for rest in ("000000", "7QZ3K9", "ZZZZZZ"):
            body = list(rest[:position] + first + second + rest[position:])[:8]
            code = _with_right_check("".join(body), position)
            if code is None:
                continue
            swapped = code[:position] + code[position + 1] + code[position] + code[position + 2 :]
            assert normalise(code) == code
            assert normalise(swapped) is None


def _with_right_check(body: str, position: int) -> str | None:
    """The code of eight that begins so; None if the pair to swap would have to hold the check and does not."""
    code = body[:7] + check_character(body[:7])
    return None if code[position] == code[position + 1] else code


@given(bodies, st.integers(0, 7), st.integers(0, 7))
def test_any_two_different_characters_changed_over_are_caught(body: str, one: int, other: int) -> None:
    code = list(body + check_character(body))
    right = "".join(code)
    code[one], code[other] = code[other], code[one]
    assert (normalise("".join(code)) is None) == ("".join(code) != right)


def test_one_in_thirty_two_of_all_strings_of_the_shape_passes() -> None:
    rng = random.Random(11)
    drawn = ["".join(rng.choices(ALPHABET, k=8)) for _ in range(20_000)]
    assert 520 < sum(normalise(code) is not None for code in drawn) < 730  # 625, give or take four and a half sigma


@given(codes, st.data())
def test_small_letters_gaps_and_look_alikes_do_no_harm(code: str, data: st.DataObject) -> None:
    typed = ""
    for character in code:
        looks = {"0": "0oO", "1": "1iIlL"}.get(character, character + character.lower())
        typed += data.draw(st.sampled_from(looks)) + data.draw(st.sampled_from(GAPS))
    assert normalise(f"  {typed}\n") == code


@given(st.text())
def test_whatever_is_typed_gives_none_or_a_code_that_reads_as_itself(text: str) -> None:
    code = normalise(text)
    assert code is None or (normalise(code) == code and set(code) <= set(ALPHABET) and len(code) == 8)


@pytest.mark.parametrize("text", ["", "        ", "ABC", "UUUUUUUU", "\u0131" * 8, "12345678" * 40, "1234567\u0664"])
def test_what_cannot_be_ours_is_none(text: str) -> None:
    assert normalise(text) is None


def test_a_slip_still_has_our_shape_and_other_things_have_not() -> None:
    code = new_code(random.Random(1))
    slip = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert normalise(slip) is None
    assert is_ours_shape(slip.lower())
    assert not is_ours_shape("poster")
    assert not is_ours_shape("UUUUUUUU")


@given(codes)
def test_what_is_printed_reads_back(code: str) -> None:
    assert display(code) == f"{code[:4]}-{code[4:]}"
    assert normalise(display(code)) == code
