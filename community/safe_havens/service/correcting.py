"""A coordinator puts right what a venue is called, what it is and where: a wrong spot sends people to no door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from community.extensions import db
from community.places.geometry import distance_m
from community.safe_havens import venue_queries
from community.safe_havens.kinds import HAVEN_KINDS
from community.safe_havens.models import SafeHaven
from community.safe_havens.service import letters, life
from community.safe_havens.service.applying import look_alikes
from community.safe_havens.service.life import NotNow
from community.safe_havens.service.team_codes import ACTIVE
from community.staff import audit

SAME_SPOT_M: Final = 1
"""A spot that moves less than this has not moved: it came back from a form, rounded."""


@dataclass(frozen=True)
class Correct:
    """What is right of a venue. kind: of kinds.HAVEN_KINDS. place: the slug of the nearest, or "" for none of ours.
    lat, lon: degrees, WGS84."""

    name: str
    kind: str
    address: str
    place: str
    lat: float
    lon: float


class LooksLike(NotNow):
    """Put right so, it may be the same as other venues."""

    def __init__(self, others: Sequence[SafeHaven]) -> None:
        self.others = others
        names = ", ".join(f"{other.name} ({other.reference})" for other in others)
        super().__init__(f"It may be the same as {names}. Keep it all the same only if they are two places.")


def correct(haven: SafeHaven, right: Correct, *, on: date, anyway: bool = False) -> list[str]:
    """Put a venue right; what was changed, in words; none if all was right. The list says so at once, and the venue is
    told. Flushed. anyway: also where it then looks like another venue. Raises NotNow for one that is not in the scheme,
    LooksLike."""
    life.hold(haven)
    if haven.status not in ACTIVE:
        raise NotNow(f"{haven.name} is not in the scheme any more, so there is nothing to put right.")
    changed = _differences(haven, right)
    if not changed:
        return []
    if not anyway and (others := look_alikes(right.name, right.address, right.lat, right.lon, other_than=haven.id)):
        raise LooksLike(others)
    haven.name, haven.kind, haven.address = right.name, right.kind, right.address
    haven.lat, haven.lon = right.lat, right.lon
    haven.place_id = venue_queries.place_id(right.place) if right.place else None
    life.happened(haven, "details_changed", on)
    audit.record("haven.correct", haven.slug, changed)
    told = [f"{what}: {words}" for what, words in changed.items()]
    letters.send(haven, "corrected", changes=told)
    db.session.flush()
    return told


def _differences(haven: SafeHaven, right: Correct) -> dict[str, str]:
    """What differs -> how it was and how it is, in words."""
    moved = distance_m(haven.lat, haven.lon, right.lat, right.lon)
    before = venue_queries.place_name(haven.place_id) or "none of ours"
    after = venue_queries.place_name(venue_queries.place_id(right.place)) or "none of ours"
    told = {
        "Name": (haven.name, right.name),
        "Kind": (HAVEN_KINDS[haven.kind], HAVEN_KINDS[right.kind]),
        "Address": (haven.address, right.address),
        "Nearest place": (before, after),
    }
    changed = {what: f"{was}, now {now}" for what, (was, now) in told.items() if was != now}
    return changed | ({"Spot on the map": f"moved by {_far(moved)}"} if moved >= SAME_SPOT_M else {})


def _far(metres: float) -> str:
    return f"{metres:.0f} m" if metres < 995 else f"{metres / 1000:.1f} km"
