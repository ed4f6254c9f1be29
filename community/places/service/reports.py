"""Reports that a poster looks fake or damaged, and what was found by whoever went to look.

Anybody may report, without a name or a cookie, so a report changes no poster: a stranger could silence a borough. And
it is only a count, so a flood fills no disk: at most 200 of a kind are counted in a day, and at most 50 codes that are
not ours; what comes after that is not even written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from sqlalchemy import delete

from community.extensions import db
from community.places import queries
from community.places.codes import shaped
from community.places.kinds import REPORT_OUTCOMES, REPORT_REASONS
from community.places.models import Poster, PosterReport
from community.places.service import posters
from community.shared.clock import days_before
from community.shared.database import count_one
from community.shared.errors import UserError
from community.staff import audit

MOST_A_DAY: Final = 200
"""Reports of one code for one reason that are counted in a day."""
MOST_STRANGE: Final = 50
"""Codes that are not ours for which reports are kept apart in a day."""
THE_REST: Final = "--------"
"""Stands for all the others."""
KEPT_DAYS: Final = 731
SHOWN_DAYS: Final = 60
"""How long what somebody has looked at stays in the queue's second list."""


class BadReport(UserError):
    """A report without one of our reasons, or about something that is no code."""


class BadOutcome(UserError):
    """What was found cannot be said of this poster."""


@dataclass(frozen=True)
class Told:
    """Reports of one code, together. poster: None for a code that is not ours. reasons: words -> how many, the most
    frequent first. n: how many that nobody has looked at, or for those looked at, how many there were."""

    code: str
    poster: Poster | None
    reasons: tuple[tuple[str, int], ...]
    n: int
    first_on: date
    last_on: date
    outcome: str | None = None
    looked_on: date | None = None

    @property
    def is_the_rest(self) -> bool:
        return self.code == THE_REST


def counts_as(typed: str, reason: str, on: date) -> str | None:
    """The code under which a report is to be counted; None when enough of its kind were today. Only reads.
    Raises BadReport."""
    code = shaped(typed)
    if code is None or reason not in REPORT_REASONS:
        raise BadReport("Choose what looks wrong.")
    if posters.find(code) is None:
        strange = queries.strange_codes_on(on) - {THE_REST}
        if code not in strange and len(strange) >= MOST_STRANGE:
            code = THE_REST
    return code if queries.told_on(on, code, reason) < MOST_A_DAY else None


def report(code: str, reason: str, on: date) -> None:
    """Count one report. code: as `counts_as` gave it. Flushed."""
    count_one(PosterReport.__table__, {"code": code, "reason": reason, "reported_on": on}, most=MOST_A_DAY)


def waiting() -> list[Told]:
    """What nobody has looked at; the latest first."""
    return _together(queries.reports(None))


def looked_at(on: date) -> list[Told]:
    """What somebody looked at in the last 60 days; the latest first."""
    return _together(queries.reports(days_before(on, SHOWN_DAYS)))


def waiting_for(code: str) -> Told | None:
    """What nobody has looked at of one code."""
    return next((told for told in waiting() if told.code == code), None)


def settle(code: str, outcome: str, on: date) -> int:
    """Say what was found of all that is reported of a code, and do it to the poster; how many reports. Flushed.

    kept: it hangs, ours and whole. taken-down, retired: it does not, for now or for good. not-ours: no poster of ours
    has the code. Raises BadOutcome, and as the poster's own verbs do."""
    poster = posters.find(code)
    if outcome not in REPORT_OUTCOMES or (outcome == "not-ours") != (poster is None):
        raise BadOutcome("Choose what was found.")
    if poster is not None:
        if outcome != "kept":
            posters.BECOMES[outcome](poster, on)
        elif poster.status == "reported":
            posters.put_up(poster, on)
    found = [row for row in queries.reports(None) if row.code == code]
    total = sum(row.n - (row.looked_n or 0) for row in found)
    for row in found:
        row.looked_n, row.outcome, row.looked_on = row.n, outcome, on
    db.session.flush()
    audit.record("poster.look-at-reports", code, {"found": outcome, "reports": str(total)})
    return total


def forget(today: date) -> int:
    """Delete reports that are more than two years old; how many rows."""
    old = delete(PosterReport).where(PosterReport.reported_on < days_before(today, KEPT_DAYS))
    result: Any = db.session.execute(old)
    return int(result.rowcount)


def _together(rows: Sequence[PosterReport]) -> list[Told]:
    ours = {poster.code: poster for poster in queries.posters_by_code({row.code for row in rows})}
    found = [_told(ours.get(code), list(group)) for code, group in groupby(rows, key=lambda row: row.code)]
    return sorted(found, key=lambda told: (told.looked_on or told.last_on, told.code), reverse=True)


def _told(poster: Poster | None, rows: Sequence[PosterReport]) -> Told:
    counted: Counter[str] = Counter()
    for row in rows:
        new = row.n - (row.looked_n or 0)
        counted[REPORT_REASONS[row.reason]] += new or row.n
    latest = max(rows, key=lambda row: (row.looked_on or date.min, row.reported_on))
    settled = all(row.n == row.looked_n for row in rows)
    return Told(
        code=rows[0].code,
        poster=poster,
        reasons=tuple(counted.most_common()),
        n=counted.total(),
        first_on=min(row.reported_on for row in rows),
        last_on=max(row.reported_on for row in rows),
        outcome=latest.outcome if settled else None,
        looked_on=latest.looked_on if settled else None,
    )
