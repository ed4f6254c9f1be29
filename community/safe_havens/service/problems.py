"""What visitors report of a venue: counted by day, looked at by a coordinator, never believed by itself.

Anybody may report, without a name or a cookie, so a report hides no venue. And it is only a count, so a flood fills no
disk: at most 200 of a kind are counted for a venue in a day; what comes after that is not even written.

Only the day of a report is kept. One of yesterday may be 24 hours old, one of the day before is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from community.extensions import db
from community.safe_havens import queries
from community.safe_havens.kinds import PROBLEM_OUTCOMES, PROBLEMS
from community.safe_havens.models import HavenProblem, SafeHaven
from community.safe_havens.service import letters
from community.shared.database import count_one
from community.shared.errors import UserError
from community.staff import audit

MOST_A_DAY: Final = 200
"""Reports of one problem at one venue that are counted in a day."""
DANGER: Final = "danger"


class BadProblem(UserError):
    """A report without one of our problems."""


class BadOutcome(UserError):
    """What was found is none of our outcomes, or nothing waits to be looked at."""


@dataclass(frozen=True)
class Waiting:
    """Reports of one problem at one venue on a London day that nobody has looked at. n: how many. of_day: how many
    there were that day in all, which says later what was shown. is_due: they may be 24 hours old. is_overdue: they
    are."""

    haven: SafeHaven
    problem: str
    reported_on: date
    n: int
    of_day: int
    is_due: bool
    is_overdue: bool


def is_counted(haven_id: int, problem: str, on: date) -> bool:
    """Whether one more report would be counted: False when enough of its kind were today. Only reads. Raises
    BadProblem."""
    if problem not in PROBLEMS:
        raise BadProblem("Choose what went wrong.")
    row = queries.problem(haven_id, problem, on)
    return row is None or row.n < MOST_A_DAY


def report(haven_id: int, problem: str, on: date) -> bool:
    """Count one report; flushed. Coordinators are written to, once it is stored, where it tells of danger and is the
    first that nobody has looked at; whether they are."""
    keys = {"haven_id": haven_id, "problem": problem, "reported_on": on}
    row = count_one(HavenProblem.__table__, keys, most=MOST_A_DAY)
    is_urgent = problem == DANGER and row is not None and row.n - (row.looked_n or 0) == 1
    if is_urgent and (haven := db.session.get(SafeHaven, haven_id)) is not None:
        letters.to_coordinators("danger_report", name=haven.name)
    return is_urgent


def waiting(now: datetime) -> list[Waiting]:
    """What nobody has looked at: danger first, then the oldest. now: aware, in London."""
    found = [
        Waiting(
            haven=haven,
            problem=row.problem,
            reported_on=row.reported_on,
            n=row.n - (row.looked_n or 0),
            of_day=row.n,
            is_due=(now.date() - row.reported_on).days >= 1,
            is_overdue=(now.date() - row.reported_on).days > 1,
        )
        for row, haven in queries.problems_waiting()
    ]
    return sorted(found, key=lambda one: (one.problem != DANGER, one.reported_on, one.haven.slug, one.problem))


@dataclass(frozen=True)
class Seen:
    """The reports that somebody had on their page: of a problem, on a London day. of_day: how many there were then, as
    Waiting has it; those that came later are not among them."""

    problem: str
    day: date
    of_day: int


def still_new(haven: SafeHaven, seen: Seen) -> int:
    """How many of the reports that somebody saw nobody has looked at. Only reads."""
    row = queries.problem(haven.id, seen.problem, seen.day)
    return 0 if row is None else max(0, min(seen.of_day, row.n) - (row.looked_n or 0))


def looked(haven: SafeHaven, seen: Seen, outcome: str, *, on: date) -> int:
    """Say what was found of the reports that somebody saw; how many. Flushed. Those that came after the page was opened
    stay new; where they tell of danger, coordinators are written to again. on: the London day somebody looked. What it
    means for the venue is done by its own verbs. Raises BadOutcome."""
    n, row = still_new(haven, seen), queries.problem(haven.id, seen.problem, seen.day)
    if outcome not in PROBLEM_OUTCOMES or row is None or not n:
        raise BadOutcome("Choose what was found, of reports that wait to be looked at.")
    row.looked_n, row.outcome, row.looked_on = (row.looked_n or 0) + n, outcome, on
    db.session.flush()
    audit.record("haven.look-at-reports", haven.slug, {"problem": seen.problem, "found": outcome, "reports": str(n)})
    if seen.problem == DANGER and row.n > row.looked_n:
        letters.to_coordinators("danger_report", name=haven.name)
    return n
