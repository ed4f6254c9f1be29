"""What is wrong with a questionnaire file: every problem with its line and how to put it right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Path = tuple[str | int, ...]
"""Where a value stands in a file: ("screens", 0, "questions", 2, "key")."""


@dataclass(frozen=True)
class Problem:
    """line: from 1; None where there is no file. fix: what to do about it, as an instruction. sheet, column: in a
    spreadsheet, whose rows are its lines."""

    line: int | None
    message: str
    fix: str
    sheet: str | None = None
    column: str | None = None

    def where(self, name: str) -> str:
        """The file and the place in it, in words."""
        if self.sheet is None:
            return name if self.line is None else f"{name} line {self.line}"
        named = (("sheet", self.sheet), ("row", self.line), ("column", self.column))
        return ", ".join([name, *(f"{what} {value}" for what, value in named if value is not None)])


class QuestionnaireError(ValueError):
    """A questionnaire that cannot be used; its words list all problems, in the order of the file."""

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        self.name = name
        self.problems = sorted(dict.fromkeys(problems), key=lambda problem: (problem.sheet or "", problem.line or 0))
        super().__init__("\n".join(self._line(problem) for problem in self.problems))

    def _line(self, problem: Problem) -> str:
        return f"{problem.where(self.name)}: {problem.message}: {problem.fix}"
