"""The agreement accepted, the yearly check by link, and leaving: what a venue settles by its own link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from community.extensions import db
from community.safe_havens import venue_queries
from community.safe_havens.agreement import agreement
from community.safe_havens.kinds import VALID_DAYS
from community.safe_havens.models import SafeHaven
from community.safe_havens.service import details, letters, life, readiness
from community.safe_havens.service.life import NotNow
from community.safe_havens.service.team_codes import ACTIVE
from community.shared.runtime import runtime
from community.staff import audit

RENEW_FROM_DAYS: Final = 60
"""So long before the check runs out it may be renewed."""
VISITED_DAYS: Final = 730
"""Somebody must have been there within so many days, or a link alone does not count as the check."""


@dataclass(frozen=True)
class Renewed:
    """counts: whether the yearly check is done by it. because: if not, why a visit is needed, in words."""

    counts: bool
    because: str = ""


def current_version() -> str:
    """The version of the agreement that is accepted now."""
    return agreement(keeps_out=runtime().settings.havens.keeps_out).version


def accept_agreement(haven: SafeHaven, version: str, *, on: date) -> None:
    """Accept the agreement as it was read; flushed. Raises NotNow when another version has come meanwhile."""
    details.open_to_change(haven)
    if version != current_version():
        raise NotNow("The agreement was changed just now. Please read it again.")
    if haven.agreement == version:
        return
    haven.agreement, haven.agreed_on = version, on
    haven.keeps_out = runtime().settings.havens.keeps_out
    life.happened(haven, "agreed", on)
    audit.record("haven.agree", haven.slug, {"version": version}, otherwise="venue")
    db.session.flush()


def due_on(haven: SafeHaven) -> date | None:
    """The last day on which the check counts; None before there was one."""
    return haven.checked_on + timedelta(days=VALID_DAYS) if haven.checked_on else None


def may_renew(haven: SafeHaven, *, on: date) -> bool:
    """Whether the yearly check is open: from 60 days before it runs out."""
    due = due_on(haven)
    return haven.status in ("approved", "suspended") and due is not None and due - timedelta(days=RENEW_FROM_DAYS) <= on


def renew(haven: SafeHaven, *, on: date, insured_until: date | None = None) -> Renewed:
    """Confirm that all is still as it was told; flushed. It counts as the yearly check unless something calls for a
    visit (docs/decisions/0012). insured_until: the new last day, where the council asks. Raises NotNow too soon.
    """
    details.open_to_change(haven)
    again = any(event.event == "renewed" and event.happened_on == on for event in haven.events)
    if again and haven.checked_on == on:
        return Renewed(counts=True)
    if not may_renew(haven, on=on):
        raise NotNow("The yearly check is not due yet. Thank you for looking.")
    if readiness.must_agree_again(haven):
        raise NotNow("The agreement is another one by now. Please read and accept it first, then do the yearly check.")
    if insured_until is not None:
        haven.insured_until = insured_until
    because = needs_visit(haven, on=on)
    if not because:
        haven.checked_on = on
    if not again:
        life.happened(haven, "renewed", on)
        audit.record("haven.renew", haven.slug, {"counts": "no" if because else "yes"}, otherwise="venue")
        if because:
            letters.send(haven, "renewed_visit")
            letters.to_coordinators("visit_wanted", name=haven.name, because=because)
        else:
            letters.send(haven, "renewed", day=on + timedelta(days=VALID_DAYS))
    db.session.flush()
    return Renewed(not because, because)


def needs_visit(haven: SafeHaven, *, on: date) -> str:
    """Why a link alone does not count as the check, in words; "" when it does."""
    last = venue_queries.last_visit(haven.id)
    seen_on = max((day for day in (last.made_on if last else None, haven.approved_on) if day), default=date.min)
    if haven.status == "suspended":
        return "it is off the list for now"
    if last is not None and last.result == "failed":
        return "the last visit was failed"
    if venue_queries.open_problems(haven.id):
        return "visitors have reported problems that nobody has looked at"
    if seen_on < on - timedelta(days=VISITED_DAYS):
        return "nobody has been there for two years"
    return ""


def leave(haven: SafeHaven, *, on: date) -> None:
    """Leave the scheme, or take an application back, in one step; flushed. Twice is as once."""
    life.hold(haven)
    if haven.status not in ACTIVE:
        return
    haven.status, haven.suspended_because = "left", None
    haven.left_on = haven.closed_on = on
    haven.opening_proposed = None
    haven.signoffs.clear()
    life.happened(haven, "left", on)
    audit.record("haven.leave", haven.slug, otherwise="venue")
    letters.send(haven, "left")
    letters.to_coordinators("venue_left", name=haven.name)
    db.session.flush()
