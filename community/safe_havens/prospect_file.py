"""A coordinator's list of businesses to approach, read into checked rows: every fault by its line, with what to do.
Pure.

Needed columns: name, kind, address, and either place (a name or slug of ours) or lat and lon. Optional: contact, email,
phone, approached (a day), answer. Headings in any case and order. Cells are text and nothing else: what looks like a
formula is kept as it is written and made harmless where it is shown or exported."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from community.places import cells
from community.places.cells import BadCell
from community.places.headings import BadHeadings, check_needed, columns_of
from community.places.slugs import plain
from community.safe_havens.kinds import HAVEN_KINDS, PROSPECT_ANSWERS
from community.safe_havens.table_file import BadFile, Line, not_brought_in

_HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "name": ("name", "business", "business_name"),
    "kind": ("kind", "type", "category"),
    "address": ("address",),
    "place": ("place", "near", "place_name"),
    "lat": ("lat", "latitude"),
    "lon": ("lon", "lng", "long", "longitude"),
    "contact_name": ("contact", "contact_name", "person"),
    "contact_email": ("email", "contact_email", "e_mail"),
    "contact_phone": ("phone", "contact_phone", "telephone", "tel"),
    "approached_on": ("approached", "approached_on", "when_approached", "asked_on"),
    "answer": ("answer", "status"),
}
_NEEDED: Final = ("name", "kind", "address")
_BRITISH_DAY: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII)
EMAIL: Final = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")


@dataclass(frozen=True)
class Spot:
    """Where a place of ours is."""

    id: int
    slug: str
    name: str
    lat: float
    lon: float


@dataclass(frozen=True)
class ProspectRow:
    """One business of the file, checked."""

    line: int
    name: str
    kind: str
    address: str
    lat: float
    lon: float
    place_id: int | None = None
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    approached_on: date | None = None
    answer: str = "not_asked"

    @property
    def key(self) -> tuple[str, str]:
        """What makes two rows the same business."""
        return plain(self.name), plain(self.address)


def parse(lines: Sequence[Line], places: Iterable[Spot], *, today: date) -> list[ProspectRow]:
    """The rows of a file. Raises BadFile naming every bad line; a bad file gives no row at all."""
    if not lines:
        raise BadFile("The file is empty.")
    header = lines[0][1]
    columns = _columns(header)
    known = {name: spot for spot in places for name in (plain(spot.name), plain(spot.slug))}
    rows: list[ProspectRow] = []
    faults: list[tuple[int | None, str]] = []
    for line, record in lines[1:]:
        given = {field: record[at] if at < len(record) else "" for field, at in columns.items()}
        if len(record) > len(header) and any(record[len(header) :]):
            faults.append(
                (line, "has more cells than there are headings. Put text with commas in it in double quotes.")
            )
            continue
        row = _row(line, given, known, today)
        if isinstance(row, ProspectRow):
            rows.append(row)
        else:
            faults += [(line, words) for words in row]
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        if first.setdefault(row.key, row.line) != row.line:
            faults.append((row.line, f"{row.name!r} at this address is also on line {first[row.key]}. Take one out."))
    if faults:
        faults.sort(key=lambda fault: fault[0] or 0)
        raise BadFile(not_brought_in(faults), faults)
    if not rows:
        raise BadFile("The file has headings and no businesses. Give each a line below the headings.")
    return rows


def _columns(header: Sequence[str]) -> dict[str, int]:
    try:
        columns, _ = columns_of(header, _HEADINGS)
        has_spot = "place" in columns or {"lat", "lon"} <= columns.keys()
        check_needed(header, columns, [*_NEEDED, *([] if has_spot else ["place (or lat and lon)"])])
    except BadHeadings as wrong:
        raise BadFile(str(wrong)) from wrong
    return columns


def _row(line: int, given: Mapping[str, str], places: Mapping[str, Spot], today: date) -> ProspectRow | list[str]:
    readers: dict[str, Any] = {
        "name": lambda cell: cells.needed(cells.text(cell, longest=120)),
        "kind": lambda cell: _word(cells.needed(cell), HAVEN_KINDS),
        "address": lambda cell: cells.needed(cells.text(cell, longest=200)),
        "contact_name": lambda cell: cells.text(cell, longest=120),
        "contact_email": _email,
        "contact_phone": lambda cell: cells.text(cell, longest=40),
        "approached_on": lambda cell: read_day(cell, today),
        "answer": lambda cell: _word(cell, PROSPECT_ANSWERS) if cell.strip() else "",
    }
    values: dict[str, Any] = {}
    faults: list[str] = []
    for field, cell in given.items():
        if field in readers:
            try:
                values[field] = readers[field](cell)
            except BadCell as wrong:
                faults.append(f"{_HEADINGS[field][0]} {wrong}")
    try:
        values |= _where(given, places)
    except BadCell as wrong:
        faults.append(str(wrong))
    if faults:
        return faults
    values["answer"] = values.get("answer") or ("asked" if values.get("approached_on") else "not_asked")
    return ProspectRow(line=line, **values)


def _where(given: Mapping[str, str], places: Mapping[str, Spot]) -> dict[str, Any]:
    """The place, and the point: as typed, else the place's own."""
    typed = given.get("place", "").strip()
    spot = places.get(plain(typed)) if typed else None
    if typed and spot is None:
        raise BadCell(
            f"place {typed[:60]!r} is none of ours. Write its name as “To approach” shows it, or fill in lat and lon."
        )
    if given.get("lat", "").strip() or given.get("lon", "").strip():
        try:
            lat = cells.degrees(given.get("lat", ""), limit=90)
            lon = cells.degrees(given.get("lon", ""), limit=180)
        except BadCell as wrong:
            raise BadCell(f"lat or lon {wrong}") from wrong
        cells.check_order(lat, lon)
        return {"lat": lat, "lon": lon, "place_id": spot.id if spot else None}
    if spot is None:
        raise BadCell("place is empty, and so are lat and lon. Fill in one or the other.")
    return {"lat": spot.lat, "lon": spot.lon, "place_id": spot.id}


def _word(cell: str, known: Mapping[str, str]) -> str:
    """One of our words, by itself or as people read it ("said no")."""
    words = {plain(said): key for key, label in known.items() for said in (key, label)}
    typed = plain(cells.text(cell, longest=120))
    if typed in words:
        return words[typed]
    near = difflib.get_close_matches(typed, words, n=1)
    hint = f"Did you mean {known[words[near[0]]]}? " if near else ""
    raise BadCell(f"{cell.strip()[:40]!r} is not one we know. {hint}Use one of: {'; '.join(known.values())}.")


def _email(cell: str) -> str:
    typed = cells.text(cell, longest=254)
    if typed and not EMAIL.fullmatch(typed):
        raise BadCell(f"{typed[:60]!r} is no email address. Write it like name@example.org, or leave it empty.")
    return typed


def read_day(cell: str, today: date) -> date | None:
    """A day such as 2026-11-20 or 20/11/2026, not to come; None when empty. Raises BadCell."""
    typed = cell.strip()
    if not typed:
        return None
    british = _BRITISH_DAY.fullmatch(typed)
    try:
        day = date(int(british[3]), int(british[2]), int(british[1])) if british else date.fromisoformat(typed[:10])
    except ValueError as wrong:
        raise BadCell(f"{typed[:40]!r} is no day. Write it like 2026-11-20, or leave it empty.") from wrong
    if day > today:
        raise BadCell(f"{day} is still to come. Write the day on which they were asked.")
    return day
