"""The small language for phrases, and text made plain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.support.phrases import compile_phrases, plain

LISTS = {"who": "mum|step dad", "gone": "went*|has gone"}


def found(phrase: str, text: str) -> bool:
    return compile_phrases([phrase], LISTS).search(plain(text)) is not None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("He's here", "hes here"),
        ("HELLO", "helo"),
        ("să mă, zgwałcił", "sa ma zgwalcil"),
        ("r4pe k!ll", "rape kil"),
        ("r*pe", "r_pe"),
        ("s u i c i d e", "suicide"),
        ("raaaaped", "raped"),
        ("3pm a13 15yo 2nd", "3pm a13 15yo 2nd"),
        ("one. two", "one . two"),
        ("a\u200bb", "ab"),
        ("👍 ok", "ok"),
        ("", ""),
    ],
)
def test_text_is_made_plain(text: str, read: str) -> None:
    assert plain(text) == f" . {read} . ".replace(".  .", ". .")


@pytest.mark.parametrize(
    ("phrase", "text", "matches"),
    [
        ("hit me", "he hit me hard", True),
        ("hit me", "he hits me", False),
        ("hit|hits me", "he hits me", True),
        ("hit* me", "hitting me", True),
        ("hit ~ me", "hit and then me", True),
        ("hit ~ me", "hit one two three four me", False),
        ("hit ~ me", "hit it. me too", False),
        ("my <who>", "my step dad", True),
        ("my <who>|nan", "my nan", True),
        ("my <who>", "my dad", False),
        ("mum <gone>", "mum has gone", True),
        ("mum <gone>", "mum wented", True),
        ("the? dog", "dog", True),
        ("the? dog", "the dog", True),
        ("my+own|his dog", "my own dog", True),
        (". help", "please help", False),
        (". help", "well. help", True),
        (". help", "help", True),
        ("one / two", "two", True),
        ("r_pe", "r*pe", True),
        ("stabbed", "stabed", True),
        ("a", "an", False),
    ],
)
def test_a_phrase_matches_what_it_says(phrase: str, text: str, matches: bool) -> None:
    assert found(phrase, text) is matches


def test_a_list_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        compile_phrases(["<nobody>"], {})


@given(st.text(max_size=200))
def test_a_plain_text_has_single_spaces_and_no_capitals(text: str) -> None:
    read = plain(text)
    assert read.startswith(" . ")
    assert read.endswith(" . ")
    assert "  " not in read
    assert not [char for char in read if "A" <= char <= "Z"]
