"""What the public may know of a Safe Haven, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from community.support.hours import Hours, Spans, parse


@dataclass(frozen=True)
class Venue:
    """A listed Safe Haven. lat, lon: degrees, WGS84. opening, exceptions: as support.hours writes them. offers: keys of
    kinds.OFFERED. checked_on: of the last check passed."""

    id: int
    slug: str
    name: str
    kind: str
    address: str
    place_slug: str | None
    place_name: str | None
    lat: float
    lon: float
    opening: str
    exceptions: Mapping[date, Spans]
    offers: frozenset[str]
    languages: tuple[str, ...]
    checked_on: date
    keeps_out: bool
    demo: bool

    @cached_property
    def hours(self) -> Hours:
        weekly = parse(self.opening)
        return replace(weekly, exceptions=self.exceptions) if self.exceptions else weekly
