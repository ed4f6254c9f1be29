"""One row of the survey sheet as a question of a definition, and where in the sheets each part of it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from community.surveys.problems import Path
from community.surveys.questionnaire import AnyOf, Condition, Kind
from community.surveys.xlsform import choices, constraints, relevance
from community.surveys.xlsform.book import Notes, Spot
from community.surveys.xlsform.kinds import RowType
from community.surveys.xlsform.relevance import CannotRead
from community.surveys.xlsform.tables import Line
from community.surveys.yaml_source import Plain

LIKERT: Final = "likert"
"""XLSForm's appearance for choices that stand in an order."""
QUICK: Final = "quick"
"""XLSForm's appearance for a choice that goes on as soon as it is tapped: our buttons."""
FIELD_LIST: Final = "field-list"
"""XLSForm's appearance for a group that is one screen."""
_AS_THEY_ARE: Final = ("source", "attribute", "min_age", "sensitive", "report_note", "frozen")
_TEXTS: Final = {"label": "wording", "hint": "hint", "wording_anywhere": "wording_anywhere"}
_COLUMN_OF: Final = {
    "key": "name", "kind": "type", "options": "type", "ask_if": "relevant", "shuffled": "parameters",
    "minimum": "constraint", "maximum": "constraint", "max_length": "constraint", "wording": "label",
    **{name: name for name in (*_AS_THEY_ARE, "hint", "wording_anywhere")},
}  # fmt: skip
"""Part of a question -> the column it is written in."""
_MARKS: Final = {"key": "name", **{mark: mark for mark in choices.MARKS}}
_NO: Final = ("no", "false", "false()", "0")


@dataclass
class Found:
    """What the sheets say. spots: path of the definition -> where it stands. silent: paths of which nothing more needs
    to be said, since what is wrong there was noted already."""

    screens: list[Any] = field(default_factory=list)
    spots: dict[Path, Spot] = field(default_factory=dict)
    silent: set[Path] = field(default_factory=set)

    def texts_at(self, line: Line, column: str, path: Path) -> None:
        """Note where the words of a column stand, in each language."""
        spoken = list(line.texts.get(column, ()))
        self.spots[path] = line.spot(column, spoken[0] if spoken else "")
        for language in spoken:
            self.spots[*path, language] = line.spot(column, language)


def spot_of(line: Line, column: str) -> Spot:
    """Where a row's column stands, in the first language for words."""
    return line.spot(column, next(iter(line.texts.get(column, ())), ""))


def conditions(line: Line, notes: Notes) -> list[Plain]:
    """What a row's `relevant` asks for; nothing where it could not be read."""
    if not line["relevant"]:
        return []
    try:
        return [_as_written(part) for part in relevance.read(line["relevant"])]
    except CannotRead as refused:
        notes.problem(line.spot("relevant"), *refused.args)
        return []


class Questions:
    """Rows into questions."""

    def __init__(self, lists: choices.Lists, languages: list[str], notes: Notes, found: Found) -> None:
        self._lists, self._languages, self._notes, self._found = lists, languages, notes, found

    def entry(self, line: Line, row: RowType, path: Path) -> dict[str, Any]:
        """The question of a row, at a path of the definition, without its conditions."""
        found = self._found
        found.spots[path] = line.spot()
        for ours, theirs in _COLUMN_OF.items():
            found.spots[*path, ours] = spot_of(line, theirs)
        kind = row.kind
        if kind is Kind.single and LIKERT in line["appearance"].lower().split():
            kind = Kind.scale
        assert kind is not None
        entry: dict[str, Any] = {"key": line["name"], "kind": kind.value}
        for theirs, ours in _TEXTS.items():
            if theirs in line.texts:
                entry[ours] = dict(line.texts[theirs])
                found.texts_at(line, theirs, (*path, ours))
        entry |= {name: line[name] for name in _AS_THEY_ARE if line[name]}
        if choices.shuffled(line["parameters"]):
            entry["shuffled"] = "true"
        read = self._options(line, row, entry, path) and self._bounds(line, kind, entry)
        if not read:
            entry["kind"] = "unread"
            found.silent.add((*path, "kind"))
        self._say_what_is_left_out(line, row)
        return entry

    def _options(self, line: Line, row: RowType, entry: dict[str, Any], path: Path) -> bool:
        if row.numbers:
            try:
                entry["options"] = choices.numbers(line["parameters"], self._languages)
            except CannotRead as refused:
                self._notes.problem(line.spot("parameters"), *refused.args)
                return False
            said = f"A range is shown as buttons, and {choices.RATHER_NOT['en']!r} was added to it."
            self._notes.remark(line.spot(), said)
        elif row.choices is not None:
            rows = self._lists.get(row.choices)
            if rows is None:
                self._notes.problem(line.spot("type"), *choices.no_such_list(row.choices, self._lists))
                return False
            entry["options"] = [choices.option(choice) for choice in rows]
            for index, choice in enumerate(rows):
                self._option_at(choice, (*path, "options", index))
        return True

    def _option_at(self, choice: Line, path: Path) -> None:
        self._found.spots[path] = choice.spot()
        for ours, theirs in _MARKS.items():
            self._found.spots[*path, ours] = choice.spot(theirs)
        self._found.texts_at(choice, "label", (*path, "label"))

    def _bounds(self, line: Line, kind: Kind, entry: dict[str, Any]) -> bool:
        if not line["constraint"]:
            return True
        try:
            if kind not in (Kind.number, Kind.text):
                raise CannotRead("only numbers and texts have bounds", "empty the cell")
            entry |= constraints.bounds(line["constraint"], of_length=kind is Kind.text)
        except CannotRead as refused:
            self._notes.problem(line.spot("constraint"), *refused.args)
            return False
        return True

    def _say_what_is_left_out(self, line: Line, row: RowType) -> None:
        if line["required"] and line["required"].lower() not in _NO:
            said = "'required' is not used: people may skip every question."
            self._notes.remark(line.spot("required"), said)
        for word in line["appearance"].lower().split():
            if word not in (LIKERT, QUICK, FIELD_LIST, "multiline"):
                said = f"The appearance {word!r} is not used: questions look the same on every phone."
                self._notes.remark(line.spot("appearance"), said)
        for name in choices.settings(line["parameters"]):
            if name != "randomize" and not (row.numbers and name in ("start", "end", "step")):
                self._notes.remark(line.spot("parameters"), f"The parameter {name!r} is not used.")


def _as_written(part: Condition | AnyOf) -> Plain:
    if isinstance(part, AnyOf):
        return {"any": [_as_written(condition) for condition in part.conditions]}
    name = "any_of" if part.any_of else "not_any_of"
    return {"question": part.question, name: list(part.any_of or part.not_any_of)}
