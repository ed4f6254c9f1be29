"""A spreadsheet as a questionnaire: what the sheets say goes through the same reading and the same rules as a YAML
file, so that no spreadsheet can ask what a file could not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from babel import Locale, UnknownLocaleError

from community.surveys.loading import checked
from community.surveys.problems import Path, Problem, QuestionnaireError
from community.surveys.questionnaire import ENGLISH, Questionnaire
from community.surveys.reading import Reader
from community.surveys.xlsform import tables
from community.surveys.xlsform.book import CHOICES, SETTINGS, SHEETS, SURVEY, Book, Notes, Spot
from community.surveys.xlsform.choices import lists
from community.surveys.xlsform.csv_book import read_csv
from community.surveys.xlsform.mapping import mapped
from community.surveys.xlsform.tables import Line, Table
from community.surveys.xlsform.words import in_columns
from community.surveys.xlsform.workbook import read_xlsx

LANGUAGES_HERE: Final = ("en", "ro", "ur")


@dataclass(frozen=True)
class Loaded:
    """remarks: what was left out or added, in the words of a person; they stop nothing."""

    questionnaire: Questionnaire
    remarks: tuple[Problem, ...] = ()


def load(data: bytes, *, name: str) -> Loaded:
    """The questionnaire of an .xlsx file, or of a .csv file with the three sheets below one another. Raises
    QuestionnaireError with all problems."""
    notes = Notes()
    read = read_csv if name.lower().endswith(".csv") else read_xlsx
    return from_book(read(data, name=name, notes=notes), name=name, notes=notes)


def from_book(book: Book, *, name: str, notes: Notes | None = None) -> Loaded:
    """The same, from sheets of text."""
    notes = notes or Notes()
    for sheet in (SURVEY, CHOICES):
        if not book.get(sheet):
            notes.problem(Spot(sheet), f"there is no sheet called {sheet}", "add it, or name it so")
    for sheet in book:
        if sheet not in SHEETS and any(any(row) for row in book[sheet]):
            notes.remark(Spot(sheet), f"The sheet {sheet!r} is not used.")
    first = next(iter(tables.table(book, SETTINGS, Notes()).lines), None)
    otherwise = _tag(first["default_language"]) if first and first["default_language"] else ENGLISH
    settings, survey, choices = (
        tables.table(book, sheet, notes, otherwise=otherwise) for sheet in (SETTINGS, SURVEY, CHOICES)
    )
    languages = _languages((settings, survey, choices), otherwise)
    found = mapped(survey, lists(choices, notes), languages, notes)
    definition = _settings(settings, languages, found.spots, notes) | {"screens": found.screens}
    reader = _CellReader(found.spots, found.silent)
    if not found.screens and not notes.problems:
        notes.problem(Spot(SURVEY), "there is no question", "write one in each row, under the headings")
    if not found.screens:
        raise QuestionnaireError(name, notes.problems)
    return Loaded(checked(definition, reader, notes.problems, name), tuple(notes.remarks))


class _CellReader(Reader):
    """Notes the cell instead of the line, and names the columns of a spreadsheet instead of the words of our files."""

    def __init__(self, spots: Mapping[Path, Spot], silent: Iterable[Path]) -> None:
        super().__init__(None)
        self._spots, self._silent = spots, frozenset(silent)

    def note(self, path: Path, message: str, fix: str) -> None:
        if path in self._silent:
            return
        spot = next(
            (self._spots[path[:end]] for end in range(len(path), -1, -1) if path[:end] in self._spots), Spot(SURVEY)
        )
        message, fix = in_columns(message), in_columns(fix)
        if self.problems and _is_the_same(self.problems[-1], message, spot):
            self.problems.pop()
        self.problems.append(Problem(spot.row or None, message, fix, spot.sheet, spot.column))


def _is_the_same(before: Problem, message: str, spot: Spot) -> bool:
    """Whether the last problem said of a screen what is now said of its only question, in the same cell."""
    here = (before.sheet, before.line, before.column) == (spot.sheet, spot.row, spot.column)
    return here and before.message.startswith("screen ") and message.startswith("question ")


def _settings(table: Table, languages: list[str], spots: dict[Path, Spot], notes: Notes) -> dict[str, Any]:
    """The parts of a definition that the settings sheet holds."""
    line = table.lines[0] if table.lines else Line(SETTINGS, 2, {}, {}, {})
    for extra in table.lines[1:]:
        notes.problem(extra.spot(), "settings has more than one row", "keep the first one")
    found: dict[str, Any] = {}
    for ours, theirs in (("slug", "form_id"), ("title", "form_title")):
        spots[ours,] = line.spot(theirs, next(iter(line.texts.get(theirs, ())), ""))
    if line["form_id"]:
        found["slug"] = line["form_id"]
    else:
        fix = "write a short name without spaces, such as park-bench; the same name makes the next version of a survey"
        notes.problem(Spot(SETTINGS, line.number, "form_id"), "the questionnaire has no form_id", fix)
        found["slug"] = "unnamed"
    if "form_title" in line.texts:
        found["title"] = dict(line.texts["form_title"])
        spots |= {("title", tag): line.spot("form_title", tag) for tag in found["title"]}
    else:
        fix = "write what people may call it, such as The new benches"
        notes.problem(Spot(SETTINGS, line.number, "form_title"), "the questionnaire has no form_title", fix)
        found["title"] = {"en": "Unnamed"}
    if line["free_text_from_age"]:
        found["free_text_from_age"] = line["free_text_from_age"]
    spots["free_text_from_age",] = line.spot("free_text_from_age")
    if line["version"]:
        notes.remark(line.spot("version"), "The version in the settings is not used: versions are counted here.")
    reviewed = set(line["reviewed"].replace(",", " ").split()) if line["reviewed"] else {ENGLISH}
    reviewed.discard("none")
    for unknown in sorted(reviewed.difference(languages)):
        fix = f"write the codes of languages the questionnaire has: {' '.join(languages)}"
        notes.problem(line.spot("reviewed"), f"{unknown!r} is none of its languages", fix)
    found["languages"] = {tag: {"direction": _direction(tag), "reviewed": tag in reviewed} for tag in languages}
    for tag in languages:
        if tag not in LANGUAGES_HERE:
            said = f"People cannot choose the language {tag!r} yet: its words are kept and not shown."
            notes.remark(Spot(SURVEY, 1), said)
    return found


def _languages(sheets: Iterable[Table], otherwise: str) -> list[str]:
    spoken = [ENGLISH, otherwise, *(tag for sheet in sheets for tag in sheet.languages)]
    return list(dict.fromkeys(spoken))


def _tag(language: str) -> str:
    """`English (en)`, or the bare tag; what has neither is taken as it is, and refused where languages are checked."""
    if language.strip().lower() in ("default", "english"):
        return ENGLISH
    return tables.tag_of(language) or language.strip()


def _direction(tag: str) -> str:
    try:
        return str(Locale.parse(tag, sep="-").text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"
