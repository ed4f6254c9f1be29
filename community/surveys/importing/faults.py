"""What is wrong with a file of answers: where, what, and what to do about it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from community.shared.errors import UserError

MOST_LISTED: Final = 200
_LONGEST_SHOWN: Final = 40


@dataclass(frozen=True)
class Fault:
    """line: of the file, from 1, where the row begins; None for the file as a whole. column: its heading.
    fix: an instruction."""

    line: int | None
    column: str | None
    message: str
    fix: str

    def __str__(self) -> str:
        where = [f"line {self.line}"] if self.line is not None else []
        where += [f"column {shown(self.column)}"] if self.column is not None else []
        said = f"{self.message}: {self.fix}" + ("" if self.fix.endswith(("?", "...")) else ".")
        return f"{', '.join(where)}: {said}" if where else said


@dataclass(frozen=True)
class BadCell:
    """Why a cell cannot be taken, before it is known which row it stands in."""

    message: str
    fix: str

    def at(self, line: int | None, column: str | None) -> Fault:
        return Fault(line, column, self.message, self.fix)


class FileRefused(UserError):
    """Nothing of the file was stored. faults: the first MOST_LISTED, in the order of the file; count: all of them."""

    def __init__(self, name: str, faults: Sequence[Fault], count: int | None = None) -> None:
        ordered = sorted(faults, key=lambda fault: fault.line or 0)
        self.faults = tuple(ordered[:MOST_LISTED])
        self.count = len(ordered) if count is None else count
        lines = [f"{shown(name)} was not brought in; nothing is stored.", *(f"  {fault}" for fault in self.faults)]
        if self.count > len(self.faults):
            lines.append(f"  ... and {self.count - len(self.faults):,} more; put these right first.")
        super().__init__("\n".join(lines))


def refused(name: str, message: str, fix: str, *, line: int | None = None) -> FileRefused:
    """A refusal for one reason."""
    return FileRefused(name, [Fault(line, None, message, fix)])


def shown(cell: str) -> str:
    """A cell as it can be printed: short, in quotes, without line breaks, escape sequences or direction marks."""
    kept = "".join(" " if c.isspace() else c for c in cell[:1000] if c.isspace() or unicodedata.category(c)[0] != "C")
    words = " ".join(kept.split())
    return f"'{words}'" if len(words) <= _LONGEST_SHOWN else f"'{words[: _LONGEST_SHOWN - 3]}...'"


def nearest(word: str, known: Iterable[str], *, most: int = 12) -> str:
    """An instruction: the known word that looks most like this one, or the list when it is short enough."""
    words = list(dict.fromkeys(known))
    folded = {known_word.casefold(): known_word for known_word in words}
    near = get_close_matches(word[:200].casefold(), folded, n=2)
    if near:
        return "did you mean " + " or ".join(shown(folded[key]) for key in near) + "?"
    return "write one of " + ", ".join(words[:most]) + (", ..." if len(words) > most else "")
