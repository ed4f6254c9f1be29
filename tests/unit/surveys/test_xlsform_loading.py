"""Spreadsheets of questionnaires: what their cells mean, and what is said of each mistake, by sheet, row and column."""

from __future__ import annotations

import re

import pytest

from community.surveys.questionnaire import AGE_BANDS, Condition, Kind, Style
from tests.unit.surveys.sheets import Sheets, problems, questionnaire, row, said, sheets, with_column
from tests.unit.surveys.sheets import loaded as load

RATHER_NOT = ("why", "prefer_not_to_say", "Rather not")
WHY = (("why", "dark", "Dark"), ("why", "people", "People"), RATHER_NOT)


def remarks(made: Sheets) -> list[str]:
    return [remark.message for remark in load(made).remarks]


# what cells mean


def test_a_question_outside_any_group_is_a_screen_and_a_single_choice_is_buttons() -> None:
    made = questionnaire(sheets(row("select_multiple why", "why", "Why?"), choices=WHY))
    assert [(screen.key, screen.style) for screen in made.screens] == [
        ("here", Style.buttons),
        ("age", Style.buttons),
        ("why", Style.form),
    ]
    assert made.question("why").kind is Kind.multiple
    assert made.question("why").option("prefer_not_to_say").exclusive


def test_a_group_with_field_list_is_one_screen_with_its_heading() -> None:
    made = questionnaire(
        sheets(
            row("begin_group", "both", "Out and about", appearance="field-list"),
            row("select_one yes_no", "day", "By day?"),
            row("select_one yes_no", "dark", "After dark?"),
            row("end_group"),
        )
    )
    assert made.screens[2].questions == ("day", "dark")
    assert made.screens[2].heading == {"en": "Out and about"}


def test_any_other_group_only_holds_questions_together_and_its_condition_holds_for_all() -> None:
    made = questionnaire(
        sheets(
            row("begin group", "unsafe", relevant="${here} = 'no'"),
            row("select_one yes_no", "day", "By day?"),
            row("select_one yes_no", "dark", "After dark?", relevant="${day} = 'no'"),
            row("end group"),
        )
    )
    assert [screen.key for screen in made.screens[2:]] == ["day", "dark"]
    assert made.question("day").ask_if == (Condition("here", ("no",)),)
    assert made.question("dark").ask_if == (Condition("here", ("no",)), Condition("day", ("no",)))


def test_likert_is_a_scale_and_randomize_shuffles() -> None:
    made = questionnaire(
        sheets(
            row("select_one why", "scale", "How?", appearance="likert"),
            row("select_one why", "mixed", "Why?", parameters="randomize=true"),
            choices=WHY,
        )
    )
    assert made.question("scale").kind is Kind.scale
    assert made.question("mixed").shuffled


def test_a_range_is_a_scale_of_numbers_that_people_may_decline() -> None:
    made = load(sheets(row("range", "score", "From 1 to 5?", parameters="start=1 end=5 step=1")))
    score = made.questionnaire.question("score")
    assert score.kind is Kind.scale
    assert [option.key for option in score.options] == ["1", "2", "3", "4", "5", "prefer_not_to_say"]
    assert "was added to it" in made.remarks[0].message


def test_numbers_and_texts_take_their_bounds_from_the_constraint() -> None:
    made = questionnaire(
        sheets(
            row("integer", "visits", "How often?", constraint=". >= 0 and . < 8"),
            row("text", "more", "More?", constraint="string-length(.) <= 200", min_age="16"),
        )
    )
    assert (made.question("visits").minimum, made.question("visits").maximum) == (0, 7)
    assert made.question("more").max_length == 200


def test_a_place_of_our_list_is_asked_for_by_its_file() -> None:
    made = questionnaire(sheets(row("select_one_from_file places.csv", "where", "Where?")))
    assert made.question("where").kind is Kind.place


def test_a_note_becomes_the_hint_of_the_question_after_it() -> None:
    made = load(sheets(row("note", "", "Think of last week."), row("select_one yes_no", "q", "And then?")))
    assert made.questionnaire.question("q").hint == {"en": "Think of last week."}
    assert made.remarks[0].line == 4


