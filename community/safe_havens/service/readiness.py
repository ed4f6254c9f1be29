"""What an application still needs before a coordinator may say yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from community.safe_havens import desk_queries
from community.safe_havens.agreement import agreement
from community.safe_havens.kinds import CHECKLIST, NOT_AT_FIRST, VALID_DAYS
from community.safe_havens.models import HavenVisit, SafeHaven
from community.shared.runtime import runtime

LEAST_STAFF: Final = 2
"""The scheme asks for two members of staff at work at all times, so that one can help."""


@dataclass(frozen=True)
class Need:
    """One thing an application needs: what it is, whether it is there, and since when or what is missing, in words."""

    key: str
    what: str
    is_met: bool
    words: str


def needs(haven: SafeHaven, *, today: date) -> list[Need]:
    """All that is needed, in the order in which it usually comes."""
    asked = runtime().settings.havens
    found = [_visit(haven), _training(haven, today), _agreement(haven)]
    if asked.insurance:
        found.append(_insurance(haven, today))
    if asked.second_approver:
        n = len(haven.signoffs)
        found.append(Need("signoffs", "Two approvers", n > 1, f"{n} of 2 have said yes"))
    return found


def missing(haven: SafeHaven, *, today: date) -> list[Need]:
    """What stands in the way of a first yes: sign-offs are not among it."""
    return [need for need in needs(haven, today=today) if not need.is_met and need.key != "signoffs"]


def has_few_staff(haven: SafeHaven) -> str:
    """What to know before a yes, where fewer are at work than the scheme asks for; "" where there are enough."""
    if haven.least_staff >= LEAST_STAFF:
        return ""
    return (
        f"At times only {haven.least_staff} is at work there. The scheme asks for {LEAST_STAFF}, so that one can stay "
        "with the person. Tick that you know this, or ask the venue first."
    )


def must_agree_again(haven: SafeHaven) -> bool:
    """Whether a venue in the scheme has accepted another agreement than today's."""
    now = agreement(keeps_out=runtime().settings.havens.keeps_out).version
    return haven.status in ("approved", "suspended") and haven.agreement != now


def must_tell_insurance(haven: SafeHaven) -> bool:
    """Whether the council asks a venue in the scheme for its insurance, and it has not said until when it has one."""
    asks = runtime().settings.havens.insurance
    return asks and haven.status in ("approved", "suspended") and haven.insured_until is None


def passed_visit(haven: SafeHaven) -> HavenVisit | None:
    """The latest visit made, if it was passed."""
    made = made_visits(haven)
    return made[-1] if made and made[-1].result == "passed" else None


def made_visits(haven: SafeHaven) -> Sequence[HavenVisit]:
    """Visits with a result, the latest last."""
    return sorted((v for v in haven.visits if v.made_on is not None), key=lambda v: (v.made_on or date.min, v.id))


def failed_lines(haven: SafeHaven) -> list[str]:
    """What the latest visit made did not find as it needs to be, as the venue was told; none if it was passed."""
    made = made_visits(haven)
    if not made or made[-1].result != "failed":
        return []
    visit = made[-1]
    asked = (key for key in CHECKLIST if visit.kind != "first" or key not in NOT_AT_FIRST)
    return [CHECKLIST[key] for key in asked if key not in visit.checklist] or ["What we talked about at the visit"]


def _visit(haven: SafeHaven) -> Need:
    passed = passed_visit(haven)
    if passed is not None and passed.made_on is not None:
        return Need("visit", "First visit passed", True, f"on {_day(passed.made_on)}")
    planned = next((v for v in haven.visits if v.made_on is None), None)
    if planned is not None:
        return Need("visit", "First visit passed", False, f"planned for {_day(planned.planned_on)}")
    words = "the last visit was failed: plan another" if made_visits(haven) else "plan a visit"
    return Need("visit", "First visit passed", False, words)


def _training(haven: SafeHaven, today: date) -> Need:
    n = desk_queries.trained_since(haven.id, today - timedelta(days=VALID_DAYS))
    words = f"{n} trained in the last 12 months" if n else "nobody has finished the training yet"
    return Need("training", "At least one member of staff trained", n > 0, words)


def _agreement(haven: SafeHaven) -> Need:
    now = agreement(keeps_out=runtime().settings.havens.keeps_out).version
    if haven.agreement is None or haven.agreed_on is None:
        return Need("agreement", "Agreement accepted", False, "the venue has not accepted it yet")
    if haven.agreement != now:
        words = f"the venue accepted version {haven.agreement}, and it is version {now} now"
        return Need("agreement", "Agreement accepted", False, words)
    return Need("agreement", "Agreement accepted", True, f"version {now}, on {_day(haven.agreed_on)}")


def _insurance(haven: SafeHaven, today: date) -> Need:
    until = haven.insured_until
    if until is None:
        return Need("insurance", "Insurance", False, "the venue has not said until when it is insured")
    return Need("insurance", "Insurance", until >= today, f"until {_day(until)}")


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
