"""The first line of a table somebody sends: which column holds what, in any case and order. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

Headings = Mapping[str, Sequence[str]]
"""Field -> what its column may be headed: small letters, "_" between words. The first is how we call it."""


class BadHeadings(ValueError):
    """Two columns for one thing, or none for one that is needed; the message says what to do."""


def columns_of(
    header: Sequence[str], headings: Headings, *, read_as: Callable[[str], str] = str
) -> tuple[dict[str, int], list[str]]:
    """Field -> its column, from 0, and the headings that mean nothing to us. read_as: what a heading of somebody else's
    tables is called here. Raises BadHeadings."""
    fields = {name: field for field, names in headings.items() for name in names}
    columns: dict[str, int] = {}
    ignored: list[str] = []
    for index, heading in enumerate(header):
        field = fields.get(re.sub(r"[\s_\-]+", "_", read_as(heading.strip()).casefold()))
        if field is None:
            ignored.append(heading.strip())
        elif field in columns:
            first = header[columns[field]]
            raise BadHeadings(f"Two headings, {first!r} and {heading!r}, mean {headings[field][0]}. Keep one.")
        else:
            columns[field] = index
    return columns, [heading for heading in ignored if heading]


def check_needed(header: Sequence[str], columns: Iterable[str], needed: Sequence[str]) -> None:
    """Raises BadHeadings where a needed field has no column."""
    there = set(columns)
    missing = [field for field in needed if field not in there]
    if missing:
        raise BadHeadings(
            f"The file has no column headed {', '.join(missing)}. Its first line must have the headings "
            f"{', '.join(needed)}; it has {', '.join(h.strip()[:40] for h in header) or 'nothing'}."
        )
