"""What one bar of a chart stands for: one answer to a question, or two or three that are read together. Pure.

Answers of a multiple choice are never added up: one person may have given several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from community.insights.hiding import Figures
from community.insights.tabulating import Row
from community.insights.wilson import wilson
from community.surveys.questionnaire import Kind, Question, text_in


@dataclass(frozen=True)
class Measure:
    """key: as it stands in an address. words: what those counted have in common, after a share."""

    key: str
    options: tuple[str, ...]
    words: str


UNSAFE: Final = Measure("unsafe", ("fairly_unsafe", "very_unsafe"), "felt fairly or very unsafe")
ROBBED: Final = Measure(
    "robbed_or_know", ("me", "someone_i_know", "both"), "had been robbed in the borough or knew someone who had"
)
TOGETHER: Final = (UNSAFE, ROBBED)
"""Answers that are read together wherever a question of one choice has all of them."""


def measures_of(question: Question, options: Iterable[str]) -> tuple[Measure, ...]:
    """Those that are read together first, then each option. options: what the question's table shows."""
    shown = tuple(options)
    together = [m for m in TOGETHER if question.kind is not Kind.multiple and set(m.options) <= set(shown)]
    return (*together, *(Measure(key, (key,), f"answered “{label_of(question, key)}”") for key in shown))


def label_of(question: Question, option: str) -> str:
    """An option in English words; what the question does not list (a number, a place) as it is."""
    return next((text_in(o.label, "en") for o in question.options if o.key == option), option)


def figures_of(rows: Sequence[Row], measure: Measure) -> Figures:
    """The figures of a measure in one group. A sum is hidden when any of its parts is: it would tell that one."""
    parts = [row.figures for row in rows if row.option in measure.options]
    if len(parts) == 1:
        return parts[0]
    count = _sum(part.count for part in parts)
    count_unflagged = _sum(part.count_unflagged for part in parts)
    base, base_unflagged = parts[0].base, parts[0].base_unflagged
    bounds = wilson(count, base) if count is not None and base else None
    return Figures(
        count=count,
        base=base,
        share=count / base if count is not None and base else None,
        low=bounds[0] if bounds else None,
        high=bounds[1] if bounds else None,
        count_unflagged=count_unflagged,
        base_unflagged=base_unflagged,
        share_unflagged=count_unflagged / base_unflagged if count_unflagged is not None and base_unflagged else None,
    )


def _sum(counts: Iterable[int | None]) -> int | None:
    found = list(counts)
    return None if None in found else sum(n for n in found if n is not None)
