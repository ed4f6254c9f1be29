"""XLSForm's `constraint` as bounds: the least and greatest number, or the longest text. Pure."""

from __future__ import annotations

import re
from typing import Final

from community.surveys.questionnaire import Question
from community.surveys.xlsform.relevance import CannotRead

_BOUND: Final = re.compile(r"(\.|string-length\(\s*\.\s*\))\s*(>=|<=|>|<)\s*(-?\d{1,9})")
NUMBER_EXAMPLE: Final = ". >= 0 and . <= 10"
TEXT_EXAMPLE: Final = "string-length(.) <= 500"


def bounds(constraint: str, *, of_length: bool) -> dict[str, str]:
    """minimum, maximum of a number, or max_length of a text. Raises CannotRead."""
    example = TEXT_EXAMPLE if of_length else NUMBER_EXAMPLE
    found: dict[str, str] = {}
    for part in re.split(r"\s+and\s+", constraint.replace("\u00a0", " ").strip()):
        bare = re.sub(r"^\((.*)\)$", r"\1", part.strip()).strip()
        bound = _BOUND.fullmatch(bare)
        if bound is None or (bound[1] != ".") != of_length:
            raise CannotRead(f"{part.strip()!r} is not understood", f"write bounds like {example}")
        upper = bound[2].startswith("<")
        name = "max_length" if of_length else "maximum" if upper else "minimum"
        if of_length and not upper:
            raise CannotRead("an answer may be as short as people like", f"write only the longest: {example}")
        if name in found:
            raise CannotRead("the same bound stands twice", f"write it once: {example}")
        inside = int(bound[3]) if bound[2].endswith("=") else int(bound[3]) + (-1 if upper else 1)
        found[name] = str(inside)
    return found


def written(question: Question) -> str:
    """What `bounds` takes back; empty for a question without bounds."""
    if question.max_length is not None:
        return f"string-length(.) <= {question.max_length}"
    if question.minimum is None or question.maximum is None:
        return ""
    return f". >= {question.minimum} and . <= {question.maximum}"
