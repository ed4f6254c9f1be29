"""What the cells of a row mean as one response; which rows are refused, and with what words."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.surveys.importing.faults import MOST_LISTED, Fault
from community.surveys.importing.layout import lay_out
from community.surveys.importing.mapping import Mapping, load
from community.surveys.importing.places import Gazetteer, NamedPlace
from community.surveys.importing.reading import read
from community.surveys.importing.rows import Checked, Row, RowReader
from community.surveys.questionnaire import (
    AnyOf,
    Condition,
    Kind,
    Option,
    Question,
    Questionnaire,
)
from tests.unit.surveys.small import OPENING, age_question, choice, questionnaire, some_answer, text_question

TODAY = date(2024, 1, 31)
PLACES = Gazetteer(
    [
        NamedPlace(1, "barking-station", "Barking Station", "stn_barking", ("BKG", "The station")),
        NamedPlace(2, "heathway", "Dagenham Heathway", None, ("The station",)),
        NamedPlace(3, "bkg", "Bus garage", None, ()),
    ]
)
ROBBED = choice("robbed", "me", "neither")
TAKEN = choice("taken", "phone", "bag", "nothing", kind=Kind.multiple, ask_if=(Condition("robbed", ("me",)),))
TAKEN = replace(
    TAKEN,
    options=tuple(replace(option, exclusive=option.exclusive or option.key == "nothing") for option in TAKEN.options),
)
OWN = choice("own", "yes", "no", min_age=16, sensitive="own_sexual_abuse")
OLD_OPTION = replace(
    choice("why", "dark", "family"), options=(*OPENING.options, Option("family", {"en": "Family"}, min_age=16))
)
HOW_MANY = Question("how_many", Kind.number, {"en": "How many?"}, "ours", minimum=1, maximum=9)
WHICH = Question("which", Kind.place, {"en": "Which place?"}, "ours")
SURVEY = questionnaire(
    [OPENING], [age_question()], [ROBBED], [TAKEN, OWN, OLD_OPTION], [HOW_MANY, WHICH], [text_question(max_length=40)]
)


def check(text: str, mapping: str = "", survey: Questionnaire = SURVEY, **options: object) -> Checked:
    sheet = read(text.encode(), name="forms.csv")
    theirs = load(mapping, name="map.yaml") if mapping else Mapping()
    layout, faults = lay_out([column.header for column in sheet.columns], theirs, survey)
    assert faults == []
    parts = {"today": TODAY, "tells_of_harm": lambda words: "hurt" in words, **options}
    return RowReader(sheet, layout, survey, theirs, PLACES, **parts).read()  # type: ignore[arg-type]


def row(heading: str, cells: str, mapping: str = "") -> Row:
    checked = check(f"date,{heading}\n2023-11-03,{cells}\n", mapping)
    assert checked.faults == []
    (only,) = checked.rows
    return only


def answers(heading: str, cells: str, mapping: str = "") -> Map[str, tuple[str, ...]]:
    return dict(row(heading, cells, mapping).answers)


def fault(heading: str, cells: str, mapping: str = "") -> Fault:
    checked = check(f"date,{heading}\n2023-11-03,{cells}\n", mapping)
    assert checked.rows == []
    (only,) = checked.faults
    assert only.fix
    return only


def test_a_question_that_is_no_column_was_not_asked_and_an_empty_cell_was_skipped() -> None:
    given = answers("age,robbed", "13-15,")
    assert given["robbed"] == ("_skipped",)
    assert given["here"] == ("_not_asked",)
    assert given["comment"] == ("_not_asked",)
    assert set(given) == {question.key for question in SURVEY.questions}


@pytest.mark.parametrize("cell", ["me", "ME", " Me ", "label of me", "Label of ME."])
def test_a_cell_is_an_option_key_or_its_english_label(cell: str) -> None:
    assert answers("robbed", cell)["robbed"] == ("me",)


def test_several_options_stand_apart_by_semicolons_and_come_in_the_questionnaires_order() -> None:
    assert answers("robbed,taken", "me,bag; PHONE;;bag")["taken"] == ("phone", "bag")
    assert answers("robbed,taken", 'me,"bag, phone"', "separator: ','")["taken"] == ("phone", "bag")


def test_a_label_with_the_separator_in_it_is_one_option() -> None:
    odd = replace(ROBBED, options=(Option("me", {"en": "Yes; me"}), *ROBBED.options[1:]))
    checked = check("date,robbed\n2023-11-03,yes; me\n", survey=questionnaire([OPENING], [odd]))
    assert dict(checked.rows[0].answers)["robbed"] == ("me",)


@pytest.mark.parametrize("cell", ["13-17", "13 to 17", "13–17"])
def test_an_age_that_older_tools_did_not_split_stays_a_group_of_its_own(cell: str) -> None:
    assert answers("age", cell)["age"] == ("13-17",)


@pytest.mark.parametrize(
    ("years", "band"), [("13", "13-15"), ("17", "16-17"), ("18", "18-21"), ("64", "55-64"), ("99", "65+")]
)
def test_an_exact_age_is_folded_to_its_band(years: str, band: str) -> None:
    assert answers("age", years)["age"] == (band,)


def test_under_13_is_refused_and_says_to_take_the_row_out() -> None:
    for words in ("under_13", "Under 13", "label of under_13", "12", "0"):
        assert "are not kept" in fault("age,robbed", f"{words},me").message


@pytest.mark.parametrize("age", ["13-15", "13-17", "prefer_not_to_say", ""])
def test_no_answer_of_the_young_or_of_unknown_age_passes_an_age_gate(age: str) -> None:
    for heading, cell in (("own", "yes"), ("why", "family"), ("comment", "words")):
        assert "known to be 16 or over" in fault(f"age,robbed,{heading}", f"{age},me,{cell}").message


def test_an_empty_gated_cell_of_the_young_was_not_asked_and_of_the_older_was_skipped() -> None:
    assert answers("age,own", "13-15,")["own"] == ("_not_asked",)
    assert answers("age,robbed,own", ",me,")["own"] == ("_not_asked",)
    assert answers("age,own", "16-17,")["own"] == ("_skipped",)
    assert answers("age,own,comment", "16-17,yes,words")["own"] == ("yes",)


def test_a_gated_column_in_a_file_without_ages_is_one_fault() -> None:
    checked = check("date,robbed,own\n" + "2023-11-03,me,yes\n" * 30)
    assert [str(found) for found in checked.faults] == [
        "line 1, column 'own': own is asked only of people known to be 16 or over, and the file has no age: "
        "bring the age in too, or map this heading to ignore."
    ]


def test_an_empty_gated_column_in_a_file_without_ages_does_no_harm() -> None:
    assert answers("robbed,own", "me,")["own"] == ("_not_asked",)


def test_an_answer_that_another_answer_rules_out_is_refused() -> None:
    found = fault("robbed,taken", "neither,bag")
    assert "robbed is neither, after which it is not asked" in found.message
    assert "or correct robbed" in found.fix


def test_an_empty_cell_that_another_answer_rules_out_was_not_asked() -> None:
    assert answers("robbed,taken", "neither,")["taken"] == ("_not_asked",)
    assert answers("robbed,taken", "me,")["taken"] == ("_skipped",)


def test_a_condition_on_what_the_file_did_not_ask_keeps_the_answer() -> None:
    assert answers("taken", "bag")["taken"] == ("bag",)
    assert answers("robbed,taken", ",bag")["taken"] == ("bag",)


def test_one_condition_of_a_group_that_cannot_be_judged_is_enough_to_keep_an_answer() -> None:
    either = AnyOf((Condition("here", ("unsafe",)), Condition("robbed", ("me",))))
    survey = questionnaire([OPENING], [ROBBED], [choice("why", "dark", ask_if=(either,))])
    both = check("date,robbed,why\n2023-11-03,neither,dark\n", survey=survey)
    assert dict(both.rows[0].answers)["why"] == ("dark",)
    ruled_out = check("date,here,robbed,why\n2023-11-03,safe,neither,dark\n", survey=survey)
    assert ruled_out.count == 1


def test_a_place_is_found_by_slug_id_name_or_other_name() -> None:
    for cell in ("barking-station", "stn_barking", "barking STATION", "Barking  Station"):
        assert row("place,robbed", f"{cell},me").place_id == 1
    assert row("place,robbed", ",me").place_id is None
    assert row("robbed", "me").place_id is None
    assert answers("robbed,which", "me,stn_barking")["which"] == ("barking-station",)


def test_a_slug_goes_before_another_places_other_name() -> None:
    assert row("place,robbed", "bkg,me").place_id == 3


def test_a_name_of_two_places_is_refused_with_both() -> None:
    found = fault("place,robbed", "The Station,me")
    assert (found.message, found.fix) == (
        "'The Station' could be several places", "write barking-station or heathway",
    )  # fmt: skip


def test_an_unknown_place_is_refused_with_the_nearest() -> None:
    assert "did you mean 'Barking Station'" in fault("place,robbed", "Barkng Station,me").fix


def test_a_time_of_day_is_kept_as_a_daypart_only_and_an_absent_one_as_not_known() -> None:
    assert row("time,robbed", "16:42,me").daypart == "15-19"
    assert row("daypart,robbed", "09 to 12,me").daypart == "09-12"
    assert row("daypart,robbed", ",me").daypart == ""
    assert row("robbed", "me").daypart == ""
    assert check("date,robbed\n2023-11-03 16:42,me\n").rows[0].daypart == "15-19"
    assert check("date,time,robbed\n2023-11-03 16:42,23:10,me\n").rows[0].daypart == "21-24"


def test_a_language_is_a_tag_and_an_absent_one_is_undetermined() -> None:
    assert row("language,robbed", "ro,me").language == "ro"
    assert row("robbed", "me").language == "und"
    assert "language tag" in fault("language,robbed", "Romanian,me").message


def test_defaults_stand_in_for_empty_cells_and_absent_columns() -> None:
    defaults = "defaults: {daypart: '16:00', place: bkg, language: ur}"
    assert row("robbed", "me", defaults)[1:4] == ("15-19", 3, "ur")
    assert row("place,daypart,language,robbed", ",,,me", defaults)[1:4] == ("15-19", 3, "ur")
    assert row("place,robbed", "heathway,me", defaults).place_id == 2


def test_a_default_that_cannot_be_used_is_refused() -> None:
    assert "the default for place: 'nowhere' is no place" in str(fault("robbed", "me", "defaults: {place: nowhere}"))


def test_their_words_become_ours_by_the_mapping() -> None:
    mapping = "values: {robbed: {Ja: me}, age: {teen: 13-17, 'n/a': null}, place: {BS: heathway}, daypart: {pm: 15-19}}"
    assert answers("age,robbed", "TEEN,ja", mapping)["age"] == ("13-17",)
    assert answers("age,robbed", "N/A,ja", mapping)["age"] == ("_skipped",)
    assert row("place,daypart,robbed", "bs,PM,ja", mapping)[1:3] == ("15-19", 2)


@pytest.mark.parametrize(
    ("heading", "cell", "said"),
    [
        ("robbed", "mee", "'mee' is none of the answers to robbed"),
        ("robbed", "me;neither", "is several answers and robbed takes one"),
        ("taken", "bag;nothing", "joins an answer that stands alone (nothing, prefer_not_to_say)"),
        ("taken", "bag;boat", "'boat' is none of the answers to taken"),
        ("robbed", "_skipped;me", "'_skipped' is none of the answers"),
        ("robbed", "_not_asked", "'_not_asked' is none of the answers"),
        ("robbed", "=HYPERLINK(1)", "'=HYPERLINK(1)' is none of the answers"),
        ("robbed", "<script>alert(1)</script>", "is none of the answers"),
        ("how_many", "two", "'two' is not a whole number"),
        ("how_many", "2.5", "'2.5' is not a whole number"),
        ("how_many", "10", "'10' is out of range"),
        ("which", "Atlantis", "'Atlantis' is no place we know"),
    ],
)
def test_a_cell_that_is_no_answer_is_refused_by_line_and_column(heading: str, cell: str, said: str) -> None:
    found = fault(heading, cell)
    assert (found.line, found.column) == (2, heading)
    assert said in found.message


def test_a_whole_number_may_have_a_spreadsheets_nought() -> None:
    assert answers("how_many", "3.0")["how_many"] == ("3",)


def test_a_long_cell_is_shown_short_and_without_control_characters() -> None:
    found = fault("robbed", "\x1b[2J" + "x" * 4000)
    assert len(found.message) < 120
    assert "\x1b" not in str(found)


def test_free_words_are_masked_and_the_answer_is_only_a_mark() -> None:
    only = row("age,comment", "18-21,ring 07700 900 123")
    assert dict(only.answers)["comment"] == ("_written",)
    assert only.comments == (("comment", "ring [phone removed]"),)


def test_free_words_of_spaces_and_hidden_characters_are_no_answer() -> None:
    assert answers("age,comment", "18-21,\u200b \u202e")["comment"] == ("_skipped",)


def test_free_words_that_are_too_long_are_refused_and_not_cut() -> None:
    assert "the text has 41 characters" in fault("age,comment", "18-21," + "x" * 41).message


def test_lines_whose_words_tell_of_harm_are_named() -> None:
    checked = check("date,age,comment\n2023-11-03,18-21,fine\n2023-11-03,18-21,he hurt me\n")
    assert checked.harm == [3]


def test_a_row_without_any_answer_is_refused() -> None:
    assert fault("age,robbed", ",").message == "the row answers nothing"


def test_a_day_outside_the_wave_is_refused() -> None:
    text = "date,robbed\n2023-11-03,me\n2023-12-01,me\n"
    inside = check(text, allowed=(date(2023, 11, 1), None))
    assert inside.count == 0
    (late,) = check(text, allowed=(date(2023, 11, 1), date(2023, 11, 30))).faults
    assert (late.line, late.column) == (3, "date")
    assert "2023-12-01 is not in the wave" in late.message


def test_every_fault_is_listed_in_the_order_of_the_file_and_no_row_is_given() -> None:
    checked = check("date,place,robbed\nsoon,Atlantis,mee\n2023-11-03,,me\n2023-11-03,,you\n")
    assert [(found.line, found.column) for found in checked.faults] == [
        (2, "date"), (2, "place"), (2, "robbed"), (4, "robbed"),
    ]  # fmt: skip


def test_beyond_the_limit_faults_are_only_counted() -> None:
    checked = check("date,robbed\n" + "2023-11-03,x\n" * (MOST_LISTED + 7))
    assert (len(checked.faults), checked.count) == (MOST_LISTED, MOST_LISTED + 7)


@given(st.data())
def test_any_answers_written_out_by_key_are_read_back(data: st.DataObject) -> None:
    asked = [question for question in (ROBBED, OLD_OPTION, HOW_MANY) if data.draw(st.booleans())] or [ROBBED]
    given_answers = {question.key: data.draw(some_answer(question)) for question in asked}
    cells = ["" if a == ("_skipped",) else ";".join(a) for a in given_answers.values()]
    text = f"date,age,{','.join(given_answers)}\n2023-11-03,18-21,{','.join(cells)}\n"
    stored = dict(check(text).rows[0].answers)
    assert {key: stored[key] for key in given_answers} == given_answers
