"""What one save stores and counts: new, again, changed, later screens, skips, routes that close and open."""

from __future__ import annotations

import pytest

from community.surveys import queries
from community.surveys.routing import BadAnswer
from community.surveys.service import answering, waves
from community.surveys.service.answering import NothingToGoOn, WaveClosed
from tests.factories.places import PlaceFactory
from tests.service.surveys.world import OPENS, TODAY, World, answers_of, recounted, rows, tallied, words_of

UNSAFE, SAFE = "very_unsafe", "very_safe"


def agree(world: World) -> None:
    assert tallied() == recounted(world.safety, world.robbery)


def test_one_tap_is_one_response_counted_by_channel_daypart_and_poster(world: World) -> None:
    id = world.tap(UNSAFE)
    assert answers_of(id) == {"safe_here": (UNSAFE,)}
    where = (world.safety.wave_id, world.place.id, TODAY)
    groups = {"channel": "web", "daypart": "15-19", "poster": str(world.poster.id)}
    assert tallied() == {
        (where[0], attribute, "safe_here", where[1], where[2], UNSAFE, group, 0): 1
        for attribute, group in groups.items()
    }


def test_a_response_holds_no_more_than_it_may(world: World) -> None:
    stored = queries.snapshot(world.tap())
    assert stored is not None
    assert (stored.answered_on, stored.daypart, stored.channel, stored.flags) == (TODAY, "15-19", "web", 0)
    assert (stored.wave_id, stored.poster_id, stored.place_id) == (
        world.safety.wave_id,
        world.poster.id,
        world.place.id,
    )


def test_the_same_tap_again_changes_nothing(world: World) -> None:
    id = world.tap(UNSAFE)
    before = tallied()
    again = world.send(id, "here", safe_here=UNSAFE)
    assert not again.is_new
    assert tallied() == before
    assert rows() == {"response": 1, "answer": 1, "comment": 0, "tombstone": 0, "tally": 3}


def test_another_option_under_one_form_is_a_change_of_mind(world: World) -> None:
    id = world.tap(UNSAFE)
    world.send(id, "here", safe_here=SAFE)
    assert answers_of(id) == {"safe_here": (SAFE,)}
    assert {key[5] for key in tallied()} == {SAFE}
    agree(world)


def test_two_forms_are_two_responses(world: World) -> None:
    assert world.tap(UNSAFE) != world.tap(UNSAFE)
    assert set(tallied().values()) == {2}


def test_a_retry_keeps_the_day_and_daypart_of_the_first_tap(world: World) -> None:
    id = world.tap()
    world.send(id, "here", safe_here=SAFE, on=TODAY.replace(day=21))
    assert {key[4] for key in tallied()} == {TODAY}


def test_a_late_age_brings_the_earlier_answers_into_its_group(world: World) -> None:
    id = world.tap(UNSAFE)
    world.send(id, "age", age="16-17")
    assert tallied()[world.safety.wave_id, "age", "safe_here", world.place.id, TODAY, UNSAFE, "16-17", 0] == 1
    world.send(id, "age", age="18-21")
    assert {key[6] for key in tallied() if key[1] == "age"} == {"18-21"}
    agree(world)


def test_a_whole_journey_is_stored_screen_by_screen(world: World) -> None:
    id = world.tap(UNSAFE)
    world.send(id, "age", age="25-34")
    world.send(id, "borough", safe_in_borough="no")
    world.send(id, "day_and_dark", safe_day="fairly_safe", safe_dark="very_unsafe")
    world.send(id, "why", why=["dark", "people"])
    world.send(id, "help", help=["lighting"], help_comment="More lamps")
    world.send(id, "robbed", robbed="neither")
    last = world.send(id, "about_you", gender="female", ethnicity="black", disability="no", connection=["live", "work"])
    assert answers_of(id) == {
        "safe_here": (UNSAFE,), "age": ("25-34",), "safe_in_borough": ("no",), "safe_day": ("fairly_safe",),
        "safe_dark": ("very_unsafe",), "why": ("dark", "people"), "help": ("lighting",), "help_comment": ("_written",),
        "robbed": ("neither",), "gender": ("female",), "ethnicity": ("black",), "disability": ("no",),
        "connection": ("live", "work"),
    }  # fmt: skip
    assert {question: tuple(sorted(options)) for question, options in last.answers.items()} == answers_of(id)
    agree(world)


def test_an_empty_screen_is_skipped_which_is_not_the_same_as_leaving(world: World) -> None:
    id = world.grown_up()
    world.send(id, "borough")
    assert answers_of(id)["safe_in_borough"] == ("_skipped",)
    assert "safe_day" not in answers_of(id)
    world.send(id, "day_and_dark", safe_day="very_safe")
    assert answers_of(id)["safe_dark"] == ("_skipped",)
    agree(world)


def test_the_opening_question_can_be_passed_over_too(world: World) -> None:
    id = world.tap()
    world.send(id, "here")
    assert answers_of(id) == {"safe_here": ("_skipped",)}
    agree(world)


