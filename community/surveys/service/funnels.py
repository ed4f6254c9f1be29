"""Scans, first taps and how many reached the end, for posters and the last days."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from community.places import queries as places_queries
from community.places.models import Poster
from community.shared.clock import days_before
from community.surveys import queries
from community.surveys.funnel import Day, closing, reached
from community.surveys.service import waves
from community.surveys.tallies import NO_PLACE

DAYS = 14


def last_days(posters: Sequence[Poster], today: date, *, days: int = DAYS) -> dict[int, list[Day]]:
    """poster id -> its last days in order, today last; every day is there. Waves of all surveys are added up."""
    ids = [poster.id for poster in posters]
    since = days_before(today, days - 1)
    scans = {(id, day): n for id, day, n in places_queries.scans_since(since, ids)}
    found = _answers(posters, since)
    every = [since + timedelta(days=n) for n in range(days)]
    return {id: [Day(day, scans.get((id, day), 0), *found[id, day]) for day in every] for id in ids}


def _answers(posters: Sequence[Poster], since: date) -> dict[tuple[int, date], tuple[int, int]]:
    """(poster id, day) -> (first taps, reached the end); (0, 0) where nothing was."""
    ids = [poster.id for poster in posters]
    place_ids = {poster.place_id or NO_PLACE for poster in posters}
    added: dict[tuple[int, date], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for fielding in waves.open_since(since) if ids else ():
        asked = {fielding.questionnaire.opening.key, *(q.key for q in closing(fielding.questionnaire))}
        counted: dict[tuple[int, date], Counter[tuple[str, str]]] = defaultdict(Counter)
        rows = queries.counts_by_poster(fielding.wave_id, asked, place_ids, ids, since)
        for poster_id, day, question, option, n in rows:
            counted[int(poster_id), day][question, option] += int(n)
        for key, counts in counted.items():
            taps, finished = reached(fielding.questionnaire, counts)
            added[key] = (added[key][0] + taps, added[key][1] + finished)
    return added
