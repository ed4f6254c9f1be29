"""What the home page says of Safe Havens."""

from __future__ import annotations

from datetime import datetime

from community.safe_havens.kinds import PROBLEMS
from community.safe_havens.service import queue
from community.safe_havens.service.problems import DANGER
from community.staff.home import Card, Link
from community.staff.models import Account

LINKS = [Link("Safe Havens", "/staff/havens", "see_havens")]


def card(user: Account, now: datetime) -> Card | None:
    """What waits, danger first; for those who may see to it."""
    if not user.may("manage_havens"):
        return None
    waits = queue.queue(now)
    danger = [one for one in waits.reports if one.problem == DANGER]
    lines = [f"“{PROBLEMS[DANGER]}”: reported at {one.haven.name}. Look today." for one in danger]
    others = len(waits.reports) - len(danger)
    lines += [f"{_many(others, 'report')} by visitors to look at."] if others else []
    lines += [f"{_many(waits.overdue_reports, 'report')} older than 24 hours."] if waits.overdue_reports else []
    for n, what in (
        (len(waits.applications), "application"),
        (sum(visit.planned_on <= now.date() for visit, _ in waits.visits), "visit due"),
        (len(waits.hours), "change of hours to look at"),
        (len(waits.to_agree), "venue to accept the agreement again"),
        (len(waits.uninsured), "venue that has not told its insurance"),
        (sum(lapse.is_over for lapse in waits.lapses), "venue off the list: something ran out"),
    ):
        lines += [f"{_many(n, what)}."] if n else []
    return Card("Safe Havens", lines, "/staff/havens", "manage_havens") if lines else None


def _many(n: int, what: str) -> str:
    """ "1 application", "2 applications", "2 visits due"."""
    first, space, rest = what.partition(" ")
    return f"{n} {first if n == 1 else f'{first}s'}{space}{rest}"