def test_a_route_that_closes_takes_its_answers_with_it_and_opens_again_empty(world: World) -> None:
    id = world.grown_up()
    world.send(id, "borough", safe_in_borough="no")
    world.send(id, "day_and_dark", safe_day="very_unsafe", safe_dark="very_unsafe")
    world.send(id, "why", why=["dark"])
    for screen, answer in (("here", {"safe_here": SAFE}), ("borough", {"safe_in_borough": "yes"})):
        world.send(id, screen, **answer)
        assert answers_of(id)["why"] == ("dark",)
    world.send(id, "day_and_dark", safe_day=SAFE, safe_dark=SAFE)
    assert "why" not in answers_of(id)
    agree(world)
    world.send(id, "help", help=["cctv"])
    assert answers_of(id)["why"] == ("_not_asked",)
    agree(world)
    world.send(id, "day_and_dark", safe_day=SAFE, safe_dark=UNSAFE)
    assert "why" not in answers_of(id)
    agree(world)


def test_what_nobody_felt_unsafe_about_is_marked_as_not_asked(world: World) -> None:
    id = world.tap(SAFE)
    world.send(id, "age", age="18-21")
    world.send(id, "borough", safe_in_borough="yes")
    world.send(id, "day_and_dark", safe_day=SAFE, safe_dark=SAFE)
    world.send(id, "help", help=["nothing"])
    assert answers_of(id)["why"] == ("_not_asked",)
    marks = [key for key in tallied() if key[2] == "why"]
    assert [key[1] for key in marks] == ["daypart"]


@pytest.mark.parametrize(
    ("screen", "values"),
    [
        ("here", {"safe_here": "extremely_safe"}), ("here", {"safe_here": [UNSAFE, SAFE]}),
        ("here", {"safe_here": "_written"}), ("here", {"safe_here": "_not_asked"}), ("age", {"age": "13-17"}),
        ("age", {"age": "_answered"}), ("why", {"why": ["dark", "prefer_not_to_say", "dont_know", "x"]}),
        ("help", {"help": ["nothing", "cctv"]}), ("help", {"help": ["cctv", "help"] * 50}),
        ("borough", {"safe_in_borough": "No"}), ("borough", {"safe_in_borough": "no\0"}),
    ],
)  # fmt: skip
def test_what_cannot_be_an_answer_is_refused_and_stores_nothing(world: World, screen: str, values: dict) -> None:
    id = world.grown_up()
    before, counted = answers_of(id), tallied()
    with pytest.raises(BadAnswer):
        world.send(id, screen, **values)
    assert (answers_of(id), tallied()) == (before, counted)


def test_questions_of_another_screen_are_not_listened_to(world: World) -> None:
    id = world.tap()
    world.send(id, "age", age="18-21", safe_in_borough="no", gender="male", nonsense="x", _ticket="y")
    assert set(answers_of(id)) == {"safe_here", "age"}


def test_a_place_is_chosen_from_those_we_know(world: World) -> None:
    PlaceFactory(slug="the-mall", name="The Mall")
    id = b"robbed-somewhere"
    for screen, values in (
        ("know", {"know_robbed": "yes"}), ("age", {"age": "18-21"}), ("who", {"who": "me"}),
        ("when_and_where", {"when_year": "yes", "where": "place_named"}), ("which_place", {"which_place": "the-mall"}),
    ):  # fmt: skip
        world.send(id, screen, fielding=world.robbery, **values)
    assert answers_of(id)["which_place"] == ("the-mall",)
    for unknown in ("no-such-place", "The Mall", "../../etc", "\0", "the-mall' or 1=1"):
        with pytest.raises(BadAnswer, match="not_a_place"):
            world.send(id, "which_place", fielding=world.robbery, which_place=unknown)
    assert answers_of(id)["which_place"] == ("the-mall",)
    agree(world)


def test_a_later_page_of_nothing_is_no_response(world: World) -> None:
    with pytest.raises(NothingToGoOn):
        world.send(b"0123456789abcdef", "age", age="18-21")
    assert rows()["response"] == 0


def test_a_closed_wave_takes_no_response_but_lets_people_finish(world: World) -> None:
    id = world.tap()
    waves.close_wave("safety", 1, on=TODAY)
    world.safety = waves.fielding(world.safety.wave_id)
    tomorrow = TODAY.replace(day=21)
    with pytest.raises(WaveClosed):
        world.send(b"0123456789abcdef", "here", safe_here=SAFE, on=tomorrow)
    world.send(id, "here", safe_here=UNSAFE, on=tomorrow)  # the phone asks once more for what was counted
    world.send(id, "age", age="18-21", on=tomorrow)
    assert answers_of(id)["age"] == ("18-21",)
    agree(world)


def test_a_wave_takes_nothing_before_it_opens(world: World) -> None:
    with pytest.raises(WaveClosed):
        world.send(b"0123456789abcdef", "here", safe_here=SAFE, on=OPENS.replace(year=2025))


def test_a_question_that_was_not_shown_is_left_and_not_skipped(world: World) -> None:
    id = world.grown_up()
    sent = {"help": ["cctv"], "help_comment": ["never read"]}
    answering.save(world.safety, world.arrival(id), "help", sent, shown=["help"])
    stored = answers_of(id)
    assert stored["help"] == ("cctv",)
    assert "help_comment" not in stored and words_of(id) == []
    agree(world)
