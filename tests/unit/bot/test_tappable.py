"""Numbers in a reply that a thumb can tap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.bot.tappable import Piece, pieces


def test_numbers_of_the_catalogue_are_found() -> None:
    assert pieces("Call 999. Or 0800 1111 (under 19).") == (
        Piece("Call "), Piece("999", "999"), Piece(". Or "), Piece("0800 1111", "08001111"), Piece(" (under 19)."),
    )  # fmt: skip


@pytest.mark.parametrize("text", ["", "no number", "19991", "1999", "+999", "999 9", "0800 11112", "07700 900123"])
def test_nothing_else_is(text: str) -> None:
    assert [piece.number for piece in pieces(text) if piece.number] == []


@given(st.text())
def test_joined_again_it_is_the_same(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text + "999" + text)) == text + "999" + text
