"""The rows of a sheet into responses ready to store, or every fault in them. Pure.

A column that is not in the file was not asked; an empty cell was passed over, or not asked where this row's age or
other answers keep the question away. A file of older answers need not have asked what opens the questionnaire."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from community.surveys.importing.cells import QuestionColumn
from community.surveys.importing.faults import MOST_LISTED, BadCell, Fault, shown
from community.surveys.importing.mapping import DATE, DAYPART, LANGUAGE, PLACE, ROLES, Mapping
from community.surveys.importing.places import Gazetteer
from community.surveys.importing.sheet import Column, Sheet
from community.surveys.importing.when import daypart, moment
from community.surveys.importing.words import plain
from community.surveys.questionnaire import (
    AGE,
    NOT_ASKED,
    SKIPPED,
    WRITTEN,
    AnyOf,
    Condition,
    Question,
    Questionnaire,
    least_age,
)

LANGUAGE_NOT_KNOWN: Final = "und"
"""ISO 639's own word for a language that is not determined."""
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?", re.ASCII)

Answers = tuple[tuple[str, tuple[str, ...]], ...]
"""(question, options and marks), in the questionnaire's order; every question stands."""


class Row(NamedTuple):
    """One response. comments: (question, masked words)."""

    answered_on: date
    daypart: str
    place_id: int | None
    language: str
    answers: Answers
    comments: tuple[tuple[str, str], ...]


