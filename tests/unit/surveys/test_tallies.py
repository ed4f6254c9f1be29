"""What one response adds to the tallies, and that any change is the difference of two such sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from community.surveys.fielding import counting_of
from community.surveys.questionnaire import AGE_BANDS, Kind
from community.surveys.tallies import ANSWERED, Key, Snapshot, contributions, difference, is_mark
from tests.unit.surveys.small import OPENING, age_question, choice, questionnaire, text_question

CONNECTION = choice("connection", "live", "work", kind=Kind.multiple, attribute="connection")
WHY = choice("why", "dark", "people", "isolated", kind=Kind.multiple)
MADE = questionnaire([OPENING], [age_question()], [WHY], [CONNECTION, text_question()])
COUNTING = counting_of(MADE)
SOMEONE = Snapshot(7, 3, 5, date(2026, 11, 20), "15-19", "web", 0, {"here": ("safe",)})
MARKS = ("_skipped", "_not_asked")


def answering(answers: Mapping[str, Sequence[str]], **more: Any) -> Counter[Key]:
    return COUNTING.count(replace(SOMEONE, answers=answers, **more))


def by_attribute(counted: Counter[Key], question: str) -> dict[str, dict[tuple[str, str], int]]:
    """attribute -> {(option, group): n} of a question."""
    found: dict[str, dict[tuple[str, str], int]] = {}
    for key, n in counted.items():
        if key.question == question:
            found.setdefault(key.attribute, {})[key.option, key.group] = n
    return found


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot | None:
    if draw(st.integers(0, 9)) == 0:
        return None
    answers: dict[str, tuple[str, ...]] = {}
    for question in MADE.questions:
        keys = [option.key for option in question.options] or ["_written"]
        several = 3 if question.kind is Kind.multiple else 1
        chosen = st.lists(st.sampled_from(keys), min_size=1, max_size=several, unique=True).map(tuple)
        entry = draw(st.none() | st.sampled_from(MARKS).map(lambda mark: (mark,)) | chosen)
        if entry:
            answers[question.key] = entry
    return Snapshot(
        draw(st.integers(1, 2)),
        draw(st.none() | st.integers(1, 2)),
        draw(st.none() | st.integers(1, 2)),
        draw(st.sampled_from([date(2026, 11, 20), date(2026, 11, 21)])),
        draw(st.sampled_from(["00-06", "15-19"])),
        draw(st.sampled_from(["web", "paper"])),
        draw(st.integers(0, 3)),
        answers,
    )


@given(snapshots(), snapshots())
def test_the_difference_leads_from_one_sum_to_the_other(a: Snapshot | None, b: Snapshot | None) -> None:
    moved = Counter(COUNTING.count(a))
    for key, n in difference(COUNTING.count(a), COUNTING.count(b)):
        assert n != 0
        moved[key] += n
    assert {key: n for key, n in moved.items() if n} == dict(COUNTING.count(b))


@given(snapshots(), snapshots())
def test_changes_stand_in_the_order_of_their_keys_each_once(a: Snapshot | None, b: Snapshot | None) -> None:
    keys = [key for key, _ in difference(COUNTING.count(a), COUNTING.count(b))]
    assert keys == sorted(set(keys))


@given(snapshots())
def test_nothing_changes_between_a_response_and_itself(a: Snapshot | None) -> None:
    assert difference(COUNTING.count(a), COUNTING.count(a)) == []


@given(snapshots())
def test_a_response_is_counted_once_under_each_key_and_nowhere_else(a: Snapshot | None) -> None:
    for key, n in COUNTING.count(a).items():
        assert a is not None and n == 1
        assert (key.wave_id, key.day, key.flagged) == (a.wave_id, a.answered_on, int(a.flags > 0))
        assert key.place_id == (a.place_id or 0)


@given(snapshots())
def test_marks_are_counted_by_daypart_alone(a: Snapshot | None) -> None:
    for key in COUNTING.count(a):
        assert not is_mark(key.option) or key.attribute == "daypart"
        assert not key.group.startswith("_")  # nobody is grouped by a question they passed over


@given(snapshots())
def test_each_attribute_that_everyone_has_adds_up_to_the_answers(a: Snapshot | None) -> None:
    counted = COUNTING.count(a)
    for attribute in ("channel", "daypart", "poster"):
        for question, options in (a.answers if a else {}).items():
            chosen = {option for option in options if attribute == "daypart" or not is_mark(option)}
            under = Counter(k.option for k in counted if k.attribute == attribute and k.question == question)
            assert {option: n for option, n in under.items() if option != ANSWERED} == dict.fromkeys(chosen, 1)


def test_attributes_are_never_crossed() -> None:
    counted = answering({"here": ("unsafe",), "age": ("16-17",), "connection": ("live", "work")})
    assert by_attribute(counted, "here") == {
        "channel": {("unsafe", "web"): 1},
        "daypart": {("unsafe", "15-19"): 1},
        "poster": {("unsafe", "3"): 1},
        "age": {("unsafe", "16-17"): 1},
        "connection": {("unsafe", "live"): 1, ("unsafe", "work"): 1},
    }


def test_a_multiple_answer_adds_one_to_its_base_however_many_were_ticked() -> None:
    ticked = by_attribute(answering({"why": ("dark", "people", "isolated")}), "why")
    assert {option for option, _ in ticked["daypart"]} == {"dark", "people", "isolated", ANSWERED}
    assert all(counted[ANSWERED, group] == 1 for counted in ticked.values() for _, group in counted)


def test_a_question_that_takes_one_answer_needs_no_base_of_its_own() -> None:
    assert not any(key.option == ANSWERED for key in answering({"here": ("safe",), "age": ("65+",)}))


def test_rather_not_say_and_passing_over_are_in_no_base() -> None:
    for entry in ("prefer_not_to_say", "_skipped", "_not_asked"):
        assert not any(key.option == ANSWERED for key in answering({"why": (entry,)}))


def test_what_was_written_is_counted_as_written_and_no_more() -> None:
    counted = answering({"comment": ("_written",)})
    assert [(key.attribute, key.option) for key in counted] == [("daypart", "_written")]


def test_rather_not_say_is_a_group_like_any_other() -> None:
    assert by_attribute(answering({"age": (AGE_BANDS[-1],), "here": ("safe",)}), "here")["age"] == {
        ("safe", "prefer_not_to_say"): 1
    }


def test_a_late_age_moves_the_earlier_answers_into_its_group_and_nothing_else() -> None:
    before = answering({"here": ("safe",)})
    after = answering({"here": ("safe",), "age": ("18-21",)})
    moves = difference(before, after)
    assert {(key.question, key.attribute) for key, n in moves} == {
        ("here", "age"),
        ("age", "age"),
        ("age", "channel"),
        ("age", "daypart"),
        ("age", "poster"),
    }
    assert all(n == 1 for _, n in moves)


def test_a_flag_moves_all_that_the_response_is_counted_under() -> None:
    answers = {"here": ("safe",), "why": ("dark",)}
    moves = difference(answering(answers), answering(answers, flags=2))
    assert {key._replace(flagged=0) for key, _ in moves} == set(answering(answers))
    assert all(n == (1 if key.flagged else -1) for key, n in moves)


def test_no_place_and_no_poster_are_counted_as_none() -> None:
    keys = answering({"here": ("safe",)}, place_id=None, poster_id=None)
    assert {key.place_id for key in keys} == {0}
    assert {key.group for key in keys if key.attribute == "poster"} == {"-"}


def test_a_response_that_is_not_there_counts_nowhere() -> None:
    assert contributions(None, attributes={}, several=frozenset(), missing={}) == Counter()
