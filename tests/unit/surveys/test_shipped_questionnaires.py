"""The two questionnaires that ship: what they promise to children, to the phone's screen and to the seeds' figures."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import community.surveys
from community.surveys.loading import dump, load
from community.surveys.questionnaire import NOT_ASKED, PLACE, PREFER_NOT, SKIPPED, Kind, Questionnaire, Style
from community.surveys.routing import Missing, kind_of_missing, next_screen, path, settled

FOLDER = Path(community.surveys.__file__).parent / "questionnaires"


def shipped(slug: str) -> Questionnaire:
    return load((FOLDER / f"{slug}.yaml").read_text(encoding="utf-8"), name=f"{slug}.yaml")


SAFETY, ROBBERY = shipped("safety"), shipped("robbery")
both = pytest.mark.parametrize("made", [SAFETY, ROBBERY], ids=["safety", "robbery"])


def keys(made: Questionnaire, **answers: str) -> list[str]:
    given = {key: (value,) for key, value in answers.items()}
    return [question.key for question in path(made, given)]


@both
def test_every_word_stands_in_every_language_and_only_english_counts_as_reviewed(made: Questionnaire) -> None:
    assert {tag: (entry.direction, entry.reviewed) for tag, entry in made.languages.items()} == {
        "en": ("ltr", True), "ro": ("ltr", False), "ur": ("rtl", False),
    }  # fmt: skip
    texts = [made.title, *(screen.heading for screen in made.screens)]
    for question in made.questions:
        texts += [question.wording, question.wording_anywhere, question.hint]
        texts += [option.label for option in question.options]
    for text in texts:
        assert text is None or set(text) == {"en", "ro", "ur"}, text


@both
def test_labels_fit_a_button_and_questions_are_short(made: Questionnaire) -> None:
    for question in made.questions:
        assert all(len(words.replace(PLACE, "")) <= 90 for words in question.wording.values()), question.key
        for option in question.options:
            assert len(option.label["en"]) <= 48, option.label
            assert all(len(words) <= 70 for words in option.label.values()), option.label


@both
def test_sources_name_public_instruments_and_no_file_of_ours(made: Questionnaire) -> None:
    for question in made.questions:
        assert len(question.source) > 10
        assert not any(word in question.source for word in ("seed", "questions.md", ".csv", "/"))


@both
def test_the_shipped_file_survives_export_and_import(made: Questionnaire) -> None:
    assert load(dump(made), name="dumped") == made
    assert "&id" not in dump(made)
    assert yaml.safe_load(dump(made))["slug"] == made.slug


@both
@pytest.mark.parametrize("age", ["under_13", "13-15", "13-17", PREFER_NOT, SKIPPED])
def test_nobody_under_16_or_of_unknown_age_gets_a_box_to_write_in(made: Questionnaire, age: str) -> None:
    everything = {question.key: tuple(option.key for option in question.options) for question in made.questions}
    asked = path(made, {**everything, "age": (age,)})
    assert all(question.kind is not Kind.text and question.sensitive is None for question in asked)


def test_the_safety_survey_opens_with_the_place_and_five_answers_and_a_refusal() -> None:
    opening = SAFETY.opening
    assert opening.wording["en"] == "Do you feel safe here, at {place}?"
    assert [option.key for option in opening.options] == [
        "very_safe", "fairly_safe", "neither", "fairly_unsafe", "very_unsafe", PREFER_NOT,
    ]  # fmt: skip
    assert [screen.style for screen in SAFETY.screens[:3]] == [Style.buttons] * 3


def test_the_borough_question_is_frozen_word_for_word() -> None:
    question = SAFETY.question("safe_in_borough")
    assert question.frozen
    assert question.wording["en"] == "Do you feel safe in the borough?"
    assert [option.key for option in question.options] == ["yes", "no", PREFER_NOT]


def test_someone_who_feels_safe_everywhere_is_not_asked_why_not() -> None:
    safe = {"safe_here": "very_safe", "safe_in_borough": "yes", "safe_day": "very_safe", "safe_dark": "fairly_safe"}
    assert "why" not in keys(SAFETY, **safe)
    for change in [
        ("safe_here", "neither"),
        ("safe_in_borough", "no"),
        ("safe_day", "neither"),
        ("safe_dark", "neither"),
    ]:
        assert "why" in keys(SAFETY, **dict([*safe.items(), change]))


def test_the_harms_people_may_tell_of_bring_up_help() -> None:
    harms = {(q.key, o.key): o.harm for q in (*SAFETY.questions, *ROBBERY.questions) for o in q.options if o.harm}
    assert harms == {
        ("why", "harassment"): "harassment",
        ("robbed", "me"): "robbery", ("robbed", "someone_i_know"): "robbery", ("robbed", "both"): "robbery",
        ("who", "me"): "robbery", ("who", "someone_i_know"): "robbery", ("who", "both"): "robbery",
        ("weapon", "seen"): "robbery", ("weapon", "threatened"): "robbery", ("weapon", "believed"): "robbery",
        ("why_not", "fear_of_reprisals"): "robbery",
    }  # fmt: skip


def test_what_would_help_says_that_it_was_chosen_from_a_list() -> None:
    question = SAFETY.question("help")
    assert question.report_note == "chosen from a list"
    assert question.shuffled
    assert {"more_police_officers", "more_patrols", "police_visibility", "stop_and_search", "cctv", "youth_spaces",
            "lighting", "upkeep", "planting_art", "activities", "safe_havens", "other"} <= {
        option.key for option in question.options
    }  # fmt: skip


@pytest.mark.parametrize("known", ["no", "dont_know", PREFER_NOT, SKIPPED])
def test_someone_who_knows_of_no_robbery_goes_straight_to_what_would_help(known: str) -> None:
    assert keys(ROBBERY, know_robbed=known, age="25-34") == ["know_robbed", "age", "help"]


@pytest.mark.parametrize("who", ["neither", PREFER_NOT, SKIPPED])
def test_someone_who_will_not_say_who_is_asked_no_more_about_it(who: str) -> None:
    assert keys(ROBBERY, know_robbed="yes", age="25-34", who=who) == ["know_robbed", "age", "who", "help"]


def test_the_whole_robbery_path_is_open_to_someone_who_was_robbed_and_told_no_one() -> None:
    asked = keys(ROBBERY, know_robbed="yes", age="16-17", who="me", where="at_a_station", reported="no")
    assert asked == [question.key for question in ROBBERY.questions]
    assert "which_place" not in keys(ROBBERY, know_robbed="yes", who="me", where="on_a_train")


@both
@pytest.mark.parametrize("age", ["13-15", "13-17", PREFER_NOT, SKIPPED])
def test_nobody_under_16_or_of_unknown_age_is_asked_for_an_exact_place(made: Questionnaire, age: str) -> None:
    everything = {question.key: tuple(option.key for option in question.options) for question in made.questions}
    assert all(question.kind is not Kind.place for question in path(made, {**everything, "age": (age,)}))


def test_someone_of_14_is_asked_all_else_about_a_robbery() -> None:
    asked = keys(ROBBERY, know_robbed="yes", age="13-15", who="me", where="at_a_station", reported="no")
    assert asked == [question.key for question in ROBBERY.questions if question.key != "which_place"]


def test_times_of_day_are_the_dayparts_answers_are_kept_in() -> None:
    options = [option.key for option in ROBBERY.question("daytime").options if not option.missing]
    assert options == ["00-06", "06-09", "09-12", "12-15", "15-19", "19-21", "21-24"]


def test_a_finished_response_tells_not_asked_skipped_and_declined_apart() -> None:
    given = {"know_robbed": ("no",), "age": (PREFER_NOT,), "help": (SKIPPED,)}
    done = settled(ROBBERY, given, reached="help")
    assert next_screen(ROBBERY, done, "help") is None
    assert kind_of_missing(done, "age") is Missing.prefer_not_to_say
    assert kind_of_missing(done, "help") is Missing.skipped
    assert done["weapon"] == (NOT_ASKED,)
    assert kind_of_missing(done, "weapon") is Missing.not_asked
    assert kind_of_missing(settled(ROBBERY, {"know_robbed": ("no",)}, reached="know"), "help") is Missing.left