def test_translations_stand_in_columns_of_their_own_and_urdu_runs_from_the_right() -> None:
    made = with_column(sheets(), "survey", "label::Urdu (ur)", "محفوظ؟", "عمر؟")
    made = with_column(made, "settings", "translated_title::Urdu (ur)", "چھوٹا")
    made = with_column(made, "settings", "reviewed", "en, ur")
    read = questionnaire(made)
    assert read.opening.wording == {"en": "Safe here?", "ur": "محفوظ؟"}
    assert (read.languages["ur"].direction, read.languages["ur"].reviewed) == ("rtl", True)
    assert read.title == {"en": "Small", "ur": "چھوٹا"}


def test_a_bare_heading_speaks_the_default_language() -> None:
    settings = [["form_title::English (en)", "form_id", "default_language"], ["Small", "small", "Romanian (ro)"]]
    made = with_column(sheets(settings=settings), "survey", "label::English (en)", "Safe?", "Age?")
    made = with_column(
        made, "choices", "label::en", "Yes", "No", "Rather not", *(f"{band} years" for band in AGE_BANDS)
    )
    assert questionnaire(made).opening.wording == {"en": "Safe?", "ro": "Safe here?"}


def test_a_disabled_row_and_an_empty_one_are_passed_over() -> None:
    made = sheets(row("geopoint", "x", "Where?"), row(""), row("select_one yes_no", "q", "And?"))
    made["survey"][4] = [""] * len(made["survey"][4])
    made = with_column(made, "survey", "disabled", "", "", "yes")
    assert [question.key for question in questionnaire(made).questions] == ["here", "age", "q"]


def test_the_rules_of_every_questionnaire_hold_for_a_spreadsheet_too() -> None:
    """Ages, harm, free text, prefer not to say, the harmless opening: nothing slips by."""
    assert "lets under 16s write free text" in said(sheets(row("text", "more", "More?")))[0]
    harm = (("why", "hurt", "Hurt", "domestic_abuse"), RATHER_NOT)
    assert "for under 16s" in said(sheets(row("select_one why", "why", "Why?"), choices=harm))[0]
    unsayable = sheets(row("select_one why", "why", "Why?"), choices=WHY[:2])
    assert "has no option 'prefer_not_to_say'" in said(unsayable)[0]
    hurtful = sheets()
    hurtful["choices"][1] = ["yes_no", "yes", "Yes", "robbery"]
    assert any("is the first and has an option about harm" in problem for problem in said(hurtful))


# what is left out is said


def test_what_is_left_out_is_said_once_and_stops_nothing() -> None:
    made = sheets(
        row("select_one yes_no", "q", "And?", appearance="minimal", parameters="randomize=false seed=5"),
        row("select_one yes_no", "r", "Or?", appearance="minimal"),
        settings=[["form_title", "form_id", "version", "style"], ["Small", "small", "7", "pages"]],
    )
    made = with_column(made, "survey", "required", "yes", "yes")
    made = with_column(made, "survey", "constraint_message", "Too many!")
    made = with_column(made, "survey", "label::French (fr)", "Sûr ?")
    made["entities"] = [["list_name"], ["trees"]]
    assert sorted(remarks(made)) == sorted(
        [
            "The sheet 'entities' is not used.",
            "The column 'style' is not used here.",
            "The column 'constraint_message' is not used here.",
            "'required' is not used: people may skip every question.",
            "The appearance 'minimal' is not used: questions look the same on every phone.",
            "The parameter 'seed' is not used.",
            "The version in the settings is not used: versions are counted here.",
            "People cannot choose the language 'fr' yet: its words are kept and not shown.",
        ]
    )


# what is refused: the place, a part of the problem, a part of the fix