@dataclass
class Checked:
    """rows: only to be used when count is 0. faults: the first MOST_LISTED of count. harm: lines of rows whose free
    words read as if somebody may be in danger."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    count: int = 0
    harm: list[int] = field(default_factory=list)

    def note(self, fault: Fault) -> None:
        self.count += 1
        if len(self.faults) < MOST_LISTED:
            self.faults.append(fault)


def read_days(column: Column, mapping: Mapping, today: date) -> list[tuple[date, str] | BadCell]:
    """(day, daypart) for each distinct cell of the date column."""
    return [moment(cell, date_format=mapping.date_format, today=today) for cell in column.values]


class RowReader:
    """Reads the rows of one sheet against one questionnaire. layout: role or question -> column; dates in it.
    allowed: first and last day a response may have (None: no end). tells_of_harm: asked of free words as written."""

    def __init__(
        self,
        sheet: Sheet,
        layout: Map[str, int],
        questionnaire: Questionnaire,
        mapping: Mapping,
        gazetteer: Gazetteer,
        *,
        today: date,
        tells_of_harm: Callable[[str], object],
        allowed: tuple[date, date | None] | None = None,
    ) -> None:
        self.sheet = sheet
        self.questionnaire = questionnaire
        self._allowed = allowed
        self._tells_of_harm = tells_of_harm
        self._gazetteer = gazetteer
        self._mapping = mapping
        self._date = sheet.columns[layout[DATE]]
        self._days = read_days(self._date, mapping, today)
        self._roles = {role: sheet.columns[layout[role]] for role in (DAYPART, PLACE, LANGUAGE) if role in layout}
        self._read = {role: [self._role(role, cell) for cell in column.values] for role, column in self._roles.items()}
        self._default = {role: self._role(role, mapping.defaults.get(role, "")) for role in (DAYPART, PLACE, LANGUAGE)}
        self._columns = {
            q.key: (sheet.columns[at], QuestionColumn(q, sheet.columns[at].values, mapping, gazetteer))
            for q in questionnaire.questions
            if q.key not in ROLES and (at := layout.get(q.key)) is not None
        }
        self._seen: dict[Answers, Answers] = {}

    def read(self) -> Checked:
        """All rows, in the order of the file."""
        checked = Checked()
        for role, value in self._default.items():
            if isinstance(value, BadCell):
                fault = value.at(None, None)
                checked.note(Fault(None, None, f"the default for {role}: {fault.message}", fault.fix))
        shut = self._shut_columns(checked)
        for row, line in enumerate(self.sheet.lines):
            when = self._when(row, line, checked)
            place = self._role_in(PLACE, row, line, checked)
            language = self._role_in(LANGUAGE, row, line, checked)
            answers, comments = self._answers(row, line, shut, checked)
            if not checked.count and when is not None:
                day, part = when
                place_id = place if isinstance(place, int) else None
                answers = self._seen.setdefault(answers, answers)
                checked.rows.append(Row(day, part, place_id, str(language), answers, comments))
        return checked

    def _when(self, row: int, line: int, checked: Checked) -> tuple[date, str] | None:
        part = self._role_in(DAYPART, row, line, checked)
        when = self._days[self._date.codes[row]]
        if isinstance(when, BadCell):
            checked.note(when.at(line, self._date.header))
            return None
        day, part_of_date = when
        if self._allowed is not None:
            first, last = self._allowed
            if day < first or (last is not None and day > last):
                until = f"to {last}" if last else "on"
                message = f"{day} is not in the wave, which runs from {first} {until}"
                checked.note(Fault(line, self._date.header, message, "choose another --wave, or correct the date"))
        told = DAYPART in self._roles and self._roles[DAYPART].values[self._roles[DAYPART].codes[row]]
        return day, str(part) if told else part_of_date or str(part or "")

    def _role_in(self, role: str, row: int, line: int, checked: Checked) -> object:
        """A row's daypart, place id or language; the default where its cell is empty."""
        column = self._roles.get(role)
        if column is None or not column.values[column.codes[row]]:
            return self._default[role]
        value = self._read[role][column.codes[row]]
        if isinstance(value, BadCell):
            checked.note(value.at(line, column.header))
        return value

    def _role(self, role: str, cell: str) -> object:
        cell = self._mapping.values.get(role, {}).get(plain(cell), cell) or ""
        if role == DAYPART:
            return daypart(cell)
        if role == PLACE:
            place = self._gazetteer.find(cell) if cell else None
            return place if place is None or isinstance(place, BadCell) else place.id
        if not cell or _LANGUAGE.fullmatch(cell):
            return cell or LANGUAGE_NOT_KNOWN
        return BadCell(f"{shown(cell)} is not a language tag", "write one such as en, ro or ur")

    def _shut_columns(self, checked: Checked) -> frozenset[str]:
        """Questions with an age gate in a file that tells nobody's age: one fault for the column, not one a row."""
        shut = set()
        if AGE not in self._columns:
            for key, (column, read) in self._columns.items():
                if read.question.min_age is not None and not all(map(read.is_blank, set(column.codes))):
                    shut.add(key)
                    message = f"{key} is asked only of people known to be {read.question.min_age} or over"
                    fix = "bring the age in too, or map this heading to ignore"
                    checked.note(Fault(1, column.header, f"{message}, and the file has no age", fix))
        return frozenset(shut)

    def _answers(
        self, row: int, line: int, shut: frozenset[str], checked: Checked
    ) -> tuple[Answers, tuple[tuple[str, str], ...]]:
        given: dict[str, tuple[str, ...]] = {}
        comments: list[tuple[str, str]] = []
        faults: list[Fault] = []
        for question in self.questionnaire.questions:
            if question.key not in self._columns or question.key in shut:
                given[question.key] = (NOT_ASKED,)
                continue
            column, cells = self._columns[question.key]
            code = column.codes[row]
            age = next(iter(given.get(AGE, ())), None)
            if cells.is_blank(code):
                given[question.key] = (NOT_ASKED,) if _kept_away(question, given, age) else (SKIPPED,)
                continue
            answer: tuple[str, ...] | BadCell = cells.answer(code, age)
            if not isinstance(answer, BadCell) and answer != (SKIPPED,) and (unlike := _ruled_out_by(question, given)):
                said = ", ".join(given[unlike])
                message = f"{question.key} is answered, though {unlike} is {said}, after which it is not asked"
                answer = BadCell(message, f"empty the cell, or correct {unlike}")
            if isinstance(answer, BadCell):
                faults.append(answer.at(line, column.header))
                answer = (SKIPPED,)
            elif answer == (WRITTEN,):
                comments.append((question.key, cells.comment(code)))
                checked.harm += [line] if self._tells_of_harm(cells.words(code)) else []
            given[question.key] = answer
        if not faults and all(options[0].startswith("_") and options != (WRITTEN,) for options in given.values()):
            faults.append(Fault(line, None, "the row answers nothing", "take it out"))
        for fault in faults:
            checked.note(fault)
        return tuple(given.items()), tuple(comments)


def _kept_away(question: Question, given: Map[str, tuple[str, ...]], age: str | None) -> bool:
    too_young = question.min_age is not None and (least_age(age) or 0) < question.min_age
    return too_young or _ruled_out_by(question, given) is not None


def _ruled_out_by(question: Question, given: Map[str, tuple[str, ...]]) -> str | None:
    """The key of an answer in this row that keeps the question away; None when nothing in the row does.

    Online, a question whose condition hangs on an unanswered one is not asked. Here the file's own tool or form
    decided who was asked, so only an answer that speaks against it counts."""
    for part in question.ask_if:
        conditions: Sequence[Condition] = part.conditions if isinstance(part, AnyOf) else (part,)
        if all(_against(condition, given) for condition in conditions):
            return conditions[-1].question
    return None


def _against(condition: Condition, given: Map[str, tuple[str, ...]]) -> bool:
    options = [option for option in given.get(condition.question, ()) if not option.startswith("_")]
    if not options:
        return False
    if condition.any_of:
        return not any(option in condition.any_of for option in options)
    return any(option in condition.not_any_of for option in options)
