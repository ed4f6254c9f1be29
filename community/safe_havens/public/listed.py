"""The list that answers what was asked: which venues, in which order, and what is said above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from community.places.service.naming import Spot
from community.safe_havens.directory import Directory, NextOpening
from community.safe_havens.public.asking import Asked
from community.safe_havens.service.answer import Answer, open_near
from community.safe_havens.venue import Venue

PER_PAGE: Final = 10
MOST_ON_ONE: Final = 1000

_Found = tuple[Venue, bool, float | None]
"""(venue, whether it is open, how far in metres)"""


@dataclass(frozen=True)
class Row:
    """A venue of the list. number: that of the list and of the map. until: None when it is shut or never closes.
    opens: when it is shut, its next opening within two weeks. distance_m: from where was asked, if a place was."""

    number: int
    venue: Venue
    is_open: bool
    until: datetime | None
    opens: tuple[date, time] | None
    distance_m: float | None


@dataclass(frozen=True)
class Listed:
    """A page of the list. total, open_total: of all pages. answer: what is open near the spot, if a place was asked
    for. following: where none of the list is open, the one that opens first."""

    rows: Sequence[Row]
    total: int
    open_total: int
    pages: int
    page: int
    answer: Answer | None
    following: NextOpening | None

    @property
    def is_demo(self) -> bool:
        return any(row.venue.demo for row in self.rows)


def listed(asked: Asked, spot: Spot | None, directory: Directory, at: datetime) -> Listed:
    """The page that was asked for; open venues first, by distance where a place was named, else by name. at: aware, in
    London, on the directory's day."""
    lat, lon = (spot.lat, spot.lon) if spot and spot.lat is not None and spot.lon is not None else (None, None)
    if lat is None or lon is None:
        open_now = {venue.id for venue in directory.open_at(at)}
        found: list[_Found] = [
            (v, v.id in open_now, None) for v in directory.venues if asked.wanted is None or asked.wanted(v)
        ]
        answer = None
    else:
        near = directory.nearest(lat, lon, at=at, open_only=False, wanted=asked.wanted)
        found = [(one.venue, one.is_open, one.distance_m) for one in near]
        answer = open_near(lat, lon, at, wanted=asked.wanted)
    shown = sorted((one for one in found if one[1] or not asked.only_open), key=lambda one: not one[1])
    per_page = MOST_ON_ONE if asked.everything else PER_PAGE
    pages = max(1, -(-len(shown) // per_page))
    page = min(asked.page, pages)
    first = (page - 1) * per_page
    open_total = sum(one[1] for one in found)
    return Listed(
        rows=[_row(n, *one, at) for n, one in enumerate(shown[first : first + per_page], first + 1)],
        total=len(shown),
        open_total=open_total,
        pages=pages,
        page=page,
        answer=answer,
        following=None if open_total or answer or not found else first_to_open(directory, at, asked),
    )


def on_page(rows: Sequence[Row], page: int) -> Sequence[Row]:
    """Those of all rows that stand on a page of the list; on its last, where there are not so many."""
    first = (min(page, max(1, -(-len(rows) // PER_PAGE))) - 1) * PER_PAGE
    return rows[first : first + PER_PAGE]


def first_to_open(directory: Directory, at: datetime, asked: Asked) -> NextOpening | None:
    """The venue that opens first, wherever it is."""
    first = directory.venues[0]
    return directory.next_to_open(first.lat, first.lon, at=at, wanted=asked.wanted)


def _row(number: int, venue: Venue, is_open: bool, distance_m: float | None, at: datetime) -> Row:
    until = venue.hours.until(at) if is_open else None
    return Row(number, venue, is_open, until, None if is_open else venue.hours.next_opening(at), distance_m)
