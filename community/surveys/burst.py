"""Noticing a rush: a count for each survey, poster and London hour in RUNTIME_DIR, forgotten within hours; where there
is no poster, for each place.

Each survey counts by itself, since who answers one is offered the next and is one person in both. Each worker counts in
memory and hears of the others' taps every two seconds, so of a rush that begins this moment a few more than the limit
may go unflagged; no tap waits for a count."""

from __future__ import annotations

from datetime import datetime

from community.shared.runtime import runtime
from community.surveys.flags import BURST_FLOOR
from community.surveys.service.answering import burst_limit
from community.surveys.tallies import NO_PLACE
from community.surveys.visits import Visit

TAPS = "taps"


def is_beyond(visit: Visit, screen: str, now: datetime) -> bool:
    """Count a first tap; whether it lies beyond its poster's or place's limit for this hour. Later screens are not
    taps."""
    taps = _count(visit, screen, now, 1)
    if taps <= BURST_FLOOR:
        return False
    key = ("burst", *counted_under(visit), hour_of(now))
    limit: int = runtime().limits.get(
        key, lambda: burst_limit(visit.fielding, visit.poster_id, visit.place_id, now.date())
    )
    return taps > limit


def take_back(visit: Visit, screen: str, now: datetime) -> None:
    """A tap that turned out to be a retry, or was refused, was not one more person."""
    _count(visit, screen, now, -1)


def hour_of(now: datetime) -> str:
    """London's date and hour, as the count's bucket."""
    return now.strftime("%Y-%m-%dT%H")


def counted_under(visit: Visit) -> tuple[str, int]:
    """(kind, item) of the count that a tap goes to: of its survey, at its poster or else at its place."""
    if visit.poster_id is not None:
        return f"{TAPS} {visit.fielding.survey}", visit.poster_id
    return f"{TAPS} {visit.fielding.survey} without a poster", visit.place_id or NO_PLACE


def _count(visit: Visit, screen: str, now: datetime, n: int) -> int:
    if screen != visit.fielding.questionnaire.screens[0].key:
        return 0
    kind, item = counted_under(visit)
    return runtime().counters.note(kind, item, hour_of(now), n)
