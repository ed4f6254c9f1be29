"""The sets the bot is measured with: well formed, and apart from each other and from what it learns.

Failures name line numbers, never messages: a held-back line that is shown is held back no more."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from community.bot.training.phrases import read_file, read_phrases

SETS: Final = Path(__file__).parents[2] / "bot_sets"
VALIDATION: Final = SETS / "validation.txt"
HELD_BACK: Final = SETS / "held_back.txt"


def same(text: str) -> str:
    """What is left of a message when case, marks and spacing are set aside: two that agree in it are one message."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip() or text


def messages_in(path: Path) -> list[str]:
    return [same(phrase.text) for phrase in read_file(path)]


def places_of(known: set[str], path: Path) -> list[int]:
    """The lines of a set that say what is known already."""
    lines = path.read_text("utf-8").splitlines()
    return [number for number, line in enumerate(lines, start=1) if same(line.strip()) in known and line.strip()]


@pytest.mark.parametrize(("path", "least"), [(VALIDATION, 650), (HELD_BACK, 1300)], ids=["validation", "held back"])
def test_each_set_is_well_formed_and_large_enough(path: Path, least: int) -> None:
    count = len(read_file(path))
    assert count >= least


@pytest.mark.parametrize("path", [VALIDATION, HELD_BACK], ids=["validation", "held back"])
def test_no_message_stands_twice_in_a_set(path: Path) -> None:
    messages = messages_in(path)
    twice = {message for message in messages if messages.count(message) > 1}
    found = places_of(twice, path)
    assert found == []


@pytest.mark.parametrize("path", [VALIDATION, HELD_BACK], ids=["validation", "held back"])
def test_nothing_the_bot_learns_from_stands_in_a_set(path: Path) -> None:
    learned = {same(phrase.text) for phrase in read_phrases()}
    found = places_of(learned, path)
    assert found == []


def test_no_message_stands_in_both_sets() -> None:
    found = places_of(set(messages_in(VALIDATION)), HELD_BACK)
    assert found == []


def test_the_held_back_set_says_so_in_its_first_line() -> None:
    first = HELD_BACK.read_text("utf-8").splitlines()[0]
    assert first.startswith("# Held back: nobody who works on the rules")
