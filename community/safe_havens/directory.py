"""The one answer to "which Safe Haven is open near here, and which is the next to open": list, map, bot, poster and the
survey's end page all ask this.

The listed venues of a London day in memory, with the spans of that day and the night before it as arrays, so that ten
thousand venues are gone through in about a millisecond. Pure: time and place are handed in, and not kept."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

import numpy as np

from community.places.geometry import EARTH_RADIUS_M
from community.safe_havens.venue import Venue
from community.support.hours import DAY_MINUTES, LOOK_AHEAD_DAYS, clock, opens_in_words

NEAR_M: Final = 800
"""Within ten minutes on foot, as the crow flies: what "near" means wherever we say it."""

Wanted = Callable[[Venue], bool]


@dataclass(frozen=True)
class Near:
    """A venue with how far it is in a straight line, in metres, and until when it is open: None when it is shut, or
    never closes."""

    venue: Venue
    distance_m: float
    is_open: bool
    until: datetime | None

    @property
    def until_words(self) -> str:
        """ "till 7pm"; "day and night" where no end is in sight; "" when it is shut."""
        if not self.is_open:
            return ""
        return f"till {clock(self.until.time())}" if self.until else "day and night"


@dataclass(frozen=True)
class NextOpening:
    """The venue near a point that opens first, and when."""

    venue: Venue
    distance_m: float
    day: date
    at: time
    words: str  # "opens today 5pm"


class Directory:
    """The venues listed on a London day."""

    def __init__(self, venues: Iterable[Venue], day: date) -> None:
        self.venues: tuple[Venue, ...] = tuple(sorted(venues, key=lambda venue: (venue.name.casefold(), venue.slug)))
        self.by_slug = {venue.slug: venue for venue in self.venues}
        self.day = day
        self._lat = np.radians(np.array([venue.lat for venue in self.venues], np.float64))
        self._lon = np.radians(np.array([venue.lon for venue in self.venues], np.float64))
        spans = [
            (at, start - back, end - back)
            for at, venue in enumerate(self.venues)
            for back, on in ((0, day), (DAY_MINUTES, day - timedelta(days=1)))
            for start, end in venue.hours.of_day(on)
            if end > back
        ]
        table = np.array(spans, np.int32).reshape(-1, 3)
        self._whose, self._starts, self._ends = table[:, 0], table[:, 1], table[:, 2]
        self._openings: dict[int, tuple[np.ndarray, np.ndarray]] = {}

    def __len__(self) -> int:
        return len(self.venues)

    def open_at(self, at: datetime) -> list[Venue]:
        """The venues open at a moment, by name. at: aware, in London, on this day."""
        return [self.venues[index] for index in np.flatnonzero(self._open(at))]

    def nearest(
        self,
        lat: float,
        lon: float,
        *,
        at: datetime,
        most: int | None = None,
        within_m: float | None = None,
        open_only: bool = True,
        wanted: Wanted | None = None,
    ) -> list[Near]:
        """Venues by distance, the nearest first; those equally far by name. lat, lon: degrees. at: aware, in London, on
        this day. wanted: which of them may be named at all."""
        if not self.venues:
            return []
        is_open = self._open(at)
        distance = self._distances(lat, lon)
        kept = is_open.copy() if open_only else np.ones(len(self.venues), bool)
        if within_m is not None:
            kept &= distance <= within_m
        places = np.flatnonzero(kept)
        found: list[Near] = []
        for index in places[np.argsort(distance[places], kind="stable")]:
            if most is not None and len(found) >= most:
                break
            venue = self.venues[index]
            if wanted is None or wanted(venue):
                until = venue.hours.until(at) if is_open[index] else None
                found.append(Near(venue, float(distance[index]), bool(is_open[index]), until))
        return found

    def next_to_open(
        self, lat: float, lon: float, *, at: datetime, within_m: float | None = None, wanted: Wanted | None = None
    ) -> NextOpening | None:
        """Of the venues that are shut now, the one that opens first; the nearer of two. None when none opens within two
        weeks. at: as in nearest."""
        if not self.venues:
            return None
        distance, minute = self._distances(lat, lon), at.hour * 60 + at.minute
        may = ~self._open(at)
        if within_m is not None:
            may &= distance <= within_m
        for ahead in range(LOOK_AHEAD_DAYS + 1):
            whose, starts = self._openings_of(ahead)
            kept = np.flatnonzero(may[whose] & (starts > minute)) if not ahead else np.flatnonzero(may[whose])
            for one in kept[np.lexsort((whose[kept], distance[whose[kept]], starts[kept]))]:
                venue, start = self.venues[whose[one]], int(starts[one])
                if wanted is None or wanted(venue):
                    day, opens = self.day + timedelta(days=ahead), time(start // 60, start % 60)
                    return NextOpening(venue, float(distance[whose[one]]), day, opens, opens_in_words(venue.hours, at))
        return None

    def _openings_of(self, ahead: int) -> tuple[np.ndarray, np.ndarray]:
        """(whose, minute of the day) of each door that opens so many days ahead; kept, since the day is always the
        same."""
        if ahead not in self._openings:
            day = self.day + timedelta(days=ahead)
            found = [(n, start) for n, venue in enumerate(self.venues) for start in venue.hours.openings_of(day)]
            table = np.array(found, np.int32).reshape(-1, 2)
            self._openings[ahead] = table[:, 0], table[:, 1]
        return self._openings[ahead]

    def _open(self, at: datetime) -> np.ndarray:
        if at.date() != self.day:
            raise ValueError(f"this is the list of {self.day}, not of {at.date()}")
        minute = at.hour * 60 + at.minute
        is_open = np.zeros(len(self.venues), bool)
        is_open[self._whose[(self._starts <= minute) & (minute < self._ends)]] = True
        return is_open

    def _distances(self, lat: float, lon: float) -> np.ndarray:
        """Metres to each venue: the haversine formula, as places.geometry.distance_m."""
        own_lat, own_lon = math.radians(lat), math.radians(lon)
        chord = (
            np.sin((self._lat - own_lat) / 2) ** 2
            + math.cos(own_lat) * np.cos(self._lat) * np.sin((self._lon - own_lon) / 2) ** 2
        )
        return np.asarray(2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(1.0, chord))))


def walk_in_words(distance_m: float) -> str:
    """A straight-line distance as people say it: "70 m", "450 m", "1.2 km".

    >>> walk_in_words(68.2), walk_in_words(449), walk_in_words(1234)
    ('70 m', '450 m', '1.2 km')
    """
    if distance_m < 995:
        return f"{max(10, round(distance_m / 10) * 10 if distance_m < 100 else round(distance_m / 50) * 50)} m"
    return f"{distance_m / 1000:.1f} km"


def wanted_by(offers: Iterable[str] = (), languages: Iterable[str] = ()) -> Wanted:
    """Whether a venue offers all of some things and speaks one of some languages (any, when none is named)."""
    needed, spoken = frozenset(offers), frozenset(languages)
    return lambda venue: needed <= venue.offers and (not spoken or not spoken.isdisjoint(venue.languages))
