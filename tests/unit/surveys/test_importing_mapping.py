"""What the columns of a file mean: by the words in its headings, and by a mapping beside it."""

from __future__ import annotations

import pytest

from community.surveys.importing.faults import FileRefused
from community.surveys.importing.layout import lay_out
from community.surveys.importing.mapping import Mapping, faults_with, load
from community.surveys.importing.words import plain
from community.surveys.questionnaire import Kind, Question, Questionnaire
from tests.unit.surveys.small import OPENING, age_question, choice, questionnaire, text_question

WHERE = Question(
    key="spot", kind=Kind.single, wording={"en": "Do you feel safe here, at {place}?"},
    wording_anywhere={"en": "Do you feel safe where you are?"}, source="ours", options=OPENING.options,
)  # fmt: skip
SURVEY = questionnaire([OPENING], [age_question()], [WHERE], [choice("robbed", "me", "neither")], [text_question()])


def said(*headers: str, mapping: Mapping | None = None, of: Questionnaire = SURVEY) -> list[str]:
    return [str(fault) for fault in lay_out(headers, mapping or Mapping(), of)[1]]


def found(*headers: str, mapping: Mapping | None = None) -> dict[str, int]:
    layout, faults = lay_out(headers, mapping or Mapping(), SURVEY)
    assert faults == []
    return layout


@pytest.mark.parametrize(
    "heading", ["robbed", "ROBBED", " Robbed ", "wording of robbed", "Wording of   ROBBED?", "Wording_of robbed:"]
)
def test_a_heading_is_a_key_or_the_english_words_in_any_case(heading: str) -> None:
    assert found("date", heading) == {"date": 0, "robbed": 1}


def test_a_question_with_a_place_goes_by_both_its_wordings() -> None:
    assert found("date", "Do you feel safe where you are?") == {"date": 0, "spot": 1}
    assert found("date", "Do you feel safe here, at {place}?") == {"date": 0, "spot": 1}


def test_time_is_another_word_for_daypart() -> None:
    assert found("Date", "Time", "place", "language", "age") == {
        "date": 0, "daypart": 1, "place": 2, "language": 3, "age": 4,
    }  # fmt: skip


def test_an_unknown_heading_is_named_with_the_nearest_known() -> None:
    (fault,) = said("date", "age", "robed")
    assert "line 1, column 'robed'" in fault
    assert "did you mean 'robbed'?" in fault


def test_every_unknown_heading_is_listed() -> None:
    assert len(said("date", "age", "email", "ip address")) == 2


def test_a_file_without_a_date_or_without_an_answer_is_refused() -> None:
    assert "no date column" in said("place", "age")[0]
    assert "no column holds an answer" in said("date", "place")[0]


def test_two_columns_for_one_thing_are_refused() -> None:
    assert "both hold robbed" in said("date", "robbed", "wording of robbed")[0]
    assert "both hold daypart" in said("date", "time", "daypart", "age")[0]


MAPPING = """
columns:
  Submitted: date
  "How old?": age
  Email: ignore
  Notes:
values:
  age: {Teenager: 13-17, "N/A": null}
date_format: "%d %B %Y"
separator: ","
defaults: {daypart: 15-19}
"""


def test_a_mapping_names_columns_and_words_and_says_what_to_leave_out() -> None:
    mapping = load(MAPPING, name="map.yaml")
    assert found("Submitted", "how old", "EMAIL", "notes", mapping=mapping) == {"date": 0, "age": 1}
    assert mapping.values == {"age": {"teenager": "13-17", "n/a": None}}
    assert (mapping.date_format, mapping.separator, mapping.defaults) == ("%d %B %Y", ",", {"daypart": "15-19"})
    assert faults_with(mapping, SURVEY) == []


def test_yes_and_no_stay_words() -> None:
    mapping = load("values: {robbed: {no: neither, yes: me}}", name="map.yaml")
    assert mapping.values == {"robbed": {"no": "neither", "yes": "me"}}


def test_a_mapping_for_a_heading_that_is_not_there_is_refused() -> None:
    mapping = load("columns: {Emial: ignore}", name="map.yaml")
    (fault,) = said("date", "age", "email", mapping=mapping)[1:]
    assert "the mapping names a heading 'emial'" in fault
    assert "did you mean 'email'" in fault


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("columns: {Yob: agee}", "names 'agee', which is no question: did you mean 'age'?"),
        ("values: {robbed: {yes: mee}}", "gives robbed the value 'mee', which is none of its options"),
        ("values: {robed: {yes: me}}", "did you mean 'robbed'?"),
        ("values: {comment: {yes: me}}", "gives values for comment, which is free text"),
    ],
)
def test_a_mapping_to_nothing_of_ours_is_named_with_the_nearest(text: str, expected: str) -> None:
    assert expected in " ".join(map(str, faults_with(load(text, name="map.yaml"), SURVEY)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "the file is empty"),
        ("- date", "the mapping is not a list of 'name: value' lines"),
        ("colums: {a: b}", "line 1: the mapping has no 'colums': did you mean 'columns'?"),
        ("columns: [a]", "'columns' is not a list of 'theirs: ours' lines"),
        ("columns:\n  a: {b: c}", "line 2: 'columns > a' is not one word"),
        ("values: {age: 13}", "'values > age' is not a list"),
        ("values: [age]", "'values' is not a list of questions"),
        ("date_format: '%d %B'", "does not tell a day"),
        ("date_format: '%Y %Y %m %d'", "does not tell a day"),
        ("date_format: '%Q'", "does not tell a day"),
        ("defaults: {robbed: me}", "there is no default for 'robbed'"),
        ("columns: {a: 'b", "this is not YAML"),
        ("columns: {a: b, a: c}", "'a' stands twice"),
        ("columns: !!python/object:os.system {a: b}", "is not allowed"),
    ],
)
def test_a_mapping_that_cannot_be_read_is_refused_with_what_to_do(text: str, expected: str) -> None:
    with pytest.raises(FileRefused) as caught:
        load(text, name="map.yaml")
    assert expected in caught.value.message


@pytest.mark.parametrize(
    ("one", "other"),
    [("13–17", "13 to 17"), ("I’d rather not say", "i'd rather NOT say."), ("safe_in_borough", "Safe in Borough")],
)
def test_words_that_mean_the_same_are_plain_alike(one: str, other: str) -> None:
    assert plain(one) == plain(other)


def test_words_that_differ_stay_apart() -> None:
    assert len({plain(word) for word in ("yes", "yes, me", "13-15", "13-17", "tomorrow", "1315")}) == 6
