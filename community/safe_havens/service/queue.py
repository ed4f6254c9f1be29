"""What waits for somebody at the staff desk: reports, applications, visits, hours, lapses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from community.safe_havens import desk_queries
from community.safe_havens.models import HavenVisit, SafeHaven
from community.safe_havens.service import problems, readiness
from community.safe_havens.service.applying import look_alikes
from community.safe_havens.service.lasting import runs_out
from community.safe_havens.service.problems import Waiting

SOON_DAYS: Final = 60
"""So long before it lapses a venue stands in the queue."""


@dataclass(frozen=True)
class Application:
    """One that waits for a decision. stage: what it waits for, in words. like: another venue it may be the same as."""

    haven: SafeHaven
    place: str | None
    stage: str
    is_ready: bool
    like: SafeHaven | None


@dataclass(frozen=True)
class Lapse:
    """An approved venue whose check, training or insurance runs out, or has. on: the last day on which it is listed."""

    haven: SafeHaven
    what: tuple[str, ...]
    on: date
    is_over: bool


@dataclass(frozen=True)
class Queue:
    """What waits, each the most urgent first. to_agree: in the scheme, and the agreement is another one since they
    accepted it. uninsured: in the scheme, asked for insurance since, and nothing said of it. Neither is hidden for it:
    both are asked at the yearly check at the latest."""

    reports: Sequence[Waiting]
    applications: Sequence[Application]
    visits: Sequence[tuple[HavenVisit, SafeHaven]]
    hours: Sequence[SafeHaven]
    lapses: Sequence[Lapse]
    to_agree: Sequence[SafeHaven]
    uninsured: Sequence[SafeHaven]

    @property
    def overdue_reports(self) -> int:
        return sum(one.is_overdue for one in self.reports)


def queue(now: datetime) -> Queue:
    """What waits at a moment (aware, in London)."""
    today = now.date()
    every = desk_queries.havens()
    applied = sorted(
        ((haven, place) for haven, place in every if haven.status == "applied"),
        key=lambda pair: (pair[0].applied_on, pair[0].id),
    )
    visits = [
        (visit, haven)
        for haven, _ in every
        if haven.status in ("applied", "approved", "suspended")
        for visit in haven.visits
        if visit.made_on is None
    ]
    lapses = [lapse for haven, _ in every if (lapse := lapse_of(haven, today)) is not None]
    return Queue(
        reports=problems.waiting(now),
        applications=[_application(haven, place, today) for haven, place in applied],
        visits=sorted(visits, key=lambda pair: (pair[0].planned_on, pair[0].id)),
        hours=[haven for haven, _ in every if haven.opening_proposed and haven.status in ("approved", "suspended")],
        lapses=sorted(lapses, key=lambda lapse: (lapse.on, lapse.haven.name)),
        to_agree=[haven for haven, _ in every if readiness.must_agree_again(haven)],
        uninsured=[haven for haven, _ in every if readiness.must_tell_insurance(haven)],
    )


def lapse_of(haven: SafeHaven, today: date) -> Lapse | None:
    """What runs out within 60 days, or has, of an approved venue."""
    if haven.status != "approved":
        return None
    ends = [(words, until) for words, until in runs_out(haven) if until <= today + timedelta(days=SOON_DAYS)]
    if not ends:
        return None
    first = min(until for _, until in ends)
    return Lapse(haven, tuple(words for words, _ in ends), first, first < today)


def _application(haven: SafeHaven, place: str | None, today: date) -> Application:
    lacks = readiness.missing(haven, today=today)
    if lacks:
        stage = "still open: " + "; ".join(f"{need.what.lower()} ({need.words})" for need in lacks)
    elif haven.signoffs:
        stage = "one approver has said yes, a second is needed"
    else:
        stage = "all is there: it can be approved"
    return Application(haven, place, stage, not lacks, like_of(haven))


def like_of(haven: SafeHaven) -> SafeHaven | None:
    """The oldest other venue in the scheme that may be the same one."""
    alike = look_alikes(haven.name, haven.address, haven.lat, haven.lon, other_than=haven.id)
    return min(alike, key=lambda other: other.id, default=None)
