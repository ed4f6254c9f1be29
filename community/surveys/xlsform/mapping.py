"""The survey sheet as the screens of a definition, the same as a YAML file gives.

A question outside any group is a screen of its own. A group with appearance `field-list` is one screen; any other
group only holds questions together, as XLSForm has it: they come one by one. A group's `relevant` holds for all in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from community.surveys.problems import Path
from community.surveys.questionnaire import Kind, Style
from community.surveys.xlsform.book import Notes
from community.surveys.xlsform.choices import Lists
from community.surveys.xlsform.kinds import Edge, RowType, row_type
from community.surveys.xlsform.questions import FIELD_LIST, QUICK, Found, Questions, conditions, spot_of
from community.surveys.xlsform.relevance import CannotRead
from community.surveys.xlsform.tables import Line, Table
from community.surveys.yaml_source import Plain

_YES: Final = ("yes", "true", "true()", "1")
_ONE_TAP: Final = (Kind.single, Kind.scale)


@dataclass
class _Group:
    """A group that is open. screen: its own, for a field-list. rows: how many there are in it, groups left out.
    buttons: how many of them want to be answered by one tap."""

    line: Line
    screen: dict[str, Any] | None
    conditions: list[Plain]
    rows: int = 0
    buttons: int = 0


def mapped(survey: Table, lists: Lists, languages: list[str], notes: Notes) -> Found:
    """The screens of a survey sheet; what cannot be taken is noted and left out."""
    walk = _Walk(lists, languages, notes)
    for line in survey.lines:
        if line["disabled"].lower() not in _YES:
            walk.row(line)
    walk.close()
    return walk.found


class _Walk:
    def __init__(self, lists: Lists, languages: list[str], notes: Notes) -> None:
        self.found = Found()
        self._questions = Questions(lists, languages, notes, self.found)
        self._notes = notes
        self._groups: list[_Group] = []
        self._note: Line | None = None

    def row(self, line: Line) -> None:
        try:
            row = row_type(line["type"]) if line["type"] else None
        except CannotRead as refused:
            self._count_row()
            self._problem(line, "type", *refused.args)
            return
        if row is None:
            self._problem(line, "type", "the row has no type", "write one, such as select_one yes_no, or empty the row")
        elif row.edge is Edge.end:
            self._end(line)
        elif row.kind is None and row.edge is None:
            self._drop_note()
            self._note = line
        elif not line["name"]:
            self._count_row()
            self._problem(line, "name", "the row has no name", "write a short name for it, such as safe_here")
        elif row.edge is Edge.begin:
            self._begin(line)
        else:
            self._count_row()
            self._question(line, row)

    def close(self) -> None:
        """After the last row."""
        self._drop_note()
        for group in self._groups:
            self._problem(group.line, "type", f"the group {group.line['name']!r} never ends", "add a row end_group")
            self._finish(group)

    def _begin(self, line: Line) -> None:
        outer = self._one_screen()
        group = _Group(line, None, conditions(line, self._notes))
        if outer is not None:
            fix = "end that group before this one begins"
            said = f"the group {line['name']!r} stands inside {outer.line['name']!r}, which is one screen"
            self._problem(line, "type", said, fix)
        elif FIELD_LIST in line["appearance"].lower().split():
            group.screen = self._screen(line, Style.form)
            if "label" in line.texts:
                group.screen["heading"] = dict(line.texts["label"])
                self.found.texts_at(line, "label", ("screens", len(self.found.screens) - 1, "heading"))
        self._groups.append(group)

    def _end(self, line: Line) -> None:
        self._drop_note()
        if self._groups:
            self._finish(self._groups.pop())
        else:
            self._problem(line, "type", "no group is open here", "take the row out, or add begin_group before")

    def _finish(self, group: _Group) -> None:
        if not group.rows:
            self._problem(group.line, "name", f"the group {group.line['name']!r} has no question", "take it out")
        if group.screen is None:
            return
        if not group.screen["questions"]:
            self.found.screens.remove(group.screen)
        elif group.rows == group.buttons == 1:
            group.screen["style"] = Style.buttons.value

    def _one_screen(self) -> _Group | None:
        return next((group for group in self._groups if group.screen is not None), None)

    def _screen(self, line: Line, style: Style) -> dict[str, Any]:
        path: Path = ("screens", len(self.found.screens))
        screen: dict[str, Any] = {"key": line["name"], "style": style.value, "questions": []}
        self.found.spots |= {path: line.spot(), (*path, "key"): line.spot("name"), (*path, "style"): line.spot("type")}
        self.found.screens.append(screen)
        return screen

    def _question(self, line: Line, row: RowType) -> None:
        group = self._one_screen()
        style = Style.buttons if row.kind in _ONE_TAP else Style.form
        screen = group.screen if group and group.screen else self._screen(line, style)
        if group and style is Style.buttons and QUICK in line["appearance"].lower().split():
            group.buttons += 1
        path: Path = ("screens", len(self.found.screens) - 1, "questions", len(screen["questions"]))
        entry = self._questions.entry(line, row, path)
        self._note_as_hint(line, entry, path)
        asked_if = [*(part for held in self._groups for part in held.conditions), *conditions(line, self._notes)]
        if asked_if:
            entry["ask_if"] = asked_if
        screen["questions"].append(entry)

    def _note_as_hint(self, line: Line, entry: dict[str, Any], path: Path) -> None:
        note, self._note = self._note, None
        if note is None:
            return
        if note["relevant"] and note["relevant"] != line["relevant"]:
            fix = "write its words as the hint of the question it belongs to"
            self._problem(note, "relevant", "a note cannot have a condition of its own", fix)
        elif "hint" in entry:
            said = f"the question {line['name']!r} after the note has a hint of its own"
            self._problem(note, "label", said, "put both into the hint, or take one out")
        elif "label" in note.texts:
            entry["hint"] = dict(note.texts["label"])
            self.found.texts_at(note, "label", (*path, "hint"))
            self._notes.remark(note.spot(), "The words of a note are shown as the hint of the question after it.")

    def _drop_note(self) -> None:
        if self._note is not None:
            fix = "put it before a question, or write its words as that question's hint"
            self._problem(self._note, "label", "no question follows the note", fix)
        self._note = None

    def _count_row(self) -> None:
        for group in self._groups:
            group.rows += 1

    def _problem(self, line: Line, column: str, message: str, fix: str) -> None:
        self._notes.problem(spot_of(line, column), message, fix)
