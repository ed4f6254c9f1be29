"""Who is asked what, what is kept after each save, and which answers are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.surveys.questionnaire import (
    AGE,
    AGE_BANDS,
    IMPORTED_AGE,
    NOT_ASKED,
    PREFER_NOT,
    SKIPPED,
    WRITTEN,
    AnyOf,
    Condition,
    Kind,
    Question,
    Questionnaire,
)
from community.surveys.routing import (
    AnswerProblem,
    BadAnswer,
    Missing,
    check_answer,
    kind_of_missing,
    next_screen,
    options_for,
    path,
    resume_screen,
    screen_questions,
    settled,
    shown_order,
)
from tests.unit.surveys.small import (
    OPENING,
    age_question,
    choice,
    option,
    questionnaire,
    questionnaires,
    some_answer,
    stored_answers,
    text_question,
)

WHY = choice("why", "dark", "people", kind=Kind.multiple, ask_if=(Condition("here", any_of=("unsafe",)),))
LAST = choice("last", "yes", "no")
WITH_WHY = questionnaire([OPENING], [age_question()], [WHY], [LAST])
YOUNG_OR_UNKNOWN = [(), (SKIPPED,), (PREFER_NOT,), ("under_13",), ("13-15",), (IMPORTED_AGE,), (NOT_ASKED,)]


def keys(asked: tuple[Question, ...]) -> list[str]:
    return [question.key for question in asked]


def screen_key(made: Questionnaire, answers: dict[str, tuple[str, ...]], after: str | None) -> str | None:
    screen = next_screen(made, answers, after)
    return None if screen is None else screen.key


# conditions


@pytest.mark.parametrize(
    ("given_answer", "any_of_holds"),
    [(("unsafe",), True), (("safe",), False), ((SKIPPED,), False), ((NOT_ASKED,), False), (None, False)],
)
def test_any_of_holds_only_for_a_chosen_option_and_not_any_of_is_its_opposite(
    given_answer: tuple[str, ...] | None, any_of_holds: bool
) -> None:
    unless = choice("unless", "yes", ask_if=(Condition("here", not_any_of=("unsafe",)),))
    made = questionnaire([OPENING], [WHY, unless])
    answers = {} if given_answer is None else {"here": given_answer}
    assert keys(path(made, answers)) == ["here", "why" if any_of_holds else "unless"]


def test_all_conditions_must_hold_and_one_of_a_group_is_enough() -> None:
    both = choice("both", "yes", ask_if=(Condition("a", ("yes",)), Condition("b", ("yes",))))
    either = choice("either", "yes", ask_if=(AnyOf((Condition("a", ("yes",)), Condition("b", ("yes",)))),))
    made = questionnaire([OPENING], [choice("a", "yes", "no"), choice("b", "yes", "no")], [both, either])
    assert keys(path(made, {"a": ("yes",), "b": ("no",)})) == ["here", "a", "b", "either"]
    assert keys(path(made, {"a": ("yes",), "b": ("yes",)})) == ["here", "a", "b", "both", "either"]
    assert keys(path(made, {"a": ("no",)})) == ["here", "a", "b"]


def test_an_answer_that_is_itself_off_the_path_opens_nothing() -> None:
    deeper = choice("deeper", "yes", ask_if=(Condition("why", any_of=("dark",)),))
    made = questionnaire([OPENING], [WHY], [deeper])
    assert "deeper" in keys(path(made, {"here": ("unsafe",), "why": ("dark",)}))
    assert keys(path(made, {"here": ("safe",), "why": ("dark",)})) == ["here"]


# ages


@pytest.mark.parametrize("age", YOUNG_OR_UNKNOWN)
def test_a_question_from_16_is_not_for_the_young_or_for_unknown_ages(age: tuple[str, ...]) -> None:
    made = questionnaire([OPENING], [age_question()], [text_question()])
    assert "comment" not in keys(path(made, {AGE: age}))
    assert "comment" in keys(path(made, {AGE: ("16-17",)}))


def test_an_option_with_an_age_is_shown_only_to_people_known_to_be_that_old() -> None:
    question = choice("q", options=(option("all"), option("grown", min_age=18), option(PREFER_NOT)))
    for age in [("16-17",), (PREFER_NOT,), (SKIPPED,), ()]:
        assert [o.key for o in options_for(question, {AGE: age})] == ["all", PREFER_NOT]
    assert [o.key for o in options_for(question, {AGE: ("18-21",)})] == ["all", "grown", PREFER_NOT]


def test_turning_out_to_be_younger_takes_gated_answers_and_options_away() -> None:
    gated = choice("q", options=(option("all"), option("grown", min_age=18), option(PREFER_NOT)))
    made = questionnaire([OPENING], [age_question()], [gated], [text_question()])
    answers = {"here": ("safe",), AGE: ("18-21",), "q": ("grown",), "comment": (WRITTEN,)}
    assert settled(made, answers, reached="s3") == answers
    assert settled(made, {**answers, AGE: ("13-15",)}, reached="s3") == {
        "here": ("safe",), AGE: ("13-15",), "comment": (NOT_ASKED,),
    }  # fmt: skip


# screens


def test_screens_without_a_question_for_this_person_are_passed_over() -> None:
    assert screen_key(WITH_WHY, {}, None) == "s0"
    assert screen_key(WITH_WHY, {"here": ("safe",)}, "s0") == "s1"
    assert screen_key(WITH_WHY, {"here": ("safe",)}, "s1") == "s3"
    assert screen_key(WITH_WHY, {"here": ("unsafe",)}, "s1") == "s2"
    assert screen_key(WITH_WHY, {"here": ("unsafe",)}, "s3") is None


def test_a_screen_shows_only_its_questions_on_the_path() -> None:
    made = questionnaire([OPENING], [WHY, LAST])
    assert keys(screen_questions(made, made.screens[1], {"here": ("safe",)})) == ["last"]
    assert keys(screen_questions(made, made.screens[1], {"here": ("unsafe",)})) == ["why", "last"]


def test_resuming_goes_to_the_first_screen_not_answered_or_skipped() -> None:
    screen = resume_screen(WITH_WHY, {"here": ("unsafe",), AGE: (SKIPPED,), "last": ("yes",)})
    assert screen is not None
    assert screen.key == "s2"
    assert resume_screen(WITH_WHY, {"here": ("safe",), AGE: (SKIPPED,), "last": (SKIPPED,)}) is None


def test_an_unknown_screen_is_an_error() -> None:
    with pytest.raises(KeyError):
        next_screen(WITH_WHY, {}, "s9")
    with pytest.raises(KeyError):
        settled(WITH_WHY, {}, reached="s9")


# what is stored after a save


def test_after_the_first_tap_nothing_is_marked_yet() -> None:
    assert settled(WITH_WHY, {"here": ("safe",)}, reached="s0") == {"here": ("safe",)}


def test_a_question_passed_by_is_marked_not_asked_and_later_ones_stay_open() -> None:
    answers = {"here": ("safe",), AGE: (SKIPPED,)}
    assert settled(WITH_WHY, answers, reached="s1") == answers
    saved = settled(WITH_WHY, {**answers, "last": ("no",)}, reached="s3")
    assert saved == {**answers, "why": (NOT_ASKED,), "last": ("no",)}


def test_at_the_end_of_the_path_later_questions_are_marked_too() -> None:
    made = questionnaire([OPENING], [LAST], [choice("end", "yes", ask_if=(Condition("here", ("unsafe",)),))])
    saved = settled(made, {"here": ("safe",), "last": ("yes",)}, reached="s1")
    assert saved["end"] == (NOT_ASKED,)


def test_a_change_of_mind_brings_a_question_back_and_drops_answers_that_no_longer_belong() -> None:
    done = settled(WITH_WHY, {"here": ("safe",), AGE: (SKIPPED,), "last": ("yes",)}, reached="s3")
    changed = settled(WITH_WHY, {**done, "here": ("unsafe",)}, reached="s0")
    assert changed == {"here": ("unsafe",), AGE: (SKIPPED,), "last": ("yes",)}
    answered = settled(WITH_WHY, {**changed, "why": ("dark",)}, reached="s2")
    again = settled(WITH_WHY, {**answered, "here": ("safe",)}, reached="s0")
    assert again == done


def test_going_back_to_the_first_screen_keeps_the_marks_of_a_finished_person() -> None:
    done = settled(WITH_WHY, {"here": ("safe",), AGE: (SKIPPED,), "last": ("yes",)}, reached="s3")
    assert settled(WITH_WHY, done, reached="s0") == done


def test_questions_that_a_change_of_mind_may_still_open_one_behind_the_other_are_not_marked() -> None:
    deeper = choice("deeper", "yes", ask_if=(Condition("why", any_of=("dark",)),))
    deepest = choice("deepest", "yes", ask_if=(Condition("deeper", any_of=("yes",)),))
    made = questionnaire([OPENING], [WHY], [deeper], [deepest], [LAST])
    done = settled(made, {"here": ("safe",), "last": ("yes",)}, reached="s4")
    assert done["deeper"] == done["deepest"] == (NOT_ASKED,)
    changed = settled(made, {**done, "here": ("unsafe",)}, reached="s0")
    assert changed == {"here": ("unsafe",), "last": ("yes",)}


def test_what_hangs_on_a_question_that_was_passed_without_a_word_is_marked() -> None:
    end = choice("end", "yes", ask_if=(Condition("passed", any_of=("yes",)),))
    made = questionnaire([OPENING], [choice("passed", "yes")], [LAST], [end])
    assert settled(made, {"here": ("safe",), "last": ("yes",)}, reached="s2")["end"] == (NOT_ASKED,)


def test_an_answer_to_no_question_of_this_questionnaire_is_dropped() -> None:
    answers = {"here": ("safe",), "shoe_size": ("43",), "last": ("maybe",)}
    assert settled(WITH_WHY, answers, reached="s0") == {"here": ("safe",)}


# missing


def test_the_four_kinds_of_missing_are_told_apart() -> None:
    answers = {"a": (NOT_ASKED,), "b": (SKIPPED,), "c": (PREFER_NOT,), "d": ("yes",), "e": (WRITTEN,)}
    found = [kind_of_missing(answers, key) for key in "abcdef"]
    assert found == [Missing.not_asked, Missing.skipped, Missing.prefer_not_to_say, None, None, Missing.left]


# checking one answer

MANY = choice("many", "a", "b", "c", kind=Kind.multiple)
NUMBER = Question("n", Kind.number, {"en": "How many?"}, "ours", minimum=0, maximum=10)
SCHOOL = Question("where", Kind.place, {"en": "Where?"}, "ours")


@pytest.mark.parametrize(
    ("question", "values", "kept"),
    [
        (OPENING, ["safe"], ("safe",)),
        (OPENING, [], (SKIPPED,)),
        (OPENING, ["", "  "], (SKIPPED,)),
        (OPENING, [SKIPPED], (SKIPPED,)),
        (OPENING, [PREFER_NOT], (PREFER_NOT,)),
        (MANY, ["c", "a", "a"], ("a", "c")),
        (NUMBER, [" 007 "], ("7",)),
        (NUMBER, ["۳"], ("3",)),
        (SCHOOL, ["barking-station"], ("barking-station",)),
        (text_question(min_age=None), ["Too dark by the stairs"], (WRITTEN,)),
        (text_question(min_age=None), [" "], (SKIPPED,)),
    ],
)
def test_an_answer_is_kept_in_one_form(question: Question, values: list[str], kept: tuple[str, ...]) -> None:
    assert check_answer(question, values, {}) == kept


@pytest.mark.parametrize(
    ("question", "values", "problem"),
    [
        (OPENING, ["lovely"], AnswerProblem.unknown_option),
        (OPENING, [NOT_ASKED], AnswerProblem.unknown_option),
        (OPENING, [SKIPPED, "safe"], AnswerProblem.one_only),
        (OPENING, ["safe", "unsafe"], AnswerProblem.one_only),
        (MANY, ["a", PREFER_NOT], AnswerProblem.exclusive),
        (MANY, ["a", SKIPPED], AnswerProblem.unknown_option),
        (MANY, [str(n) for n in range(5000)], AnswerProblem.too_many),
        (NUMBER, ["eleven"], AnswerProblem.not_a_number),
        (NUMBER, ["1.5"], AnswerProblem.not_a_number),
        (NUMBER, ["1_0"], AnswerProblem.not_a_number),
        (NUMBER, ["9" * 5000], AnswerProblem.not_a_number),
        (NUMBER, ["11"], AnswerProblem.out_of_range),
        (NUMBER, ["-1"], AnswerProblem.out_of_range),
        (NUMBER, ["1", "2"], AnswerProblem.one_only),
        (SCHOOL, ["../etc"], AnswerProblem.not_a_place),
        (SCHOOL, [NOT_ASKED], AnswerProblem.not_a_place),
        (text_question(min_age=None, max_length=3), ["four"], AnswerProblem.too_long),
        (age_question(), [IMPORTED_AGE], AnswerProblem.unknown_option),
    ],
)
def test_an_answer_that_cannot_be_is_refused_by_name(
    question: Question, values: list[str], problem: AnswerProblem
) -> None:
    with pytest.raises(BadAnswer) as refused:
        check_answer(question, values, {AGE: ("25-34",)})
    assert (refused.value.question_key, refused.value.problem) == (question.key, problem)


@pytest.mark.parametrize("age", YOUNG_OR_UNKNOWN)
def test_a_gated_question_or_option_is_refused_by_the_server(age: tuple[str, ...]) -> None:
    gated = choice("q", options=(option("all"), option("grown", min_age=16), option(PREFER_NOT)))
    for question, value in [(gated, "grown"), (text_question(), "words")]:
        with pytest.raises(BadAnswer) as refused:
            check_answer(question, [value], {AGE: age})
        assert refused.value.problem is AnswerProblem.not_open
        assert check_answer(question, [value], {AGE: ("16-17",)})


def test_the_unsplit_age_band_is_taken_at_import_only() -> None:
    assert check_answer(age_question(), [IMPORTED_AGE], {}, imported=True) == (IMPORTED_AGE,)
    with pytest.raises(BadAnswer):
        check_answer(OPENING, [IMPORTED_AGE], {}, imported=True)
    made = questionnaire([OPENING], [age_question()])
    assert settled(made, {AGE: (IMPORTED_AGE,)}, reached="s1") == {AGE: (IMPORTED_AGE,)}


def test_a_refusal_does_not_repeat_what_was_sent() -> None:
    with pytest.raises(BadAnswer) as refused:
        check_answer(OPENING, ["my name is Sam"], {})
    assert "Sam" not in str(refused.value)


# order on the page


def test_shuffling_moves_opinions_and_leaves_other_and_refusals_at_the_end() -> None:
    options = (*(option(key) for key in "abcdef"), option("other", last=True), option("none", exclusive=True))
    question = choice("q", kind=Kind.multiple, shuffled=True, options=(*options, option(PREFER_NOT, exclusive=True)))
    orders = [[o.key for o in shown_order(question, question.options, f"seed {n}")] for n in range(20)]
    assert all(order[6:] == ["other", "none", PREFER_NOT] for order in orders)
    assert all(sorted(order[:6]) == list("abcdef") for order in orders)
    assert len({tuple(order) for order in orders}) > 10
    assert [o.key for o in shown_order(question, question.options, "seed 0")] == orders[0]
    assert shown_order(LAST, LAST.options, "seed") == LAST.options


# properties

worlds = questionnaires().flatmap(lambda made: st.tuples(st.just(made), stored_answers(made)))
reached_worlds = worlds.flatmap(
    lambda world: st.tuples(
        st.just(world[0]), st.just(world[1]), st.sampled_from([None, *(screen.key for screen in world[0].screens)])
    )
)


@given(worlds)
def test_a_path_is_part_of_the_questionnaire_in_its_order(world: tuple[Questionnaire, dict]) -> None:  # type: ignore[type-arg]
    made, answers = world
    asked = path(made, answers)
    assert [question for question in made.questions if question in asked] == list(asked)


@given(worlds, st.sampled_from(YOUNG_OR_UNKNOWN))
def test_no_gated_question_is_ever_on_the_path_of_the_young_or_unknown(
    world: tuple[Questionnaire, dict],
    age: tuple[str, ...],  # type: ignore[type-arg]
) -> None:
    made, answers = world
    for question in path(made, {**answers, AGE: age}):
        assert question.sensitive is None
        assert question.kind is not Kind.text
        assert question.min_age in (None, 13)
        if age not in (("13-15",), (IMPORTED_AGE,)):
            assert question.min_age is None


@given(reached_worlds)
def test_settling_twice_changes_nothing_and_keeps_the_path(world: tuple[Questionnaire, dict, str | None]) -> None:  # type: ignore[type-arg]
    made, answers, reached = world
    once = settled(made, answers, reached=reached)
    assert settled(made, once, reached=reached) == once
    assert path(made, once) == path(made, answers)
    on_path = set(keys(path(made, answers)))
    assert all((once[key] == (NOT_ASKED,)) == (key not in on_path) for key in once)


@given(questionnaires(), st.data())
def test_a_journey_ends_and_nobody_meets_a_question_marked_not_asked(made: Questionnaire, data: st.DataObject) -> None:
    """Forward through the screens, now and then back to an earlier one; at the end nothing is left open."""
    answers: dict[str, tuple[str, ...]] = {}
    marked: set[str] = set()
    backs = 2
    screen = next_screen(made, answers, None)
    while screen is not None:
        for question in screen_questions(made, screen, answers):
            assert question.key not in marked
            answers[question.key] = data.draw(some_answer(question))
            allowed = {choice.key for choice in options_for(question, answers)} | {SKIPPED}
            if question.options and not set(answers[question.key]) <= allowed:
                answers[question.key] = (SKIPPED,)
        answers = settled(made, answers, reached=screen.key)
        marked = {key for key, values in answers.items() if values == (NOT_ASKED,)}
        following = next_screen(made, answers, screen.key)
        assert following is None or made.screens.index(following) > made.screens.index(screen)
        if backs and data.draw(st.integers(0, 9)) == 0:
            backs -= 1
            marked = set()  # going back is a new start: what comes after is worked out again at the next save
            following = screen_before(made, answers, screen.key, data)
        screen = following
    assert set(answers) == {question.key for question in made.questions}
    assert resume_screen(made, answers) is None


def screen_before(made: Questionnaire, answers: dict[str, tuple[str, ...]], key: str, data: st.DataObject):  # type: ignore[no-untyped-def]
    shown = [screen for screen in made.screens if screen_questions(made, screen, answers)]
    upto = [screen for screen in shown if made.screen_index(screen.key) <= made.screen_index(key)]
    return data.draw(st.sampled_from(upto))


@given(reached_worlds)
def test_what_is_marked_cannot_be_reached_by_any_answers_still_to_come(
    world: tuple[Questionnaire, dict, str | None],  # type: ignore[type-arg]
) -> None:
    """The slow way: try every single answer to each question still open after the reached screen."""
    made, answers, reached = world
    saved = settled(made, answers, reached=reached)
    at = -1 if reached is None else made.screen_index(reached)
    marked = {key for key, values in saved.items() if values == (NOT_ASKED,)}
    still_open = [q for q in path(made, saved) if q.key not in saved and made.screen_index_of(q.key) > at]
    for question in still_open:
        for chosen in question.options:
            later = path(made, {**saved, question.key: (chosen.key,)})
            assert not marked & {q.key for q in later if made.screen_index_of(q.key) > at}


def test_every_age_band_is_covered_by_the_gate_examples() -> None:
    assert {band for age in YOUNG_OR_UNKNOWN for band in age} & set(AGE_BANDS) == {PREFER_NOT, "under_13", "13-15"}
