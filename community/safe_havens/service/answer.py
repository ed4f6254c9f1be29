"""Which Safe Havens are open near a point, and which opens next where none is: what the list, the bot, a poster's page
and the survey's end page say, so that all say the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from community.safe_havens.directory import NEAR_M, Near, NextOpening, Wanted
from community.safe_havens.service.listing import directory


@dataclass(frozen=True)
class Answer:
    """near: those open within 800 m, the nearest first. Where none is: farther, the nearest of those open elsewhere;
    following, the one within 800 m that opens first, and only where there is none, of all. any_listed: whether the list
    has a venue at all."""

    near: tuple[Near, ...]
    farther: Near | None
    following: NextOpening | None
    any_listed: bool

    @property
    def is_demo(self) -> bool:
        """Whether a made-up venue is named."""
        others = [one.venue for one in (self.farther, self.following) if one]
        return any(venue.demo for venue in (*(one.venue for one in self.near), *others))


def open_near(lat: float, lon: float, at: datetime, *, most: int | None = None, wanted: Wanted | None = None) -> Answer:
    """lat, lon: degrees, WGS84; not kept. at: aware, in London. most: so many at most. wanted: which may be named."""
    listed = directory(at)
    near = tuple(listed.nearest(lat, lon, at=at, most=most, within_m=NEAR_M, wanted=wanted))
    if near:
        return Answer(near, None, None, any_listed=True)
    farther = next(iter(listed.nearest(lat, lon, at=at, most=1, wanted=wanted)), None)
    following = listed.next_to_open(lat, lon, at=at, within_m=NEAR_M, wanted=wanted) or listed.next_to_open(
        lat, lon, at=at, wanted=wanted
    )
    return Answer((), farther, following, any_listed=len(listed) > 0)
