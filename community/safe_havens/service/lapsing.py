"""What runs out is told in time: 30 days before, on the day after, and 30 days later, to venue and coordinators."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from community.extensions import db
from community.safe_havens import venue_queries
from community.safe_havens.models import SafeHaven
from community.safe_havens.service import lasting, letters, life

AHEAD_DAYS: Final = 30
CHECK: Final = "the yearly check"
"""As service/lasting.py calls it."""


def tell(today: date) -> int:
    """Write to each approved venue of which something has reached a day to tell since it was last told, and once to the
    coordinators; how many venues. Flushed. A venue that has lapsed says so in its history."""
    told = []
    for haven in venue_queries.approved():
        runs_out = [(what, until) for what, until in lasting.runs_out(haven) if until > date.min]
        if not any(_is_time(until, haven.lapse_told_on, today) for _, until in runs_out):
            continue
        over = [(what, until) for what, until in runs_out if until < today]
        soon = [(what, until) for what, until in runs_out if today <= until <= today + timedelta(days=AHEAD_DAYS)]
        _write(haven, over, soon)
        if any(haven.lapse_told_on is None or haven.lapse_told_on <= until for _, until in over):
            life.happened(haven, "lapsed", today)
        haven.lapse_told_on = today
        told.append(f"{haven.name}: {'; '.join(_lines([*over, *soon], today))}")
    if told:
        letters.to_coordinators("lapses", venues=told)
    db.session.flush()
    return len(told)


def _is_time(until: date, last_told: date | None, today: date) -> bool:
    """Whether a day to tell has come since it was last told."""
    month = timedelta(days=AHEAD_DAYS)
    days = (until - month, until + timedelta(days=1), until + timedelta(days=1) + month)
    return any((last_told is None or last_told < day) and day <= today for day in days)


def _write(haven: SafeHaven, over: list[tuple[str, date]], soon: list[tuple[str, date]]) -> None:
    if over:
        letters.send(haven, "lapsed", what=_lines([*over, *soon], None))
    elif [what for what, _ in soon] == [CHECK]:
        letters.send(haven, "yearly_check", day=soon[0][1])
    else:
        letters.send(haven, "lapse_coming", what=_lines(soon, None))


def _lines(runs_out: Iterable[tuple[str, date]], today: date | None) -> list[str]:
    return [
        f"{what[:1].upper()}{what[1:]} {'ran out' if today and until < today else 'counts until'} "
        f"{until.day} {until:%B %Y}"
        for what, until in runs_out
    ]
