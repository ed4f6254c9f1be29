"""What people say most plainly is never missed: every sentence of tests/bot/plain, as typed with care, in haste and
with a slip. Danger is the product: no share of misses is allowed."""

from __future__ import annotations

import random
import re
from pathlib import Path
from zlib import crc32

import pytest

from community.bot.meaning import NEEDS, Urgency
from community.bot.training.phrases import read_phrases
from community.bot.understanding import understand
from community.bot.understanding.languages import language_of
from community.bot.understanding.normalising import plain

PHRASES = read_phrases()
FOLDER = Path(__file__).parents[3] / "bot" / "plain"
NEXT_KEY = {
    "a": "s", "b": "v", "c": "v", "d": "s", "e": "r", "f": "g", "g": "h", "h": "j", "i": "o", "j": "k", "k": "l",
    "l": "k", "m": "n", "n": "m", "o": "p", "p": "o", "q": "w", "r": "t", "s": "d", "t": "y", "u": "i", "v": "b",
    "w": "e", "x": "c", "y": "u", "z": "x",
}  # fmt: skip


def hasty(text: str) -> str:
    """Without capitals and signs."""
    return re.sub(r"[^a-z0-9 ]", "", text.lower())


LEARNED = {hasty(phrase.text) for phrase in PHRASES}


def sentences(name: str) -> list[str]:
    return (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()


def slipped(text: str) -> str:
    """In haste, with one letter of a long word doubled, missed, swapped with the next or from the next key; always the
    same one."""
    chance = random.Random(crc32(text.encode()))
    words = hasty(text).split()
    at = chance.choice([place for place, word in enumerate(words) if len(word) == max(map(len, words))])
    word, letter = words[at], chance.randrange(1, len(words[at]) - 1)
    said, way = word[letter], chance.randrange(4)
    changed = [said * 2, "", word[letter + 1] + said, NEXT_KEY.get(said, said)][way]
    words[at] = word[:letter] + changed + word[letter + 1 + (way == 2) :]
    return " ".join(words)


def ways(text: str) -> tuple[str, str, str]:
    return text, hasty(text), slipped(text)


@pytest.mark.parametrize("need", NEEDS)
def test_plain_harm_is_told_with_its_need(need: str) -> None:
    missed = []
    for text in sentences(need):
        for typed in ways(text):
            meaning = understand(typed)
            if meaning.urgency is Urgency.none or need not in (*meaning.topics, *meaning.maybe):
                missed.append((typed, meaning))
    assert missed == []
    assert len(sentences(need)) >= 30


def test_plain_emergencies_are_told_as_such() -> None:
    typed = [way for text in sentences("emergencies") for way in ways(text)]
    assert [text for text in typed if understand(text).urgency is not Urgency.emergency] == []
    assert len(typed) >= 3 * 80


def test_plain_harmless_talk_is_no_emergency() -> None:
    told = [(text, understand(way)) for text in sentences("harmless") for way in (text, hasty(text))]
    assert [text for text, meaning in told if meaning.urgency is Urgency.emergency] == []
    assert len(told) >= 2 * 150


def test_plain_harmless_talk_is_hardly_ever_told_as_harm() -> None:
    told = [(text, understand(way)) for text in sentences("harmless") for way in (text, hasty(text))]
    harmed = [text for text, meaning in told if meaning.urgency is not Urgency.none]
    assert len(harmed) <= 0.03 * len(told), harmed


@pytest.mark.parametrize("name", [*NEEDS, "emergencies", "harmless"])
def test_what_is_tried_here_was_not_learned(name: str) -> None:
    """Bare greetings and errands are learned as they stand; of other harmless talk there is enough that is not."""
    known = [text for text in sentences(name) if hasty(text) in LEARNED]
    if name == "harmless":
        assert len(sentences(name)) - len(known) >= 150
    else:
        assert known == []


def test_plain_harm_that_was_learned_is_told_as_harm() -> None:
    plain = [phrase for phrase in PHRASES if phrase.source.startswith("plain_") and phrase.urgency is not Urgency.none]
    missed = [phrase.text for phrase in plain if understand(phrase.text).urgency is Urgency.none]
    assert missed == []
    assert len(plain) > 3_000


def test_plain_english_is_told_as_english() -> None:
    english = [phrase.text for phrase in PHRASES if phrase.language == "en"]
    other = [text for text in english if language_of(plain(text)) != "en"]
    print(f"{len(other)} of {len(english):,} English phrases told as another language")
    assert len(other) < 0.005 * len(english)
