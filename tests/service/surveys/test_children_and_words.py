"""Children are not kept or not asked; free words are masked, help is raised, and both go when they should."""

from __future__ import annotations

import pytest

from community.surveys.service import answering
from community.surveys.service.answering import AnswersDeleted, topics
from tests.service.surveys.world import World, answers_of, recounted, rows, tallied, words_of

NOTHING = {"response": 0, "answer": 0, "comment": 0, "tombstone": 1, "tally": 0}


def agree(world: World) -> None:
    assert tallied() == recounted(world.safety, world.robbery)


def test_an_under_13_s_tap_is_gone_rows_and_tallies(world: World) -> None:
    id = world.tap()
    saved = world.send(id, "age", age="under_13")
    assert saved.deleted and saved.answers == {} and saved.harm == frozenset()
    assert rows() == NOTHING


def test_a_first_tap_that_says_under_13_is_never_stored(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "UNDER_13", "very_safe")  # no questionnaire may open with the age; were one to
    with pytest.raises(AnswersDeleted):
        world.tap("very_safe")
    assert rows() == NOTHING | {"tombstone": 0}


@pytest.mark.parametrize(
    ("screen", "values"),
    [("here", {"safe_here": "very_safe"}), ("age", {"age": "under_13"}), ("age", {"age": "18-21"}), ("borough", {})],
)
def test_no_retry_brings_an_under_13_back(world: World, screen: str, values: dict) -> None:
    id = world.tap()
    world.send(id, "age", age="under_13")
    with pytest.raises(AnswersDeleted):
        world.send(id, screen, **values)


def test_others_stay_when_a_child_s_answer_goes(world: World) -> None:
    world.grown_up()
    world.send(world.tap(), "age", age="under_13")
    assert rows()["response"] == 1
    agree(world)


def test_someone_who_says_late_that_they_are_under_13_is_deleted_with_everything(world: World) -> None:
    id = world.grown_up(age="16-17")
    world.send(id, "help", help=["cctv"], help_comment="Lamps by the underpass")
    world.send(id, "about_you", gender="female", connection=["live", "study"])
    world.send(id, "age", age="under_13")
    assert rows() == NOTHING


def test_a_flagged_child_leaves_no_flagged_tally_behind(world: World) -> None:
    id = world.tap(elapsed_ms=0)
    world.send(id, "age", age="under_13", elapsed_ms=10)
    assert rows() == NOTHING


@pytest.mark.parametrize("age", ["13-15", "prefer_not_to_say", None])
def test_the_young_and_those_of_unknown_age_are_never_asked_to_write(world: World, age: str | None) -> None:
    id = world.tap()
    world.send(id, "age", **({"age": age} if age else {}))
    world.send(id, "help", help=["cctv"], help_comment="My number is 07700 900123")  # posted by hand
    assert words_of(id) == []
    assert answers_of(id)["help_comment"] == ("_not_asked",)
    agree(world)


def test_someone_who_never_said_their_age_is_not_asked_to_write(world: World) -> None:
    id = world.tap()
    world.send(id, "help", help=["cctv"], help_comment="Words sent to a screen far ahead")
    assert words_of(id) == []


def test_words_are_masked_before_they_are_stored(world: World) -> None:
    id = world.grown_up()
    sent = "Call me on 07700 900 123 or a.b@example.org, @some_one, www.example.org, AB12 CDE, IG11 8AS\0\u202e please"
    world.send(id, "help", help_comment=sent)
    (kept,) = words_of(id)
    assert kept.endswith("please")
    for detail in ("07700", "900 123", "example", "some_one", "AB12", "8AS", "\0", "\u202e"):
        assert detail not in kept
    assert answers_of(id)["help_comment"] == ("_written",)


def test_words_are_cut_to_what_the_question_takes(world: World) -> None:
    id = world.grown_up()
    world.send(id, "help", help_comment="lamp " * 2_000)
    assert len(words_of(id)[0]) <= 500


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t", "\0\0", "\u200b", ["", " "]])
def test_a_box_with_nothing_in_it_is_passed_over(world: World, nothing: str) -> None:
    id = world.grown_up()
    world.send(id, "help", help=["cctv"], help_comment=nothing)
    assert answers_of(id)["help_comment"] == ("_skipped",)
    assert words_of(id) == []


def test_new_words_take_the_place_of_the_old(world: World) -> None:
    id = world.grown_up()
    for words, kept in (("First", ["First"]), ("Second", ["Second"]), ("", [])):
        world.send(id, "help", help_comment=words)
        assert words_of(id) == kept
    agree(world)


@pytest.mark.parametrize("age", ["13-15", "prefer_not_to_say", None])
def test_words_go_when_their_writer_turns_out_to_be_young(world: World, age: str | None) -> None:
    id = world.grown_up()
    world.send(id, "help", help_comment="Lamps")
    world.send(id, "age", **({"age": age} if age else {}))
    assert words_of(id) == []
    assert answers_of(id)["help_comment"] == ("_not_asked",)
    world.send(id, "age", age="25-34")
    assert words_of(id) == []
    assert "help_comment" not in answers_of(id)
    agree(world)


def test_the_words_themselves_are_counted_nowhere(world: World) -> None:
    id = world.grown_up()
    world.send(id, "help", help_comment="Zebra crossing")
    assert "Zebra" not in repr(tallied())


def test_an_option_that_tells_of_harm_raises_help(world: World) -> None:
    id = world.grown_up()
    world.send(id, "borough", safe_in_borough="no")
    assert world.send(id, "why", why=["dark"]).harm == frozenset()
    assert world.send(id, "why", why=["dark", "harassment"]).harm == {"harassment"}
    assert world.send(id, "robbed", robbed="me").harm == {"robbery"}
    assert world.send(id, "about_you").harm == frozenset()


def test_words_that_tell_of_harm_raise_help_and_are_kept_masked(world: World) -> None:
    id = world.grown_up()
    saved = world.send(id, "help", help_comment="my boyfriend hits me, ring 07700 900123")
    assert "domestic_abuse" in saved.harm
    assert "900123" not in words_of(id)[0]


def test_help_is_raised_also_when_the_screen_cannot_be_stored(world: World) -> None:
    sent = {"help": ["nothing", "cctv"], "help_comment": ["my boyfriend hits me"]}
    asked = {"safe_here": ("very_safe",), "age": ("18-21",)}
    assert "domestic_abuse" in topics(world.safety, "help", sent, asked)
    assert topics(world.safety, "help", sent, {**asked, "age": ("13-15",)}) == frozenset()  # it was not asked for
    assert rows()["response"] == 0
