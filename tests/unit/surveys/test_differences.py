"""What changed between two versions, by the keys of questions, as an officer is told; and who is asked what."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from community.surveys import explaining
from community.surveys.differences import Change, Difference, Happened, differences, whole
from community.surveys.questionnaire import (
    AnyOf,
    Condition,
    Kind,
    Language,
    Option,
    Question,
    Questionnaire,
    Screen,
    Style,
)
from tests.unit.surveys.small import OPENING, age_question, choice, questionnaire, questionnaires, text_question

WHY = choice("why", "dark", "people", kind=Kind.multiple)
BEFORE = questionnaire([OPENING], [age_question()], [WHY])


def after(*questions: Question) -> Questionnaire:
    return questionnaire([OPENING], [age_question()], list(questions))


def only(made: Questionnaire) -> Difference:
    (found,) = differences(BEFORE, made)
    return found


def test_the_same_questionnaire_differs_in_nothing() -> None:
    assert differences(BEFORE, BEFORE) == []
    assert whole(BEFORE, BEFORE) == []


def test_a_question_is_new_changed_or_gone() -> None:
    made = questionnaire([OPENING], [age_question()], [choice("help", "light")])
    assert [(found.key, found.happened) for found in differences(BEFORE, made)] == [
        ("help", Happened.new),
        ("why", Happened.gone),
    ]


def test_another_wording_breaks_the_series_and_another_translation_does_not() -> None:
    reworded = only(after(replace(WHY, wording={"en": "What is it?"})))
    assert reworded.changes == (Change("The wording", "wording of why", "What is it?"),)
    assert reworded.breaks
    translated = only(after(replace(WHY, wording={**WHY.wording, "ur": "کیوں؟"})))
    assert translated.changes == (Change("The wording, in ur", "", "کیوں؟"),)
    assert not translated.breaks


DARK = WHY.options[0]
CHANGES = [
    (replace(WHY, options=(*WHY.options, Option("cold", {"en": "Cold"}))), "A choice was added", True),
    (replace(WHY, options=WHY.options[1:]), "A choice was taken out", True),
    (replace(WHY, options=WHY.options[::-1]), "The choices come in another order.", True),
    (replace(WHY, options=(replace(DARK, label={"en": "Dark"}), *WHY.options[1:])), "The choice dark", True),
    (replace(WHY, options=(replace(DARK, harm="robbery"), *WHY.options[1:])), "What the choice dark leads to", False),
    (replace(WHY, hint={"en": "Tick all."}), "The hint", False),
    (replace(WHY, min_age=16), "The age it is asked from", False),
    (replace(WHY, ask_if=(Condition("here", ("unsafe",)),)), "Who is asked changed.", False),
    (replace(WHY, shuffled=True), "Whether choices are shuffled changed.", False),
    (replace(WHY, frozen=True), "Whether it is frozen changed.", False),
    (replace(WHY, source="theirs"), "Where its words come from", False),
    (replace(WHY, kind=Kind.single), "How it is answered", True),
]


@pytest.mark.parametrize(("question", "said", "breaks"), CHANGES, ids=[case[1] for case in CHANGES])
def test_each_kind_of_change_is_said(question: Question, said: str, breaks: bool) -> None:
    found = only(after(question))
    assert any(change.said.startswith(said) for change in found.changes)
    assert found.breaks == breaks


def test_what_changed_about_the_whole_is_said() -> None:
    other = replace(
        questionnaire([OPENING], [age_question()], [text_question()], [WHY]),
        title={"en": "Smaller"},
        languages={"en": Language("en", "ltr", False), "ur": Language("ur", "rtl", False)},
        free_text_from_age=13,
    )
    assert [change.said for change in whole(BEFORE, other)] == [
        "The age from which people may write freely",
        "The language en counts as not checked.",
        "The language ur was added.",
        "The title",
    ]
    moved = questionnaire([OPENING], [WHY], [age_question()])
    assert "Questions come in another order." in [change.said for change in whole(BEFORE, moved)]


def test_a_screen_that_is_answered_in_another_way_is_said() -> None:
    screens = (Screen("s0", ("here",), Style.form), *BEFORE.screens[1:])
    assert only(replace(BEFORE, screens=screens)).changes == (Change("How its screen is answered", "buttons", "form"),)


@settings(max_examples=40)
@given(questionnaires(), questionnaires())
def test_only_equal_questions_are_passed_over_and_each_key_is_named_once(
    before: Questionnaire, now: Questionnaire
) -> None:
    named = [found.key for found in differences(before, now)]
    assert len(named) == len(set(named))
    for question in now.questions:
        if question.key not in named:
            assert before.question(question.key) == question


def test_it_is_said_whom_a_question_is_asked_of() -> None:
    parts = (Condition("here", not_any_of=("safe",)), AnyOf((Condition("here", ("safe", "unsafe")),)))
    made = after(replace(WHY, min_age=16, ask_if=parts))
    assert explaining.who(made, made.question("why")) == [
        "Only people known to be 16 or over.",
        "Only people who did not answer “label of safe” to “wording of here”.",
        "Only people who answered “label of safe” or “label of unsafe” to “wording of here”.",
    ]


@settings(max_examples=40)
@given(questionnaires())
def test_every_question_can_be_explained(made: Questionnaire) -> None:
    for question in made.questions:
        assert explaining.how(question)
        assert all(sentence.startswith("Only ") for sentence in explaining.who(made, question))
    assert all(explaining.screen_name(made, screen) for screen in made.screens)
