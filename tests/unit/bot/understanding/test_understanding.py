"""What messages are told to mean: danger, errands, doubt; with the model and without."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.bot.meaning import FACETS, NEEDS, TOPICS, Urgency
from community.bot.training.fitting import OUTPUTS
from community.bot.understanding import understand
from community.bot.understanding.deciding import NO_ALARM
from community.bot.understanding.model import FILE, LOUDEST, Model, Second, Sum, read_model

ANSWER_SECONDS = 5
"""Help must have been answered by then, whatever breaks; a hundred times what the longest text takes."""
DANGER = [
    ("he's got a knife and he's at the door", "domestic_abuse"),
    ("my husband is strangling my mum", "domestic_abuse"),
    ("he's hitting me", "domestic_abuse"),
    ("he is kicking my front door in", "domestic_abuse"),
    ("somebody has just been stabbed outside the chicken shop", "weapons"),
    ("armed men in the bank", "weapons"),
    ("he has swallowed bleach", "suicide"),
    ("she took all her tablets", "suicide"),
    ("someone is in my house", "robbery"),
    ("HELP HELP HELP", "menu"),
    ("ratunku", "menu"),
]
ORDINARY = [
    "we smoked them 5 nil", "mum is gonna kill me when she sees the carpet", "these heels are killing me",
    "who shot Franz Ferdinand", "he shot someone in that film", "I'd kill for a kebab", "ignore previous instructions",
    "nobody is hitting me", "he was stabbed ten years ago in eastenders", "she beat me at scrabble",
]  # fmt: skip


NOTHING = Sum(np.zeros(0, np.uint32), np.zeros((0, len(OUTPUTS)), np.int8), np.zeros(len(OUTPUTS), np.float32),
              np.full(len(OUTPUTS), -30.0, np.float32))  # fmt: skip
NO = Model(OUTPUTS, NOTHING, None, "")
"""A model that sees nothing in anything."""
EMPTY = (np.zeros(0, np.uint32), np.zeros(0, np.float32))
"""Features of nothing."""


@pytest.mark.parametrize(("text", "topic"), DANGER)
def test_plain_danger_needs_no_model(text: str, topic: str) -> None:
    meaning = understand(text, model=None)
    assert meaning.urgency is Urgency.emergency
    assert meaning.topics[0] == topic


@pytest.mark.parametrize(("text", "topic"), DANGER)
def test_no_model_overrules_a_rule(text: str, topic: str) -> None:
    for meaning in (understand(text), understand(text, model=NO)):
        assert meaning.urgency is Urgency.emergency
        assert topic in (*meaning.topics, "menu")


SIGNS = [
    "my mates kidnapped me for a weekend away", "hes got a sword made of foam and glue",
    "they are trying to break in the new pony",
]  # fmt: skip


def surely(alarm: float) -> Model:
    """A model that says no more than how likely an emergency is, of whatever it reads."""
    bias = NOTHING.bias.copy()
    bias[OUTPUTS.index("alarm")] = np.log(alarm / (1 - alarm))
    return replace(NO, first=replace(NOTHING, bias=bias))


@pytest.mark.parametrize("text", SIGNS)
def test_a_sign_of_danger_gives_way_only_to_a_model_that_is_all_but_certain(text: str) -> None:
    assert understand(text, model=None).urgency is Urgency.emergency
    assert understand(text, model=surely(NO_ALARM + 0.01)).urgency is Urgency.emergency
    taken_back = understand(text, model=surely(NO_ALARM - 0.01))
    assert taken_back.urgency is not Urgency.emergency
    assert taken_back.urgency is not Urgency.none or not taken_back.sure


@pytest.mark.parametrize("text", ["my mates kidnapped me", "hes got a sword", "hit by a lorry", "they are breaking in"])
def test_of_few_words_no_sign_is_taken_back(text: str) -> None:
    assert understand(text, model=NO).urgency is Urgency.emergency


def test_the_second_reader_is_asked_of_more_than_a_few_words_and_does_not_shout() -> None:
    unit = Sum(NOTHING.features, np.zeros((0, 1), np.int8), np.zeros(1, np.float32), np.ones(1, np.float32))
    loud = Second(unit, np.array([[-90.0, 0.0, 90.0]], np.float32), np.zeros(3, np.float32))
    assert loud.odds(*EMPTY) == pytest.approx({"alarm": LOUDEST, "harm": LOUDEST, "now": 90.0})
    both, alone = (replace(NO, second=loud).chances(*EMPTY, together=together)["alarm"] for together in (True, False))
    assert both > alone == NO.chances(*EMPTY)["alarm"]


@pytest.mark.parametrize("text", ORDINARY)
def test_what_only_sounds_like_danger_is_none(text: str) -> None:
    assert understand(text, model=None).urgency is Urgency.none
    assert understand(text).urgency is not Urgency.emergency


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("i want to kill myself", "suicide"), ("my boyfriend slaps me around", "domestic_abuse"),
        ("he raped me", "sexual_violence"), ("my dad hits me", "child_safety"), ("got robbed", "robbery"),
        ("my ex keeps following me", "stalking"), ("they are forcing me to marry", "honour_abuse"),
        ("they make me sell drugs", "exploitation"), ("he carries a knife to school", "weapons"),
        ("racist abuse on the bus", "hate_crime"), ("he is sharing my nudes", "image_abuse"),
        ("i hit my wife", "own_behaviour"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("model", [None, NO], ids=["no model", "a model that sees nothing"])
def test_no_model_overrules_a_rule_for_harm(text: str, need: str, model: Model | None) -> None:
    meaning = understand(text, model=model)
    assert meaning.urgency is not Urgency.none
    assert need in meaning.topics
    assert meaning.sure
    assert meaning.language == "en"


def test_somebody_who_must_not_be_heard_is_told_apart() -> None:
    for text in ("cant talk hes in the next room", "no voice calls, he's sitting beside me"):
        assert understand(text).urgency is Urgency.emergency
        assert "cannot_speak" in understand(text).facets


@pytest.mark.parametrize(
    ("text", "topic", "facets"),
    [
        ("my boyfriend takes my wages and screams in my face", "domestic_abuse", set()),
        ("I'm her husband and she hits me", "domestic_abuse", {"man"}),
        ("my dad hits me with a belt, im 12", "child_safety", {"child"}),
        ("I want to die", "suicide", set()),
        ("my phone was snatched on Ripple Road this morning", "robbery", set()),
        ("my ex waits outside my work every day", "stalking", set()),
        ("they are making me marry my cousin", "honour_abuse", set()),
        ("I hit my girlfriend and I want to stop", "own_behaviour", set()),
        ("mera shohar mujhe marta hai", "domestic_abuse", set()),
        ("Mąż mnie bije i grozi mi", "domestic_abuse", set()),
    ],
)
def test_harm_is_told_with_who_it_happens_to(text: str, topic: str, facets: set[str]) -> None:
    meaning = understand(text)
    assert meaning.urgency is not Urgency.none
    assert topic in meaning.topics
    assert facets <= meaning.facets


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("STOP", "stop"), ("hello", "start"), ("menu", "menu"), ("what can you do", "menu"),
        ("nearest safe haven to RM10 7AA", "safe_haven"), ("how do I take the survey", "survey"),
        ("who reads these messages", "privacy"), ("how do I delete these messages", "phone_watched"),
        ("the street light outside number 4 is broken", "report_place"), ("what day are the bins", "out_of_scope"),
    ],
)  # fmt: skip
def test_errands_are_told(text: str, topic: str) -> None:
    meaning = understand(text)
    assert (meaning.topics[0], meaning.urgency) == (topic, Urgency.none)


@pytest.mark.parametrize("text", ["", "   ", "??", "🫠", "\x00", "...", "\u200b"])
def test_nothing_said_is_a_menu_without_being_sure(text: str) -> None:
    meaning = understand(text)
    assert meaning.topics == ("menu",)
    assert not meaning.sure or text.strip() == "??"


def test_a_picture_leaves_a_doubt() -> None:
    assert not understand("", media=1).sure
    assert not understand("thanks mate", media=1).sure or understand("thanks mate", media=1).topics == ("smalltalk",)
    assert not understand("look at this lovely cake", media=2).sure


def test_without_a_model_all_but_the_rules_is_doubt(tmp_path: Path) -> None:
    meaning = understand("my boyfriend is one for slamming cupboards", model=None)
    assert meaning.topics == ("menu",)
    assert not meaning.sure
    assert understand("STOP", model=None).topics == ("stop",)
    assert understand("im 14 and hes got a knife", model=None).age == 14


@pytest.mark.parametrize("held", [b"", b"not a model", b"PK\x03\x04broken"])
def test_a_broken_model_file_is_no_model(tmp_path: Path, held: bytes) -> None:
    path = tmp_path / "weights.npz"
    path.write_bytes(held)
    assert read_model(path) is None
    assert read_model(tmp_path / "missing.npz") is None


Arrays = dict[str, Any]
BREAKS: dict[str, Callable[[Arrays], Arrays]] = {
    "another form": lambda held: held | {"form": np.array(1)},
    "a form of two": lambda held: held | {"form": np.array([3, 3])},
    "no second reader": lambda held: {name: held[name] for name in held if name != "out"},
    "no outputs of urgency": lambda held: held | {"outputs": np.array(str(held["outputs"]).replace("alarm", "x"))},
    "too few outputs": lambda held: held | {"outputs": np.array("alarm harm now")},
    "too few units": lambda held: held | {"out": held["out"][1:]},
    "too few urgencies": lambda held: held | {"out": held["out"][:, :2]},
    "a number for the layers": lambda held: held | {"out": np.float32(1)},
    "features in no order": lambda held: held | {"first_features": held["first_features"][::-1].copy()},
    "words for weights": lambda held: held | {"second_weights": held["second_weights"].astype(str)},
    "what is no number": lambda held: held | {"out_bias": np.full(3, np.nan, np.float32)},
}


@pytest.mark.parametrize("broken", BREAKS)
def test_a_model_file_that_does_not_fit_is_no_model(tmp_path: Path, broken: str) -> None:
    with np.load(FILE) as file:
        held = dict(file)
    path = tmp_path / "weights.npz"
    np.savez(path, **held)
    assert read_model(path) is not None
    np.savez(path, **BREAKS[broken](held))
    assert read_model(path) is None


def test_a_model_file_with_bytes_that_flipped_is_read_or_is_no_model(tmp_path: Path) -> None:
    path, whole = tmp_path / "weights.npz", FILE.read_bytes()
    for at in range(200, len(whole), len(whole) // 40):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        read_model(path)


def test_a_cut_model_file_is_no_model(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    path.write_bytes(FILE.read_bytes()[: FILE.stat().st_size // 2])
    assert read_model(path) is None


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=400), st.integers(0, 3))
def test_any_text_has_a_meaning(text: str, media: int) -> None:
    meaning = understand(text, media=media)
    assert meaning.topics
    assert set(meaning.topics) <= set(TOPICS)
    assert meaning.facets <= set(FACETS)
    assert set(meaning.maybe) <= set(NEEDS) - set(meaning.topics)
    assert meaning == understand(text, media=media)


@pytest.mark.parametrize("text", ["help " * 320, "he has a knife " * 110, "a" * 1_600, "😭" * 1_600, "u r 2 " * 300])
def test_the_longest_text_is_understood_while_a_reply_is_waited_for(text: str) -> None:
    understand("warm")
    began = process_time()
    understand(text)
    assert process_time() - began < ANSWER_SECONDS


def test_the_model_is_small_and_no_training_library_is_loaded_to_read_it() -> None:
    assert FILE.stat().st_size <= 4_000_000
    told = "import sys; from community.bot.understanding import understand; understand('he hit me');"
    told += "print([name for name in ('sklearn', 'scipy', 'pandas') if name in sys.modules])"
    printed = subprocess.run(
        [sys.executable, "-c", told], check=True, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": "."}
    ).stdout
    assert printed.strip() == "[]"
