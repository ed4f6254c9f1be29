"""The public list of a moment, kept in memory until something of it changes."""

from __future__ import annotations

import threading
import time
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from community.safe_havens import queries
from community.safe_havens.directory import Directory
from community.safe_havens.models import SafeHaven
from community.safe_havens.venue import Venue
from community.shared.runtime import Runtime, runtime
from community.support.hours import Spans, parse_spans

LONGEST_SECONDS: Final = 60
"""So old may a copy be although no venue has changed: a place's name may have."""


def directory(at: datetime) -> Directory:
    """The venues listed on the London day of a moment (aware). One question to the database when nothing changed."""
    return _shelf(runtime()).directory(at.date())


class _Shelf:
    """One process's copies, by day: tonight's and, around midnight, tomorrow's."""

    def __init__(self, insured: bool) -> None:
        self._insured = insured
        self._turn = threading.Lock()
        self._kept: dict[date, tuple[int, float, Directory]] = {}

    def directory(self, day: date) -> Directory:
        edition = queries.edition()
        kept = self._kept.get(day)
        if kept is not None and kept[0] == edition and time.monotonic() - kept[1] < LONGEST_SECONDS:
            return kept[2]
        with self._turn:
            made = Directory(venues_listed(day, insured=self._insured), day)
            if len(self._kept) > 1 and day not in self._kept:
                self._kept = {}
            self._kept[day] = (edition, time.monotonic(), made)
        return made


@cache
def _shelf(at: Runtime) -> _Shelf:
    return _Shelf(at.settings.havens.insurance)


def venues_listed(day: date, *, insured: bool) -> list[Venue]:
    """What the public may know of each venue listed on a London day."""
    exceptions: dict[int, dict[date, Spans]] = {}
    for row in queries.exceptions_from(day - timedelta(days=1)):
        exceptions.setdefault(row.haven_id, {})[row.on_day] = parse_spans(row.opening)
    found = queries.listed(day, insured=insured)
    return [venue_of(haven, slug, name, exceptions.get(haven.id, {})) for haven, slug, name in found]


def venue_of(haven: SafeHaven, place_slug: str | None, place_name: str | None, exceptions: dict[date, Spans]) -> Venue:
    """A row without what is nobody's business. haven: one that has been checked."""
    if haven.checked_on is None:
        raise ValueError(f"{haven.slug} was never checked: it is not listed")
    return Venue(
        id=haven.id,
        slug=haven.slug,
        name=haven.name,
        kind=haven.kind,
        address=haven.address,
        place_slug=place_slug,
        place_name=place_name,
        lat=haven.lat,
        lon=haven.lon,
        opening=haven.opening,
        exceptions=exceptions,
        offers=frozenset(haven.offers),
        languages=tuple(haven.languages),
        checked_on=haven.checked_on,
        keeps_out=haven.keeps_out,
        demo=haven.demo,
    )