Q = "select_one yes_no"
ROWS = [
    (row("geopoint", "x", "Where?"), "type", "'geopoint' cannot be asked", "places.csv"),
    (row("phonenumber", "x"), "type", "cannot be asked", "answers here are anonymous"),
    (row("image", "x", "Show us"), "type", "cannot be asked", "may show people"),
    (row("calculate", "x"), "type", "cannot be asked", "nothing is worked out"),
    (row("begin_repeat", "x"), "type", "cannot be asked", "nothing can be repeated"),
    (row("decimal", "x", "How much?"), "type", "cannot be asked", "use integer"),
    (row("date", "x", "When?"), "type", "cannot be asked", "this week"),
    (row("rank why", "x", "Rank"), "type", "cannot be asked", "select_multiple"),
    (row("selct_one yes_no", "x", "Q?"), "type", "'selct_one yes_no' cannot be asked", "use select_one"),
    (row("select_one", "x", "Q?"), "type", "names no list", "select_one yes_no"),
    (row("select_one yesno", "x", "Q?"), "type", "no list of choices called 'yesno'", "did you mean 'yes_no'?"),
    (row("select_one yes_no or_other", "x", "Q?"), "type", "or_other cannot be used", "a choice 'other'"),
    (row("select_one_from_file trees.csv", "x", "Q?"), "type", "cannot come from a file", "on the sheet choices"),
    (row("", "x", "Q?"), "type", "the row has no type", "select_one yes_no"),
    (row(Q, "", "Q?"), "name", "the row has no name", "such as safe_here"),
    (row(Q, "Safe Here", "Q?"), "name", "'Safe Here' cannot be used", "lower-case letters"),
    (row(Q, "here", "Q?"), "name", "question 'here' stands twice", "a name of its own"),
    (row(Q, "x"), None, "question 'x' has no label", "fill in the column label"),
    (row(Q, "x", "Q?", source=""), None, "question 'x' has no source", "fill in the column source"),
    (row(Q, "x", "Q ${here}?"), "label", "placeholder other than {place}", "only {place}"),
    (row(Q, "x", "At {place}?"), None, "no words for when no place", "column wording_anywhere"),
    (row(Q, "x", "Q" * 301), "label", "has 301 characters", "at most 300"),
    (row(Q, "x", "Q?", relevant="${here} = yes"), "relevant", "yes stands without quotes", "write 'yes'"),
    (row(Q, "x", "Q?", relevant="${her} = 'yes'"), "relevant", "'her', which is no question", "did you mean 'here'?"),
    (row(Q, "x", "Q?", relevant="${here} = 'yep'"), "relevant", "no option of 'here'", "did you mean 'yes'?"),
    (row(Q, "x", "Q?", relevant="${x} = 'yes'"), "relevant", "does not stand on an earlier screen", "earlier screen"),
    (row(Q, "x", "Q?", constraint=". > 1"), "constraint", "only numbers and texts", "empty the cell"),
    (row(Q, "x", "Q?", min_age="14"), "min_age", "has min_age 14", "13, 16, 18"),
    (row(Q, "x", "Q?", min_age="old"), "min_age", "is not a whole number", "figures only"),
    (row(Q, "x", "Q?", appearance="likert", parameters="randomize=true"), "parameters", "of type likert and shuffled",
     "take randomize=true out"),
    (row("integer", "x", "Q?"), None, "no range", "in the column constraint, such as . >= 0"),
    (row("integer", "x", "Q?", constraint="regex(., '1')"), "constraint", "is not understood", ". >= 0 and . <= 10"),
    (row("integer", "x", "Q?", constraint=". > 1 and . > 2"), "constraint", "stands twice", "write it once"),
    (row("integer", "x", "Q?", constraint=". > 3 and . < 2"), None, "no range", "column constraint"),
    (row("text", "x", "Q?", min_age="16", constraint="string-length(.) > 3"), "constraint", "as short as people like",
     "string-length(.) <= 500"),
    (row("text", "x", "Q?", min_age="13"), None, "lets under 16s write free text", "16 in the column min_age"),
    (row("range", "x", "Q?", parameters="start=0 end=100"), "parameters", "has 101 steps", "at most 11"),
    (row("range", "x", "Q?", parameters="start=1 end=2 step=0.5"), "parameters", "step of the range is '0.5'",
     "whole numbers"),
    (row("range", "x", "Q?", parameters="start=5 end=1"), "parameters", "even steps", "start=1 end=5"),
    (row("note", "x", "Thanks!"), "label", "no question follows the note", "before a question"),
    (row("end_group"), "type", "no group is open", "add begin_group"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "column", "message", "fix"), ROWS, ids=[f"{case[2]} {case[0][0]}" for case in ROWS])
