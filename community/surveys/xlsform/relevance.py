"""XLSForm's `relevant` as our conditions, and back. Pure.

Ours say less: an answer was, or was not, among some options of an earlier question; all must hold, of a group one.
Any mixture of and, or, not comes down to that form (each of these, of which one must hold), so all of them can be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from community.surveys.questionnaire import AnyOf, Condition, Kind

MAX_PARTS: Final = 40
_MAX_DEPTH: Final = 12
_TOKENS: Final = re.compile(
    r"\s*(?:\$\{\s*(?P<name>[^}\s]+)\s*\}|(?P<text>'[^']*'|\"[^\"]*\")|(?P<mark>!=|>=|<=|[=<>(),])|(?P<word>[^\s()=!<>,'\"]+))"
)
_STRAIGHT: Final = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " "})
"""Quotes that a spreadsheet program bends as they are typed."""
EXAMPLE: Final = "${robbed} = 'yes' or selected(${why}, 'dark')"


class CannotRead(Exception):
    """An expression we have no words for. args: what is wrong, what to do."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message, fix)


@dataclass(frozen=True)
class _And:
    parts: tuple[_Tree, ...]


@dataclass(frozen=True)
class _Or:
    parts: tuple[_Tree, ...]


_Tree = Condition | _And | _Or


def read(expression: str) -> tuple[Condition | AnyOf, ...]:
    """The conditions that must all hold. Raises CannotRead."""
    tree = _Parser(_tokens(expression.translate(_STRAIGHT))).whole()
    return tuple(_part(clause) for clause in _clauses(tree))


def write(parts: Sequence[Condition | AnyOf], kind_of: Callable[[str], Kind]) -> str:
    """The expression that `read` takes back; kind_of: how an earlier question is answered."""
    alone = len(parts) == 1
    return " and ".join(
        _bracketed(
            " or ".join(_written(condition, kind_of, inside=True) for condition in part.conditions),
            needed=not alone and len(part.conditions) > 1,
        )
        if isinstance(part, AnyOf)
        else _written(part, kind_of, inside=not alone)
        for part in parts
    )


def _written(condition: Condition, kind_of: Callable[[str], Kind], *, inside: bool) -> str:
    many = kind_of(condition.question) is Kind.multiple
    about = f"${{{condition.question}}}"
    if len(condition.not_any_of) == 1 and not many:
        return f"{about} != '{condition.not_any_of[0]}'"
    each = [
        f"selected({about}, '{key}')" if many else f"{about} = '{key}'"
        for key in condition.any_of or condition.not_any_of
    ]
    one_of = " or ".join(each)
    return f"not({one_of})" if condition.not_any_of else _bracketed(one_of, needed=inside and len(each) > 1)


def _bracketed(words: str, *, needed: bool) -> str:
    return f"({words})" if needed else words


