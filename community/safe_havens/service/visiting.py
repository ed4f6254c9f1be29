"""Visits to venues: planned, made with a checklist, passed or failed. A failed one takes an approved venue off the
list."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from community.extensions import db
from community.safe_havens import desk_queries
from community.safe_havens.kinds import CHECKLIST, NOT_AT_FIRST, VISIT_KINDS, VISIT_RESULTS
from community.safe_havens.models import HavenVisit, SafeHaven
from community.safe_havens.service import letters, life, problems
from community.safe_havens.service.life import NotNow
from community.safe_havens.service.problems import Seen
from community.shared.errors import UserError
from community.staff import audit

LONGEST_NOTE = 1_000
FURTHEST_DAYS = 400
UNTOLD = frozenset({"mystery"})
"""Kinds of visit of which the venue is not told before."""


class NoSuchVisit(UserError):
    """There is no such visit."""


def get(haven: SafeHaven, id: int) -> HavenVisit:
    """A visit of this venue. Raises NoSuchVisit."""
    found = desk_queries.visit(id)
    if found is None or found.haven_id != haven.id:
        raise NoSuchVisit(f"{haven.name} has no such visit.")
    return found


def waiting(haven: SafeHaven) -> HavenVisit | None:
    """The visit that is planned and not made; None when there is none."""
    return next((visit for visit in haven.visits if visit.made_on is None), None)


def kinds_for(haven: SafeHaven) -> dict[str, str]:
    """Kinds of visit that may be planned as the venue stands."""
    first = haven.status == "applied"
    return {kind: words for kind, words in VISIT_KINDS.items() if (kind == "first") == first}


def plan(haven: SafeHaven, kind: str, day: date, *, today: date, because: Seen | None = None) -> HavenVisit:
    """Plan a visit; the venue is told the day, unless it is a mystery visit. One is planned at a time: planning again
    moves it. because: visitors' reports that somebody goes there for; they wait no more, unless a colleague has looked
    at them meanwhile. Flushed. Raises NotNow."""
    life.hold(haven)
    if haven.status not in ("applied", "approved", "suspended"):
        raise NotNow(f"{haven.name} is not in the scheme, so there is nothing to visit.")
    if kind not in kinds_for(haven):
        raise NotNow("Choose what kind of visit it is.")
    if day < today:
        raise NotNow("The day is over. Choose today or a day to come.")
    if day > today + timedelta(days=FURTHEST_DAYS):
        raise NotNow("The day is more than a year away. Check the year.")
    visit = waiting(haven)
    if visit is None:
        visit = HavenVisit(kind=kind, planned_on=day, checklist=[])
        haven.visits.append(visit)
    else:
        visit.kind, visit.planned_on = kind, day
    life.happened(haven, "visit_planned", today)
    audit.record("haven.plan-visit", haven.slug, {"kind": kind, "day": day.isoformat()})
    if kind not in UNTOLD:
        letters.send(haven, "visit_planned", day=day)
    db.session.flush()
    if because is not None and problems.still_new(haven, because):
        problems.looked(haven, because, "visit", on=today)
    return visit


def record(
    visit: HavenVisit, haven: SafeHaven, *, ticked: Collection[str], result: str, note: str, by: int, on: date
) -> None:
    """Store what a visit found; flushed. A passed one is the venue's latest check; a failed one suspends an approved
    venue at once, and asks for retraining. Raises NotNow, and says what is wrong with what was filled in."""
    life.hold(haven)
    if visit.made_on is not None:
        raise NotNow("This visit is recorded already.")
    if result not in VISIT_RESULTS:
        raise NotNow("Choose whether it is passed or failed.")
    unticked = [words for key, words in lines(visit).items() if key not in ticked]
    if result == "passed" and unticked:
        raise NotNow(f"Not all is ticked, so it is not passed. Left open: {'; '.join(unticked)}.")
    if len(note) > LONGEST_NOTE:
        raise NotNow(f"Write the note in {LONGEST_NOTE:,} letters at most.")
    if result == "failed" and not unticked and not note.strip():
        raise NotNow("All is ticked, and it is failed. Take the tick away from what was not right, or write a note.")
    visit.checklist = [key for key in lines(visit) if key in ticked]
    visit.made_on, visit.made_by, visit.result, visit.note = on, by, result, note.strip()
    life.happened(haven, f"visit_{result}", on)
    audit.record("haven.visit", haven.slug, {"kind": visit.kind, "result": result})
    if result == "passed":
        haven.checked_on = on
    else:
        letters.send(haven, "visit_failed", reasons=unticked or ["What we talked about at the visit"])
        if haven.status == "approved":
            life.suspend(haven, "failed_visit", on=on, tell=False)
    db.session.flush()


def lines(visit: HavenVisit) -> dict[str, str]:
    """The lines of a visit's checklist: key -> words. At a first visit there is no sticker yet."""
    return {key: words for key, words in CHECKLIST.items() if visit.kind != "first" or key not in NOT_AT_FIRST}