def test_a_mistake_in_a_row_is_named_by_its_cell_with_its_fix(
    line: list[str], column: str | None, message: str, fix: str
) -> None:
    found = problems(sheets(line))
    assert len(found) == 1, found
    assert (found[0].sheet, found[0].line, found[0].column) == ("survey", 4, column)
    assert message in found[0].message
    assert fix in found[0].fix


def groups(*rows: list[str]) -> Sheets:
    return sheets(row("begin_group", "g", "G", appearance="field-list"), *rows)


SCREEN = row("begin_group", "h", appearance="field-list")
HINTED = row(Q, "q", "Q?", hint="A hint")
GROUPS = [
    (groups(row(Q, "q", "Q?")), 4, "'g' never ends", "add a row end_group"),
    (groups(row("end_group")), 4, "'g' has no question", "take it out"),
    (groups(SCREEN, row(Q, "q", "Q?"), row("end_group"), row("end_group")), 5, "'h' stands inside 'g'", "end that"),
    (groups(row(Q, "q", "Q?"), row(Q, "r", "R?", relevant="${q} = 'no'"), row("end_group")), 6,
     "does not stand on an earlier screen", "move it to a later screen"),
    (sheets(row("note", "", "N", relevant="${here} = 'no'"), row(Q, "q", "Q?")), 4, "a condition of its own", "hint"),
    (sheets(row("note", "", "N"), HINTED), 4, "'q' after the note has a hint", "put both into the hint"),
    (groups(row("geopoint", "q", "Q?"), row("end_group")), 5, "'geopoint' cannot be asked", "places.csv"),
]  # fmt: skip


@pytest.mark.parametrize(("made", "line", "message", "fix"), GROUPS, ids=[case[2] for case in GROUPS])
def test_a_mistake_among_groups_and_notes_is_named_by_its_row(made: Sheets, line: int, message: str, fix: str) -> None:
    found = problems(made)
    assert len(found) == 1, found
    assert (found[0].sheet, found[0].line) == ("survey", line)
    assert message in found[0].message
    assert fix in found[0].fix


CHOICES = [
    (["", "a", "A"], "list_name", "belongs to no list", "the list's name"),
    (["why", "", "A"], "name", "the choice has no name", "very_safe"),
    (["why", "Very", "A"], "name", "choice name of question 'why' 'Very'", "lower-case"),
    (["why", "dark", "A"], "name", "'dark' of question 'why' stands twice", "keep one"),
    (["why", "a", ""], None, "has no label", "fill in the column label"),
    (["why", "a", "A {place}"], None, "curly bracket", "take it out"),
    (["why", "a", "A", "Harm!"], "harm", "'Harm!' cannot be used", "lower-case"),
    (["why", "a", "A", "self_harm"], None, "about self_harm for under 16s", "write 16 in the column min_age of the"),
    (["why", "a", "A", "", "14"], "min_age", "min_age of option 'a' 14", "13, 16"),
]


@pytest.mark.parametrize(("line", "column", "message", "fix"), CHOICES, ids=[case[2] for case in CHOICES])
def test_a_mistake_in_a_choice_is_named_by_its_cell(
    line: list[str], column: str | None, message: str, fix: str
) -> None:
    found = problems(sheets(row("select_one why", "why", "Why?"), choices=(*WHY, line)))
    assert len(found) == 1, found
    assert (found[0].sheet, found[0].line, found[0].column) == ("choices", 19, column)
    assert message in found[0].message
    assert fix in found[0].fix


COLUMNS = [
    ("survey", "relevent", "there is no column 'relevent'", "did you mean 'relevant'?"),
    ("survey", "label:Urdu (ur)", "no column 'label:Urdu (ur)'", "two colons"),
    ("survey", "label::Urdu", "the language 'Urdu' has no code", "label::Urdu (ur)"),
    ("survey", "label", "'label' stands twice", "keep one"),
    ("choices", "value", "'value' stands twice", "keep one"),
    ("survey", "default", "nothing is ever filled in", "empty the cell"),
    ("survey", "calculation", "nothing is worked out", "empty the cell"),
    ("survey", "choice_filter", "cannot be filtered", "with relevant"),
    ("survey", "media::image::English (en)", "pictures and sounds", "empty the cell"),
    ("choices", "image", "pictures and sounds", "empty the cell"),
]


