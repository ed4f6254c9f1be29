"""The columns of a sheet by name and language, whatever spelling XLSForm allows for their headings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from community.surveys.questionnaire import ENGLISH
from community.surveys.xlsform.book import CHOICES, SETTINGS, SURVEY, Book, Notes, Spot

_SAME: Final = {
    "caption": "label", "command": "type", "tag": "name", "value": "name", "relevance": "relevant",
    "list_name": "list_name", "constraining_message": "constraint_message", "requiredmsg": "required_message",
    "calculate": "calculation", "readonly": "read_only", "set_form_title": "form_title", "title": "form_title",
    "set_form_id": "form_id", "id_string": "form_id",
}  # fmt: skip
"""Older spellings -> the heading of today."""

TRANSLATED: Final = ("label", "hint", "wording_anywhere", "form_title", "translated_title")
"""translated_title: the title in other languages, since programs that read XLSForm take form_title in one only."""
READ: Final[Mapping[str, tuple[str, ...]]] = {
    SURVEY: (
        "type", "name", "label", "hint", "wording_anywhere", "relevant", "constraint", "appearance", "parameters",
        "required", "choice_filter", "source", "attribute", "min_age", "sensitive", "report_note", "frozen", "disabled",
    ),
    CHOICES: ("list_name", "name", "label", "harm", "exclusive", "missing", "min_age", "last"),
    SETTINGS: ("form_title", "form_id", "version", "default_language", "reviewed", "free_text_from_age"),
}  # fmt: skip
_REFUSED: Final = {
    "default": "nothing is ever filled in for people",
    "calculation": "nothing is worked out from answers",
    "trigger": "nothing is worked out from answers",
    "repeat_count": "questions cannot be repeated",
    "read_only": "every question can be answered",
    "choice_filter": "choices cannot be filtered by an earlier answer",
    "media": "pictures and sounds cannot be shown",
    "image": "pictures and sounds cannot be shown",
    "big-image": "pictures and sounds cannot be shown",
    "audio": "pictures and sounds cannot be shown",
    "video": "pictures and sounds cannot be shown",
}
"""Columns that would change what people see or send: refused where filled in, and why."""
_NAMED: Final = re.compile(r".*\(\s*([A-Za-z][A-Za-z0-9-]*)\s*\)")
_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True)
class Line:
    """One row. words: column -> what its cell says, empty ones left out; texts: the same by language."""

    sheet: str
    number: int
    words: Mapping[str, str]
    texts: Mapping[str, Mapping[str, str]]
    headings: Mapping[tuple[str, str], str]

    def __getitem__(self, column: str) -> str:
        return self.words.get(column, "")

    def spot(self, column: str | None = None, language: str = "") -> Spot:
        """Where a column's cell stands, by the heading the sheet gives it."""
        if column is None:
            return Spot(self.sheet, self.number)
        return Spot(self.sheet, self.number, self.headings.get((column, language), column))


@dataclass
class Table:
    """A sheet that was read. languages: those its headings name, in their order."""

    lines: list[Line] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)


def table(book: Book, sheet: str, notes: Notes, *, otherwise: str = ENGLISH) -> Table:
    """A sheet's rows. otherwise: the language of a heading that names none."""
    rows = book.get(sheet, ())
    if not rows:
        return Table()
    columns = _columns(sheet, rows[0], notes, otherwise)
    headings = {column: heading for _, column, heading in columns}
    made = Table(languages=list(dict.fromkeys(lang for _, (_, lang), _ in columns if lang)))
    for number, row in enumerate(rows[1:], start=2):
        words: dict[str, str] = {}
        texts: dict[str, dict[str, str]] = {}
        for index, (name, language), heading in columns:
            cell = row[index] if index < len(row) else ""
            if not cell:
                continue
            if name in _REFUSED:
                fix = "empty the cell" if name != "choice_filter" else "ask a question for each case, with relevant"
                notes.problem(Spot(sheet, number, heading), _REFUSED[name], fix)
            elif language:
                texts.setdefault(name, {})[language] = cell
            else:
                words[name] = cell
        if words or texts:
            made.lines.append(Line(sheet, number, words, texts, headings))
    return made


_Columns = list[tuple[int, tuple[str, str], str]]
"""(index, (name, language or ""), the heading as it is written)"""


def _columns(sheet: str, headings: object, notes: Notes, otherwise: str) -> _Columns:
    found: _Columns = []
    assert isinstance(headings, list | tuple)
    for index, heading in enumerate(headings):
        if not heading:
            continue
        base, _, language = (part.strip() for part in heading.partition("::"))
        name = base.lower().replace(" ", "_")
        name = _SAME.get(name, name)
        spot = Spot(sheet, 1, heading)
        if name in TRANSLATED:
            tag = tag_of(language) if language else otherwise
            if tag is None:
                fix = f"write the language with its code in brackets, such as {base}::Urdu (ur)"
                notes.problem(spot, f"the language {language!r} has no code", fix)
                continue
            column = ("form_title" if name == "translated_title" else name, tag)
        elif name in READ[sheet] or name in _REFUSED:
            column = (name, "")
        else:
            _say_unread(sheet, heading, name, notes)
            continue
        if column in (known for _, known, _ in found):
            notes.problem(spot, f"the column {heading!r} stands twice", "keep one of them")
            continue
        found.append((index, column, heading))
    return found


def tag_of(language: str) -> str | None:
    """The tag in `Urdu (ur)`, or a bare one; None where there is none."""
    named = _NAMED.fullmatch(language)
    tag = named[1] if named else language
    return tag if _TAG.fullmatch(tag) else None


def _say_unread(sheet: str, heading: str, name: str, notes: Notes) -> None:
    near = get_close_matches(name.partition(":")[0], (*READ[sheet], *TRANSLATED), n=1, cutoff=0.8)
    if near:
        said = f"there is no column {heading!r}"
        notes.problem(Spot(sheet, 1, heading), said, f"did you mean {near[0]!r}?" + _two_colons(name, near[0]))
    else:
        notes.remark(Spot(sheet, 1, heading), f"The column {heading!r} is not used here.")


def _two_colons(name: str, near: str) -> str:
    return f" Write two colons before the language: {near}::Urdu (ur)." if ":" in name else ""
