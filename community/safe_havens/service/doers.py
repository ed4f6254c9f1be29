"""Who took each step in a venue's history, from the audit trail: for coordinators, who may not read the whole of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from community.safe_havens.models import HavenEvent, SafeHaven
from community.staff.service import trail

RECORDED_AS: Final = {
    "applied": ("haven.apply",),
    "visit_planned": ("haven.plan-visit",),
    "visit_passed": ("haven.visit",),
    "visit_failed": ("haven.visit",),
    "agreed": ("haven.agree",),
    "signed_off": ("haven.sign-off",),
    "approved": ("haven.approve",),
    "refused": ("haven.refuse",),
    "suspended": ("haven.suspend",),
    "resumed": ("haven.resume",),
    "renewed": ("haven.renew",),
    "details_changed": ("haven.details-changed", "haven.correct"),
    "hours_changed": ("haven.hours-changed", "haven.accept-hours"),
    "hours_proposed": ("haven.hours-proposed",),
    "left": ("haven.leave",),
}
"""A step of kinds.EVENTS -> the actions by which the trail knows it. Others nobody takes: they come with the day."""
NOBODYS: Final = {
    "trained": "the venue\u2019s team",
    "lapsed": "by itself",
    "contacts_erased": "by itself",
}


@dataclass(frozen=True)
class Step:
    """A step and who took it; "" where the trail no longer says, or never did. More than one where the same step was
    taken twice in a day."""

    event: HavenEvent
    who: str


def steps(haven: SafeHaven) -> Sequence[Step]:
    """The history of a venue, the latest step first."""
    done = trail.done_with(haven.slug, "haven")
    told = []
    for event in sorted(haven.events, key=lambda one: (one.happened_on, one.id), reverse=True):
        actions = RECORDED_AS.get(event.event, ())
        who = [one.who for one in done if one.action in actions and one.on == event.happened_on]
        told.append(Step(event, NOBODYS.get(event.event) or " and ".join(dict.fromkeys(who))))
    return told
