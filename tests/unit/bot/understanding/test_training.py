"""Making the model: phrases read strictly, the same model from the same phrases, and the shipped one up to date."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from community.bot.meaning import Urgency
from community.bot.training import sharing
from community.bot.training.alternatives import MOST, messages_of
from community.bot.training.augmenting import variants
from community.bot.training.fitting import fit
from community.bot.training.phrases import BadPhrases, read_file, read_phrases
from community.bot.training.sources import digest
from community.bot.understanding import understand
from community.bot.understanding.model import PARTS, Model, shipped

PHRASES = """
# a note
[domestic_abuse urgent man | en ordinary]
my wife hits me
my wife took my keys

[domestic_abuse emergency | en ordinary]
he is hitting me now
help he has a knife now

[out_of_scope none | en slang]
that exam was easy
bins day when
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "some.txt").write_text(PHRASES, "utf-8")
    return tmp_path


def test_phrases_stand_under_what_they_mean(folder: Path) -> None:
    phrases = read_phrases(folder)
    assert [phrase.text for phrase in phrases][:2] == ["my wife hits me", "my wife took my keys"]
    assert phrases[0].facets == {"man"}
    assert (phrases[0].topics, phrases[0].urgency) == (("domestic_abuse",), Urgency.urgent)
    assert (phrases[-1].language, phrases[-1].style) == ("en", "slang")


@pytest.mark.parametrize(
    "text",
    [
        "a phrase", "[domestic_abuse | en ordinary]\nx", "[nonsense urgent | en ordinary]\nx", "[suicide urgent]\nx",
        "[suicide urgent none | en ordinary]\nx", "[suicide urgent | en fancy]\nx",
    ],
)  # fmt: skip
def test_a_heading_that_means_nothing_is_named_with_its_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_text(text, "utf-8")
    with pytest.raises(BadPhrases, match=r"bad\.txt:1"):
        read_file(path)


def test_a_line_may_offer_alternatives_and_each_has_its_turn() -> None:
    line = "my {dad|mum} {hits|slaps|kicks} me {|again|every week}"
    said = messages_of(line)
    assert said == messages_of(line)
    assert len(set(said)) == len(said) == MOST
    for words in ("my dad ", "my mum ", " hits ", " slaps ", " kicks ", " again", " every week"):
        assert any(words in text for text in said), words
    assert any(text.endswith(" me") for text in said)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("no braces here", ["no braces here"]),
        ("{hi|hello}", ["hello", "hi"]),
        ("hi {there|}.", ["hi there.", "hi."]),
        ("{ok|fine}{, thanks| then}", ["fine then", "fine, thanks", "ok then", "ok, thanks"]),
    ],
)
def test_alternatives_are_written_out(line: str, said: list[str]) -> None:
    assert sorted(messages_of(line)) == said


@pytest.mark.parametrize("line", ["{hi|hello", "hi}", "{hi}", "{}", "{hi|hi}", "{a|{b|c}}"])
def test_alternatives_that_mean_nothing_are_named_with_their_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_text(f"[smalltalk none | en ordinary]\nfine\n{line}\n", "utf-8")
    with pytest.raises(BadPhrases, match=r"bad\.txt:3"):
        read_file(path)


def test_a_line_with_alternatives_is_several_phrases_of_one_meaning(tmp_path: Path) -> None:
    (tmp_path / "some.txt").write_text("[robbery urgent | en ordinary]\n{got|was} robbed\n", "utf-8")
    assert {(phrase.text, phrase.topics) for phrase in read_phrases(tmp_path)} == {
        ("got robbed", ("robbery",)), ("was robbed", ("robbery",)),
    }  # fmt: skip


def assert_same(one: Model, other: Model) -> None:
    assert one.second is not None
    assert other.second is not None
    for mine, theirs in ((one.first, other.first), (one.second.hidden, other.second.hidden)):
        assert all(np.array_equal(getattr(mine, part), getattr(theirs, part)) for part in PARTS)
    assert np.array_equal(one.second.out, other.second.out)
    assert np.array_equal(one.second.bias, other.second.bias)


def test_the_work_may_be_shared_between_processes(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    alone = fit(read_phrases(folder), "digest")
    monkeypatch.setattr(sharing, "WORTH_SHARING", 1)
    shared = fit(read_phrases(folder), "digest")
    assert_same(alone, shared)


def test_the_same_phrases_give_the_same_model(folder: Path) -> None:
    first, second = (fit(read_phrases(folder), "digest") for _ in range(2))
    assert_same(first, second)


def test_a_model_knows_what_it_was_taught(folder: Path) -> None:
    model = fit(read_phrases(folder), "digest")
    assert understand("my wife hits me", model=model).urgency is not Urgency.none
    assert understand("that exam was easy", model=model).urgency is Urgency.none


def test_other_ways_to_type_a_phrase_are_the_same_each_time() -> None:
    ways = variants("My husband won't let me see my friends", 4)
    assert ways == variants("My husband won't let me see my friends", 4)
    assert 2 <= len(set(ways)) <= 4
    assert "My husband won't let me see my friends" not in ways


def test_the_shipped_model_was_made_from_the_phrases_and_lists_that_are_here() -> None:
    model = shipped()
    assert model is not None
    assert model.digest == digest(), "phrases or lists have changed: run `make train` and commit weights.npz"