@pytest.mark.parametrize(("sheet", "heading", "message", "fix"), COLUMNS, ids=[case[1] for case in COLUMNS])
def test_a_column_that_cannot_be_taken_is_named_by_its_heading(
    sheet: str, heading: str, message: str, fix: str
) -> None:
    found = problems(with_column(sheets(), sheet, heading, "x"))
    assert len(found) == 1, found
    assert (found[0].sheet, found[0].column) == (sheet, heading)
    assert message in found[0].message
    assert fix in found[0].fix


SETTINGS = [
    ([["form_title"], ["Small"]], "form_id", "has no form_id", "such as park-bench"),
    ([["form_id"], ["small"]], "form_title", "has no form_title", "what people may call it"),
    ([["form_title", "form_id"], ["Small", "Very small"]], "form_id", "'Very small' cannot be used", "lower-case"),
    ([["form_title", "form_id", "free_text_from_age"], ["S", "s", "12"]], "free_text_from_age", "neither 13 nor 16",
     "write 16"),
    ([["form_title", "form_id", "reviewed"], ["S", "s", "en ur"]], "reviewed", "'ur' is none of its", "has: en"),
    ([["form_title", "form_id"], ["S", "s"], ["T", "t"]], None, "more than one row", "keep the first"),
]  # fmt: skip


@pytest.mark.parametrize(("settings", "column", "message", "fix"), SETTINGS, ids=[case[2] for case in SETTINGS])
def test_a_mistake_in_the_settings_is_named_by_its_column(
    settings: list[list[str]], column: str | None, message: str, fix: str
) -> None:
    found = problems(sheets(settings=settings))
    assert len(found) == 1, found
    assert (found[0].sheet, found[0].column) == ("settings", column)
    assert message in found[0].message
    assert fix in found[0].fix


def test_every_problem_is_said_at_once_and_each_as_one_line() -> None:
    lines = said(
        sheets(
            row("geopoint", "x", "Where?"),
            row(Q, "q", "Q?", relevant="${here} > 1"),
            row("integer", "n", "How many?"),
            settings=[["form_title"], ["Small"]],
        )
    )
    assert [re.sub(r":.*", "", line) for line in lines] == [
        "small.xlsx, sheet settings, row 2, column form_id",
        "small.xlsx, sheet survey, row 4, column type",
        "small.xlsx, sheet survey, row 5, column relevant",
        "small.xlsx, sheet survey, row 6",
    ]


def test_no_word_of_our_own_files_is_told_to_somebody_with_a_spreadsheet() -> None:
    told: list[str] = []
    for line, _, _, _ in ROWS:
        told += [f"{problem.message}: {problem.fix}" for problem in problems(sheets(line))]
    for line, _, _, _ in CHOICES:
        made = sheets(row("select_one why", "why", "Why?"), choices=(*WHY, line))
        told += [f"{problem.message}: {problem.fix}" for problem in problems(made)]
    assert not [words for words in told if re.search(r"ask_if|'\w+: |\bkind\b|\byaml\b|wording'", words, re.I)]


@pytest.mark.parametrize("sheet", ["survey", "choices"])
def test_a_missing_sheet_is_named(sheet: str) -> None:
    made = sheets()
    del made[sheet]
    assert any(f"there is no sheet called {sheet}" in problem for problem in said(made))


def test_an_empty_survey_sheet_is_named() -> None:
    made = sheets()
    assert "there is no question" in said({**made, "survey": made["survey"][:1]})[0]


def test_a_question_whose_choices_are_missing_raises_no_storm() -> None:
    made = sheets(row("select_one nowhere", "x", "Q?"), row(Q, "y", "Q?", relevant="${x} = 'a'"))
    assert len(problems(made)) == 1
