"""A table of text as plain values: what `reading` hands on once pandas has done its part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """values: the distinct cells, stripped of outer spaces. codes: for each row, which of them it holds."""

    header: str
    values: Sequence[str]
    codes: Sequence[int]


@dataclass(frozen=True)
class Sheet:
    """name: the file's, without folders. digest: SHA-256 of the text, 64 hex digits; the same for another encoding
    or other line ends. lines: for each row, the line of the file where it begins. notes: said to the person."""

    name: str
    digest: str
    columns: Sequence[Column]
    lines: Sequence[int]
    notes: tuple[str, ...] = ()
