"""Noticing a rush at one poster: a count for each poster and London hour in RUNTIME_DIR, forgotten within hours.

Each worker counts in memory and hears of the others' taps every two seconds, so of a rush that begins this moment a few
more than the limit may go unflagged; no tap waits for a count."""

from __future__ import annotations

from datetime import datetime

from community.shared.runtime import runtime
from community.surveys.flags import BURST_FLOOR
from community.surveys.service.answering import burst_limit
from community.surveys.visits import Visit

TAPS = "taps"


def is_beyond(visit: Visit, screen: str, now: datetime) -> bool:
    """Count a first tap; whether it lies beyond its poster's limit for this hour. Later screens are not taps."""
    taps = _count(visit, screen, now, 1)
    if taps <= BURST_FLOOR or visit.poster_id is None:
        return False
    poster_id, on = visit.poster_id, now.date()
    key = ("burst", visit.fielding.wave_id, poster_id, hour_of(now))
    limit: int = runtime().limits.get(key, lambda: burst_limit(visit.fielding, poster_id, on))
    return taps > limit


def take_back(visit: Visit, screen: str, now: datetime) -> None:
    """A tap that turned out to be a retry, or was refused, was not one more person."""
    _count(visit, screen, now, -1)


def hour_of(now: datetime) -> str:
    """London's date and hour, as the count's bucket."""
    return now.strftime("%Y-%m-%dT%H")


def _count(visit: Visit, screen: str, now: datetime, n: int) -> int:
    if visit.poster_id is None or screen != visit.fielding.questionnaire.screens[0].key:
        return 0
    return runtime().counters.note(TAPS, visit.poster_id, hour_of(now), n)
