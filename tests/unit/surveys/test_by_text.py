"""What is asked by text, in which order, in which words."""

from __future__ import annotations

import pytest
import yaml

from community.surveys.by_text import FILE, asked_by_text, hint_by_text, label_by_text, next_question, question_before
from community.surveys.loading import load
from community.surveys.questionnaire import AGE, AGE_BANDS, Questionnaire
from community.surveys.routing import Answers
from community.surveys.shipped import FOLDER

SURVEYS = {path.stem: load(path.read_text("utf-8"), name=path.name) for path in sorted(FOLDER.glob("*.yaml"))}
SAFETY = SURVEYS["safety"]
LISTED = yaml.safe_load(FILE.read_text("utf-8"))
SMALL = """
slug: small
title: {en: Small}
languages:
  en: {direction: ltr, reviewed: true}
screens:
  - key: one
    style: buttons
    questions:
      - {key: open, kind: single, source: Ours., wording: {en: Open or not}, options: [{key: a, label: {en: A}},
         {key: prefer_not_to_say, label: {en: No}}]}
  - key: age
    style: buttons
    questions:
      - {key: age, kind: single, attribute: age, source: Ours., wording: {en: How old}, options: [AGES]}
  - key: two
    style: form
    questions:
      - {key: more, kind: multiple, source: Ours., wording: {en: More}, options: [{key: a, label: {en: A}},
         {key: prefer_not_to_say, label: {en: No}}]}
      - {key: count, kind: number, source: Ours., wording: {en: How many}, minimum: 0, maximum: 9}
""".replace("AGES", ", ".join(f"{{key: {band}, label: {{en: {band}}}}}" for band in AGE_BANDS))


def order(survey: Questionnaire, **answers: str) -> list[str]:
    """The questions that somebody meets who answers each so, or skips it."""
    given: dict[str, tuple[str, ...]] = {}
    while (question := next_question(survey, given)) is not None:
        given[question.key] = (answers.get(question.key, "_skipped"),)
    return list(given)


def test_the_safety_survey_asks_six_questions_of_somebody_who_feels_unsafe() -> None:
    asked = ["safe_here", "age", "safe_in_borough", "why", "help", "robbed"]
    assert order(SAFETY, safe_here="very_unsafe", age="25-34") == asked
    assert order(SAFETY, safe_here="very_safe", safe_in_borough="yes") == [key for key in asked if key != "why"]


def test_the_robbery_survey_goes_on_only_for_somebody_who_was_robbed() -> None:
    short = ["know_robbed", "age", "help"]
    assert order(SURVEYS["robbery"], know_robbed="no") == short
    assert order(SURVEYS["robbery"], know_robbed="yes", who="me", age="18-21") == [
        "know_robbed", "age", "who", "when_year", "where", "taken", "reported", "help",
    ]  # fmt: skip


@pytest.mark.parametrize("slug", SURVEYS)
def test_free_text_places_and_numbers_are_never_asked_by_text(slug: str) -> None:
    survey = SURVEYS[slug]
    assert all(survey.question(key).kind.has_options for key in asked_by_text(survey))
    assert survey.opening.key in asked_by_text(survey) and AGE in asked_by_text(survey)


@pytest.mark.parametrize("slug", SURVEYS)
def test_the_file_names_only_what_is_there(slug: str) -> None:
    survey = SURVEYS[slug]
    for key, options in LISTED[slug].items():
        assert options.keys() <= {option.key for option in survey.question(key).options}
    known = {option.key for one in SURVEYS.values() for question in one.questions for option in question.options}
    assert LISTED["any"].keys() <= known
    assert LISTED.keys() == {"hints", "any", *SURVEYS}


def test_no_two_options_of_a_question_are_shortened_to_the_same_words() -> None:
    for survey in SURVEYS.values():
        for key in asked_by_text(survey):
            question = survey.question(key)
            for language in ("en", "ro", "ur"):
                labels = [label_by_text(survey, question, option, language) for option in question.options]
                assert len(set(labels)) == len(labels)


def test_an_option_that_the_file_does_not_name_keeps_its_label() -> None:
    question = SAFETY.question("robbed")
    assert label_by_text(SAFETY, question, question.option("me"), "en") == "Yes, me"
    assert label_by_text(SAFETY, question, question.option("me"), "fr") == "Yes, me"


def test_hints_are_in_the_languages_that_the_wording_does_not_speak() -> None:
    assert hint_by_text("age", "en") is None
    assert hint_by_text("age", "ro") and hint_by_text("several", "ur")


def test_a_survey_that_the_file_does_not_name_is_asked_in_full() -> None:
    survey = load(SMALL, name="small")
    assert asked_by_text(survey) == {"open", "age", "more"}
    assert order(survey, open="a") == ["open", "age", "more"]


@pytest.mark.parametrize(
    ("key", "answers", "before"),
    [
        ("safe_here", {}, None),
        ("age", {"safe_here": ("very_safe",)}, "safe_here"),
        ("help", {"safe_here": ("very_safe",), "safe_in_borough": ("yes",)}, "safe_in_borough"),
        ("help", {"safe_here": ("very_unsafe",)}, "why"),
    ],
)
def test_the_question_before_is_the_one_that_was_asked_before(key: str, answers: Answers, before: str | None) -> None:
    found = question_before(SAFETY, answers, key)
    assert (found.key if found else None) == before
