"""The place that a cell names: by slug, by the id of the file it came from, by name, by another name. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from community.surveys.importing.faults import BadCell, nearest, shown
from community.surveys.importing.words import plain


@dataclass(frozen=True)
class NamedPlace:
    """All that a place goes by."""

    id: int
    slug: str
    name: str
    external_id: str | None = None
    aliases: Sequence[str] = ()


class Gazetteer:
    """Finds places by what a person may have written. A slug or id is sure; a name may be that of two places."""

    def __init__(self, places: Iterable[NamedPlace]) -> None:
        self._sure: dict[str, NamedPlace] = {}
        self._named: dict[str, list[NamedPlace]] = {}
        self._also: dict[str, list[NamedPlace]] = {}
        self._names: list[str] = []
        for place in places:
            self._sure[place.slug] = place
            if place.external_id:
                self._sure.setdefault(place.external_id, place)
            self._named.setdefault(plain(place.name), []).append(place)
            for alias in place.aliases:
                self._also.setdefault(plain(alias), []).append(place)
            self._names.append(place.name)

    def find(self, cell: str) -> NamedPlace | BadCell:
        """The place; a name goes before another place's other name. The cell is not empty."""
        if sure := self._sure.get(cell.strip()):
            return sure
        found = self._named.get(plain(cell)) or self._also.get(plain(cell)) or []
        if len(found) == 1:
            return found[0]
        if found:
            slugs = " or ".join(sorted({place.slug for place in found}))
            return BadCell(f"{shown(cell)} could be several places", f"write {slugs}")
        return BadCell(f"{shown(cell)} is no place we know", nearest(cell, self._names))