def _tokens(expression: str) -> list[tuple[str, str]]:
    found, at, text = [], 0, expression.rstrip()
    while at < len(text):
        match = _TOKENS.match(text, at)
        if match is None:
            raise CannotRead(f"{text[at : at + 20]!r} is not understood", f"write it like {EXAMPLE}")
        found.append((str(match.lastgroup), match[str(match.lastgroup)]))
        at = match.end()
    return found


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def whole(self) -> _Tree:
        tree = self._any()
        if self._at < len(self._tokens):
            raise self._lost()
        return tree

    def _any(self) -> _Tree:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise CannotRead("brackets inside brackets go too deep", "ask it in fewer steps")
        parts = [self._all()]
        while self._take("word", "or"):
            parts.append(self._all())
        self._depth -= 1
        return _either(parts)

    def _all(self) -> _Tree:
        parts = [self._one()]
        while self._take("word", "and"):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else _And(tuple(parts))

    def _one(self) -> _Tree:
        if self._take("word", "not"):
            self._need("mark", "(")
            inner = self._any()
            self._need("mark", ")")
            return _opposite(inner)
        if self._take("mark", "("):
            inner = self._any()
            self._need("mark", ")")
            return inner
        if self._take("word", "selected"):
            self._need("mark", "(")
            about = self._need("name")
            self._need("mark", ",")
            option = self._option()
            self._need("mark", ")")
            return Condition(about, any_of=(option,))
        about = self._need("name")
        compared = self._need("mark")
        if compared not in ("=", "!="):
            fix = "use = or != with a choice: a question may only depend on choices, not on numbers or words"
            raise CannotRead(f"{compared!r} cannot be used", fix)
        option = self._option()
        return Condition(about, any_of=(option,)) if compared == "=" else Condition(about, not_any_of=(option,))

    def _option(self) -> str:
        option = self._need("text")[1:-1]
        if not option:
            fix = "name a choice; someone who skipped a question counts as not having chosen any"
            raise CannotRead("it asks whether a question was left empty", fix)
        return option

    def _take(self, kind: str, value: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at] == (kind, value):
            self._at += 1
            return True
        return False

    def _need(self, kind: str, value: str | None = None) -> str:
        if self._at < len(self._tokens):
            found, words = self._tokens[self._at]
            if found == kind and value in (None, words):
                self._at += 1
                return words
        raise self._lost()

    def _lost(self) -> CannotRead:
        if self._at >= len(self._tokens):
            return CannotRead("it breaks off", f"write it to the end, like {EXAMPLE}")
        kind, words = self._tokens[self._at]
        if kind == "word" and self._at and self._tokens[self._at - 1][1] in ("=", "!=", ","):
            return CannotRead(f"{words} stands without quotes", f"write '{words}'")
        return CannotRead(f"{words!r} cannot stand there", f"write it like {EXAMPLE}")


def _either(parts: Sequence[_Tree]) -> _Tree:
    """One of the parts; options of one question come together."""
    flat: list[_Tree] = []
    for part in (inner for outer in parts for inner in (outer.parts if isinstance(outer, _Or) else (outer,))):
        twin = next((i for i, known in enumerate(flat) if _joins(known, part)), None)
        if twin is None:
            flat.append(part)
        else:
            known = flat[twin]
            assert isinstance(known, Condition) and isinstance(part, Condition)
            flat[twin] = Condition(known.question, any_of=tuple(dict.fromkeys((*known.any_of, *part.any_of))))
    return flat[0] if len(flat) == 1 else _Or(tuple(flat))


def _joins(one: _Tree, other: _Tree) -> bool:
    both = isinstance(one, Condition) and isinstance(other, Condition)
    return both and one.question == other.question and bool(one.any_of and other.any_of)  # type: ignore[union-attr]


def _opposite(tree: _Tree) -> _Tree:
    match tree:
        case Condition(question, any_of, not_any_of):
            return Condition(question, any_of=not_any_of, not_any_of=any_of)
        case _And(parts):
            return _either([_opposite(part) for part in parts])
        case _Or(parts):
            return _And(tuple(_opposite(part) for part in parts))


def _clauses(tree: _Tree) -> list[tuple[Condition, ...]]:
    """All of these, of each one: `a and b` side by side, `(a and b) or c` as `(a or c) and (b or c)`."""
    match tree:
        case Condition():
            return [(tree,)]
        case _And(parts):
            found = [clause for part in parts for clause in _clauses(part)]
        case _Or(parts):
            sides = [_clauses(part) for part in parts]
            count = 1
            for side in sides:
                count *= len(side)
                if count > MAX_PARTS:
                    raise _too_many()
            found = [tuple(condition for clause in chosen for condition in clause) for chosen in product(*sides)]
    if len(found) > MAX_PARTS:
        raise _too_many()
    return found


def _too_many() -> CannotRead:
    return CannotRead("it has too many cases", "split the question, or ask it of more people")


def _part(clause: tuple[Condition, ...]) -> Condition | AnyOf:
    joined = _either(clause)
    if isinstance(joined, Condition):
        return joined
    assert isinstance(joined, _Or)
    return AnyOf(tuple(part for part in joined.parts if isinstance(part, Condition)))
