"""Our questionnaires as spreadsheets and back; what the makers of XLSForm make of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from pyxform.xls2xform import convert

from community.surveys.loading import load
from community.surveys.questionnaire import AnyOf, Condition, Question, Questionnaire
from community.surveys.xlsform import loading, writing
from community.surveys.xlsform.book import Notes
from community.surveys.xlsform.csv_book import read_csv, write_csv
from tests.unit.surveys.small import questionnaires

SHIPPED = sorted(Path("community/surveys/questionnaires").glob("*.yaml"))


def _sayable(made: Questionnaire) -> Questionnaire:
    """The same questionnaire as a spreadsheet can say it: words that begin with = would be formulas, and options of
    one question within one `or` are one condition."""

    def part(known: Condition | AnyOf) -> Condition | AnyOf:
        if isinstance(known, Condition):
            return known
        joined: list[Condition] = []
        for condition in known.conditions:
            twin = next((c for c in joined if c.question == condition.question and c.any_of and condition.any_of), None)
            if twin is None:
                joined.append(condition)
            else:
                options = tuple(dict.fromkeys((*twin.any_of, *condition.any_of)))
                joined[joined.index(twin)] = replace(twin, any_of=options)
        return joined[0] if len(joined) == 1 else AnyOf(tuple(joined))

    def question(known: Question) -> Question:
        return replace(known, ask_if=tuple(part(each) for each in known.ask_if))

    return replace(made, questions=tuple(question(each) for each in made.questions))


def _has_formula(made: Questionnaire) -> bool:
    return any("=1+1" in cell for rows in writing.to_book(made).values() for row in rows for cell in row)


@settings(max_examples=150, deadline=None)
@given(questionnaires().filter(lambda made: not _has_formula(made)))
def test_sheets_of_any_questionnaire_are_read_back_as_it_was(made: Questionnaire) -> None:
    read = loading.from_book(writing.to_book(made), name="x.xlsx")
    assert read.questionnaire == _sayable(made)


@settings(max_examples=15, deadline=None)
@given(questionnaires().filter(lambda made: not _has_formula(made)))
def test_so_is_the_file_as_a_spreadsheet_program_would_keep_it(made: Questionnaire) -> None:
    assert loading.load(writing.dump(made), name="x.xlsx").questionnaire == _sayable(made)


@settings(max_examples=15, deadline=None)
@given(questionnaires().filter(lambda made: not _has_formula(made)))
def test_one_csv_file_holds_the_three_sheets(made: Questionnaire) -> None:
    written = write_csv(writing.to_book(made)).encode()
    assert loading.from_book(read_csv(written, name="x", notes=Notes()), name="x").questionnaire == _sayable(made)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_the_questionnaires_that_ship_lose_nothing(file: Path) -> None:
    made = load(file.read_text(encoding="utf-8"), name=file.name)
    read = loading.load(writing.dump(made), name="x.xlsx")
    assert read.questionnaire == made
    assert read.remarks == ()


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_pyxform_takes_them_without_a_warning(file: Path, tmp_path: Path) -> None:
    made = load(file.read_text(encoding="utf-8"), name=file.name)
    spreadsheet = tmp_path / f"{made.slug}.xlsx"
    spreadsheet.write_bytes(writing.dump(made))
    form = convert(spreadsheet, validate=False)
    assert form.warnings == []
    for question in made.questions:
        assert f"/{question.key}" in form.xform
        assert made.question(question.key).wording["en"].replace("'", "&#x27;") in form.xform.replace("'", "&#x27;")
    assert 'lang="Urdu (ur)"' in form.xform
