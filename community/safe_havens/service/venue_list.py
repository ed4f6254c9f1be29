"""All venues whatever their status, as the staff desk looks for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from community.places.slugs import plain
from community.safe_havens import desk_queries
from community.safe_havens.kinds import HAVEN_KINDS, HEARD_FROM, STATUSES
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


def heard_from(found: Sequence[Listed]) -> dict[str, int]:
    """How they heard of the scheme -> how many of those found; who did not say comes last."""
    counts = Counter(one.haven.heard_from for one in found)
    told = {words: counts[key] for key, words in HEARD_FROM.items() if counts[key]}
    silent = len(found) - sum(told.values())
    by_number = dict(sorted(told.items(), key=lambda pair: -pair[1]))
    return by_number | ({"not said": silent} if silent else {})


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
