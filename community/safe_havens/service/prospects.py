"""Businesses to approach: a coordinator's list, brought in from a spreadsheet, with when each was asked and what it
said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from sqlalchemy.exc import IntegrityError

from community.extensions import db
from community.places.slugs import plain
from community.safe_havens import desk_queries, prospect_file
from community.safe_havens.kinds import HAVEN_KINDS, PROSPECT_ANSWERS
from community.safe_havens.models import HavenProspect
from community.safe_havens.prospect_file import ProspectRow, Spot
from community.safe_havens.table_file import read_lines
from community.shared import csv_out
from community.shared.errors import UserError
from community.staff import audit

OPEN_ANSWERS: Final = frozenset({"not_asked", "asked", "interested"})
"""Answers of a business that may still become a haven."""
HEADINGS: Final = (
    "name", "kind", "address", "place", "lat", "lon", "contact", "email", "phone", "approached", "answer",
)  # fmt: skip


class NoSuchProspect(UserError):
    """There is no prospect with this number."""


class OnTheList(UserError):
    """A business of this name and address is on the list already."""


def get(id: int) -> HavenProspect:
    """Raises NoSuchProspect."""
    found = db.session.get(HavenProspect, id)
    if found is None:
        raise NoSuchProspect(f"There is no business to approach with the number {id}.")
    return found


def everyone() -> Sequence[HavenProspect]:
    """All of them, by name."""
    return desk_queries.prospects()


def to_approach() -> list[HavenProspect]:
    """Those that may still become a haven, by name."""
    return [prospect for prospect in desk_queries.prospects() if prospect.answer in OPEN_ANSWERS]


def venue_of(prospect: HavenProspect) -> str | None:
    """The slug of the venue it became; None when it has not applied."""
    return desk_queries.slug_of(prospect.haven_id)


def spots() -> list[Spot]:
    """The places a business may be at, by name."""
    return [Spot(*row) for row in desk_queries.spots()]


def add(values: Mapping[str, Any], *, on: date) -> HavenProspect:
    """Put one on the list; flushed. values: of HavenProspect's columns, checked. Raises OnTheList."""
    prospect = HavenProspect(added_on=on, **values)
    _store(prospect, values)
    audit.record("prospect.add", str(prospect.id))
    return prospect


def change(prospect: HavenProspect, values: Mapping[str, Any]) -> None:
    """Change what is known of one; flushed. Raises OnTheList."""
    with db.session.no_autoflush:
        changed = sorted(name for name, value in values.items() if getattr(prospect, name) != value)
    _store(prospect, values)
    if changed:
        audit.record("prospect.change", str(prospect.id), {"fields": ", ".join(changed)})


def remove(prospect: HavenProspect) -> None:
    """Take one off the list, its contact with it; flushed."""
    audit.record("prospect.remove", str(prospect.id))
    db.session.delete(prospect)
    db.session.flush()


def bring_in(data: bytes, *, name: str, on: date) -> tuple[int, int]:
    """Take in a spreadsheet, whole or not at all; flushed. (new, already there and left as they are). Raises BadFile
    with every fault by its line."""
    rows = prospect_file.parse(read_lines(data, name=name), spots(), today=on)
    there = {(plain(one.name), plain(one.address)) for one in desk_queries.prospects()}
    fresh = [row for row in rows if row.key not in there]
    db.session.add_all(HavenProspect(added_on=on, **_columns(row)) for row in fresh)
    db.session.flush()
    audit.record("prospect.import", name[:100], {"new": str(len(fresh)), "there": str(len(rows) - len(fresh))})
    return len(fresh), len(rows) - len(fresh)


def export() -> bytes:
    """The list as CSV, contacts too, in the columns that `bring_in` reads; written down in the audit trail. Flushed."""
    found = desk_queries.prospects()
    named = {spot.id: spot.name for spot in spots()}
    audit.record("prospect.export", "prospects", {"rows": str(len(found))})
    return csv_out.document(
        HEADINGS,
        (
            [one.name, HAVEN_KINDS[one.kind], one.address, named.get(one.place_id or 0, ""), one.lat, one.lon,
             one.contact_name, one.contact_email, one.contact_phone,
             one.approached_on.isoformat() if one.approached_on else None, PROSPECT_ANSWERS[one.answer]]
            for one in found
        ),
    )  # fmt: skip


def _columns(row: ProspectRow) -> dict[str, Any]:
    values = asdict(row)
    del values["line"]
    return values


def _store(prospect: HavenProspect, values: Mapping[str, Any]) -> None:
    for other in desk_queries.prospects():
        if other is not prospect and (plain(other.name), plain(other.address)) == (
            plain(values["name"]),
            plain(values["address"]),
        ):
            raise OnTheList(f"{other.name} at {other.address} is on the list already.")
    try:
        with db.session.begin_nested():
            for name, value in values.items():
                setattr(prospect, name, value)
            db.session.add(prospect)
    except IntegrityError as twice:  # somebody else was quicker
        raise OnTheList(f"{values['name']} at {values['address']} is on the list already.") from twice
