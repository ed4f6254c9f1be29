"""The rows of a table as they stand in its CSV file: each number of `insights results`, and what goes with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from community.insights.laid_out import CHOSE_TO_ANSWER, wording_of
from community.insights.service.live import Table
from community.shared.csv_out import Cell, document

HEADINGS: Final = (
    "survey", "wave", "version", "question", "wording", "from", "to", "places", "flagged", "by", "group",
    "group_name", "option", "answer", "count", "base", "share", "low", "high", "count_unflagged", "base_unflagged",
    "share_unflagged", "note",
)  # fmt: skip
"""An empty count is hidden, because it is too small to be shown."""


def csv_of(table: Table) -> bytes:
    """A line for each group and answer. Each stands for itself: copied elsewhere, it still says what it is."""
    return document(HEADINGS, _rows(table))


def file_name(table: Table) -> str:
    """Letters, figures and hyphens: "safety-safe_here-by-place.csv"."""
    found = table.results
    return f"{found.survey}-{found.question}{f'-by-{found.by}' if found.by else ''}.csv"


def _rows(table: Table) -> Iterator[list[Cell]]:
    found = table.results
    first, last = (day.isoformat() if day else None for day in (found.first, found.last))
    note = " ".join(([] if found.all_made_up else [CHOSE_TO_ANSWER]) + list(found.notes))
    for row in found.rows:
        f = row.figures
        yield [
            found.survey, found.wave, found.version, found.question, wording_of(table), first, last,
            " ".join(found.places), found.flagged, found.by, row.group, table.names[row.group], row.option,
            table.options[row.option], f.count, f.base, f.share, f.low, f.high, f.count_unflagged, f.base_unflagged,
            f.share_unflagged, note,
        ]  # fmt: skip
