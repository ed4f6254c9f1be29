"""All venues whatever their status, as the staff desk looks for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from community.places.slugs import plain
from community.safe_havens import desk_queries
from community.safe_havens.kinds import HAVEN_KINDS, STATUSES
from community.safe_havens.models import SafeHaven
from community.safe_havens.service.lasting import hidden_because

STATES: Final[dict[str, str]] = {"listed": "on the public list", "hidden": "approved, not on the list", **STATUSES}
"""What the list can be narrowed to -> words."""


@dataclass(frozen=True)
class Sought:
    """What somebody looks for in the list. Words that are none of ours count as empty."""

    text: str = ""
    status: str = ""
    kind: str = ""

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Sought:
        """From an address."""
        return cls(
            text=args.get("q", "")[:100].strip(),
            status=args.get("status", "") if args.get("status") in STATES else "",
            kind=args.get("kind", "") if args.get("kind") in HAVEN_KINDS else "",
        )


@dataclass(frozen=True)
class Listed:
    """A venue in the list of all. is_listed: on the public list today; why_not: of an approved one that is not."""

    haven: SafeHaven
    place: str | None
    is_listed: bool
    why_not: tuple[str, ...]


def find(sought: Sought, today: date) -> list[Listed]:
    """The venues that are looked for, by name."""
    shown = []
    for haven, place in desk_queries.havens():
        why_not = hidden_because(haven, today)
        listed = haven.status == "approved" and not why_not
        state = "listed" if listed else "hidden" if haven.status == "approved" else haven.status
        if sought.status and sought.status not in (haven.status, state):
            continue
        if sought.kind and haven.kind != sought.kind:
            continue
        names = plain(f"{haven.name} {haven.address} {haven.reference} {place or ''} {haven.serial or ''}")
        if not all(word in names for word in plain(sought.text).split()):
            continue
        shown.append(Listed(haven, place, listed, why_not))
    return shown
