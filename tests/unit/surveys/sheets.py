"""A small questionnaire as sheets of text, and ways to change one cell of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import pytest

from community.surveys.problems import Problem, QuestionnaireError
from community.surveys.questionnaire import AGE_BANDS, Questionnaire
from community.surveys.xlsform.loading import Loaded, from_book
from community.surveys.xlsform.workbook import write_xlsx

Sheets = dict[str, list[list[str]]]

HEADINGS = [
    "type",
    "name",
    "label",
    "hint",
    "relevant",
    "constraint",
    "appearance",
    "parameters",
    "min_age",
    "source",
    "attribute",
]
CHOICE_HEADINGS = ["list_name", "name", "label", "harm", "min_age"]


def row(type: str, name: str = "", label: str = "", **cells: str) -> list[str]:
    """A row of the survey sheet; its source is ours unless it is a group's."""
    known = {"type": type, "name": name, "label": label, **cells}
    if "group" not in type and type != "note":
        known.setdefault("source", "ours")
    return [known.get(heading, "") for heading in HEADINGS]


def sheets(*rows: list[str], choices: Sequence[Sequence[str]] = (), settings: Sequence[Sequence[str]] = ()) -> Sheets:
    """An opening question, the age, and further rows."""
    rather_not = "prefer_not_to_say"
    return {
        "survey": [
            HEADINGS,
            row("select_one yes_no", "here", "Safe here?"),
            row("select_one age", "age", "How old are you?", attribute="age"),
            *rows,
        ],
        "choices": [
            CHOICE_HEADINGS,
            *(["yes_no", key, label] for key, label in (("yes", "Yes"), ("no", "No"), (rather_not, "Rather not"))),
            *(["age", band, f"{band} years"] for band in AGE_BANDS),
            *(list(choice) for choice in choices),
        ],
        "settings": [list(line) for line in settings] or [["form_title", "form_id"], ["Small", "small"]],
    }


def with_column(made: Sheets, sheet: str, heading: str, *cells: str) -> Sheets:
    """The same sheets with one more column; cells from the first row under the headings."""
    width = max(map(len, made[sheet]))
    filled = [heading, *cells]
    rows = [
        [*line, *[""] * (width - len(line)), filled[index] if index < len(filled) else ""]
        for index, line in enumerate(made[sheet])
    ]
    return {**made, sheet: rows}


def loaded(made: Sheets) -> Loaded:
    return from_book(made, name="small.xlsx")


def questionnaire(made: Sheets) -> Questionnaire:
    return loaded(made).questionnaire


def problems(made: Sheets) -> list[Problem]:
    with pytest.raises(QuestionnaireError) as refused:
        loaded(made)
    return refused.value.problems


def said(made: Sheets) -> list[str]:
    """The problems in words, as a person reads them."""
    with pytest.raises(QuestionnaireError) as refused:
        loaded(made)
    return str(refused.value).splitlines()


def xlsx(made: Sheets) -> bytes:
    return write_xlsx(made)


def repacked(data: bytes, more: dict[str, bytes]) -> bytes:
    """The same .xlsx with parts added or put in place of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part not in more:
                new.writestr(part, old.read(part))
        for name, body in more.items():
            new.writestr(name, body)
    return out.getvalue()
