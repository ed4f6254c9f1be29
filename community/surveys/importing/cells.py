"""What a cell says in answer to its question. Each distinct cell of a column is worked out once for each age. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from collections.abc import Sequence
from typing import Final

from community.shared.masking import clean, mask
from community.surveys.importing.faults import BadCell, nearest, shown
from community.surveys.importing.mapping import Mapping
from community.surveys.importing.places import Gazetteer
from community.surveys.importing.words import plain
from community.surveys.questionnaire import (
    AGE,
    AGE_FROM,
    ENGLISH,
    IMPORTED_AGE,
    SKIPPED,
    WRITTEN,
    Kind,
    Option,
    Question,
    text_in,
)
from community.surveys.routing import AnswerProblem, BadAnswer, check_answer

UNDER_13: Final = "under_13"
_LONGEST_KEPT: Final = 2_000
_WHOLE: Final = re.compile(r"([+-]?\d+)\.0+", re.ASCII)
"""How a spreadsheet writes a whole number in a column that once held a half."""

_YEARS: Final = re.compile(r"\d{1,2}|1[01]\d", re.ASCII)
"""An exact age; it is folded to its band as it is read."""

Reading = tuple[str, ...] | BadCell


class QuestionColumn:
    """The cells of one question's column. `answer` gives what is to be stored; `comment` the words of a text."""

    def __init__(self, question: Question, cells: Sequence[str], mapping: Mapping, gazetteer: Gazetteer) -> None:
        self.question = question
        self._cells = cells
        self._separator = mapping.separator
        self._theirs: Map[str, str | None] = mapping.values.get(question.key, {})
        self._gazetteer = gazetteer
        self._options = _option_words(question)
        self._known: dict[tuple[int, str | None], Reading] = {}

    def is_blank(self, code: int) -> bool:
        cell = self._cells[code]
        return not cell or self._theirs.get(plain(cell), cell) is None

    def answer(self, code: int, age: str | None) -> Reading:
        """The answer in a cell of a person of this age band (None: not known), or what is wrong with it."""
        known = self._known.get((code, age))
        if known is None:
            known = self._known[code, age] = self._answer(self._cells[code], age)
        return known

    def comment(self, code: int) -> str:
        """The words of a text cell, masked."""
        return mask(self.words(code)).text

    def words(self, code: int) -> str:
        """The words of a text cell as they were written; to be looked at, never stored."""
        return clean(self._cells[code], _LONGEST_KEPT)

    def _answer(self, cell: str, age: str | None) -> Reading:
        question = self.question
        values = self._values(cell)
        if isinstance(values, BadCell):
            return values
        if question.key == AGE and values == [UNDER_13]:
            return BadCell("answers of people under 13 are not kept", "take the whole row out of the file")
        try:
            answer = check_answer(question, values, {AGE: (age,)} if age else {}, imported=True)
        except BadAnswer as bad:
            return _in_words(bad.problem, question, cell, age)
        return (SKIPPED,) if answer == (WRITTEN,) and not clean(cell, _LONGEST_KEPT) else answer

    def _values(self, cell: str) -> list[str] | BadCell:
        kind = self.question.kind
        if kind is Kind.text:
            return [cell]
        if kind.has_options:
            return self._chosen(cell)
        theirs = self._theirs.get(plain(cell), cell) or ""
        if kind is Kind.place and theirs:
            place = self._gazetteer.find(theirs)
            return place if isinstance(place, BadCell) else [place.slug]
        whole = _WHOLE.fullmatch(theirs)
        return [whole[1] if whole else theirs]

    def _chosen(self, cell: str) -> list[str] | BadCell:
        """The whole cell is tried first: a label may have the separator in it."""
        whole = self._one(cell)
        if whole is not None:
            return [whole]
        values = []
        for part in (part.strip() for part in cell.split(self._separator)):
            key = self._one(part) if part else ""
            if key is None:
                known = (option.key for option in self.question.options)
                return BadCell(f"{shown(part)} is none of the answers to {self.question.key}", nearest(part, known))
            values += [key] if key else []
        return values

    def _one(self, words: str) -> str | None:
        """An option key, "" for no answer, None for what nobody knows."""
        said = plain(words)
        if said in self._theirs:
            return self._theirs[said] or ""
        if self.question.key == AGE and _YEARS.fullmatch(said):
            return max((band for band, least in AGE_FROM.items() if least <= int(said)), key=AGE_FROM.__getitem__)
        return self._options.get(said)


def _option_words(question: Question) -> dict[str, str]:
    """Plain label or key -> option key; a key goes before another option's label."""
    words = {plain(text_in(option.label, ENGLISH)): option.key for option in question.options}
    words |= {plain(option.key): option.key for option in question.options}
    if question.key == AGE:
        words[plain(IMPORTED_AGE)] = IMPORTED_AGE
    return words


def _in_words(problem: AnswerProblem, question: Question, cell: str, age: str | None) -> BadCell:
    match problem:
        case AnswerProblem.one_only:
            return BadCell(f"{shown(cell)} is several answers and {question.key} takes one", "keep one of them")
        case AnswerProblem.exclusive:
            alone = ", ".join(option.key for option in question.options if option.exclusive)
            message = f"{shown(cell)} joins an answer that stands alone ({alone}) with others"
            return BadCell(message, "keep one or the others")
        case AnswerProblem.too_long:
            fix = f"shorten it to {question.max_length} characters"
            return BadCell(f"the text has {len(cell):,} characters", fix)
        case AnswerProblem.not_a_number:
            return BadCell(f"{shown(cell)} is not a whole number", "write figures only, such as 3")
        case AnswerProblem.out_of_range:
            fix = f"write a number from {question.minimum} to {question.maximum}"
            return BadCell(f"{shown(cell)} is out of range", fix)
        case AnswerProblem.not_open:
            return _too_young(question, age)
        case _:
            return BadCell(f"{shown(cell)} cannot be an answer to {question.key}", "correct it or empty the cell")


def _too_young(question: Question, age: str | None) -> BadCell:
    gates: list[Option | Question] = [question, *question.options]
    oldest = max(gate.min_age or 0 for gate in gates)
    whose = f"this row's age is {age}" if age else "this row's age is not known"
    fix = "empty the cell; such an answer is not kept" if age else "fill the age in, or empty the cell"
    return BadCell(f"{question.key} is asked only of people known to be {oldest} or over, and {whose}", fix)
