"""Segments as networks bill them: worked by hand from 3GPP TS 23.038 for the edges, and by properties for the rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.messaging.segments import is_gsm7, length, outside_gsm7, segments


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 0), ("a", 1), ("a" * 160, 1), ("a" * 161, 2), ("a" * 306, 2), ("a" * 307, 3),
        ("€" * 80, 1), ("€" * 81, 2), ("a" * 152 + "€" + "a" * 10, 2),
        ("я" * 70, 1), ("я" * 71, 2), ("я" * 134, 2), ("я" * 135, 3), ("😀" * 35, 1), ("😀" * 36, 2),
    ],
)  # fmt: skip
def test_a_text_has_as_many_segments_as_the_network_bills(text: str, parts: int) -> None:
    assert segments(text) == parts


def test_a_sign_of_two_places_is_not_torn_between_two_parts() -> None:
    assert segments("a" * 152 + "€" + "a" * 151) == 2
    assert segments("a" * 152 + "€" + "a" * 152) == 3, "306 places, of which one in the first part stays empty"


@pytest.mark.parametrize("sign", ["’", "“", "–", "…", "\u00a0", "ș", "`"])
def test_signs_that_word_processors_put_in_make_a_text_dearer(sign: str) -> None:
    assert outside_gsm7(f"it{sign}s {sign}") == (sign,)
    assert segments("a" * 100 + sign) == 2


def test_plain_signs_do_not() -> None:
    assert is_gsm7('It\'s 9.30am (£1), 24/7: text "SHOUT" to 85258? Yes! 50% @ & + = [x] {y} ~ ^ | \\ é')


@given(st.text(), st.text())
def test_a_longer_text_never_has_fewer_segments(first: str, more: str) -> None:
    assert segments(first) <= segments(first + more)


@given(st.text(alphabet="ab€^", min_size=161))
def test_parts_hold_what_they_can_and_no_more(text: str) -> None:
    assert length(text) <= segments(text) * 153
    assert length(text) > (segments(text) - 1) * 152 - 153 or segments(text) <= 2
