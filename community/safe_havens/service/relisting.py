"""What stands in the way of listing a suspended venue again."""

from __future__ import annotations

from community.safe_havens import queries
from community.safe_havens.models import SafeHaven
from community.safe_havens.service import readiness
from community.safe_havens.service.problems import DANGER


def hindrances(haven: SafeHaven) -> list[str]:
    """In words, each a reason not to list it yet; none when nothing stands in the way. haven: suspended."""
    found = []
    if _failed_and_not_trained(haven):
        found.append("nobody there has finished the training since the failed visit")
    if waiting := queries.unread(haven.id, DANGER):
        reports = "a report by a visitor who was" if waiting == 1 else f"{waiting} reports by visitors who were"
        found.append(f"{reports} not safe there must be looked at. Under Reports by visitors, say what you found")
    return found


def _failed_and_not_trained(haven: SafeHaven) -> bool:
    """Days are too coarse: a course in the morning does not make up for a visit that failed in the afternoon. The
    venue's history holds its steps in their order."""
    if haven.suspended_because != "failed_visit" or readiness.passed_visit(haven) is not None:
        return False
    steps = [one.event for one in haven.events if one.event in ("visit_failed", "trained")]
    return bool(steps) and steps[-1] == "visit_failed"
