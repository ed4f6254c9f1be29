"""Bringing in places and ward shapes: checked rows into the tables, each matched to the place it already is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from community.extensions import db
from community.places.csv_import import BadPlaceFile, PlaceFile, PlaceRow, Problem
from community.places.geometry import Shape, read_geometry
from community.places.models import Area, Place, Ward
from community.places.slugs import numbered, slugify
from community.places.ward_shapes import WardShape


@dataclass
class ImportReport:
    """What an import did: places (or wards) added, changed, left as they were; and what a person should look at."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    warnings: list[str] = field(default_factory=list)


@dataclass
class WardReport(ImportReport):
    placed: int = 0  # places that had no ward and were given theirs


def import_places(file: PlaceFile) -> ImportReport:
    """Take in a file's places. A row is a place we have when its id is, or else the slug of its name is; an empty
    cell changes nothing, and no slug ever changes. Flushed, not committed.

    Raises BadPlaceFile when two rows turn out to be one place; the caller then rolls back."""
    register = Register()
    problems: list[Problem] = []
    line_of: dict[Place, int] = {}
    for row in file.rows:
        place = register.take_in(row)
        line = line_of.setdefault(place, row.line)
        if line != row.line:
            problems.append(Problem(row.line, f"{row.name!r} is the same place as line {line}. Take one of them out."))
    if problems:
        raise BadPlaceFile.of(problems)
    if file.ignored:
        register.report.warnings.append(f"Columns we have no use for: {', '.join(file.ignored)}.")
    register.finish()
    return register.report


def import_wards(shapes: Sequence[WardShape]) -> WardReport:
    """Take in ward shapes, then give every place without a ward the one it lies in. Flushed, not committed."""
    report = WardReport()
    wards = {ward.code: ward for ward in db.session.scalars(select(Ward))}
    for new in shapes:
        ward = wards.get(new.code)
        if ward is None:
            db.session.add(Ward(code=new.code, name=new.name, boundary=new.boundary))
            report.added += 1
        elif _put(ward, name=new.name, boundary=new.boundary):
            report.changed += 1
        else:
            report.unchanged += 1
    db.session.flush()
    homeless = db.session.scalars(select(Place).where(Place.ward_code.is_(None)).order_by(Place.name)).all()
    known = _known_shapes(db.session.scalars(select(Ward)))
    for place in homeless:
        place.ward_code = _ward_at(known, place.lat, place.lon)
        if place.ward_code is None:
            report.warnings.append(f"{place.name} ({place.slug}) lies in none of the wards; it has none.")
        else:
            report.placed += 1
    db.session.flush()
    return report


class Register:
    """All places, wards and areas, read once, and how a row changes them."""

    def __init__(self) -> None:
        self.report = ImportReport()
        places = db.session.scalars(select(Place).options(selectinload(Place.areas))).all()
        self.by_slug = {place.slug: place for place in places}
        self.by_id = {place.external_id: place for place in places if place.external_id is not None}
        self.wards = {ward.code: ward for ward in db.session.scalars(select(Ward))}
        self.areas = {area.slug: area for area in db.session.scalars(select(Area))}
        self.shapes = _known_shapes(self.wards.values())
        self._next_number: dict[str, int] = {}
        self._without_ward = 0
        self._misnamed: set[tuple[str, str]] = set()

    def take_in(self, row: PlaceRow, *, slug: str | None = None) -> Place:
        """Add the row's place, or bring the one we have up to date. `slug`: given for our own facts, which go by it."""
        place = self._place_of(row, slug)
        if place is None:
            place = Place(slug=slug or self._free_slug(row.name), precision="unknown", approximate=True, aliases=[])
            self._fill(place, row, new=True)
            db.session.add(place)
            self.by_slug[place.slug] = place
            self.report.added += 1
        elif self._fill(place, row, new=False):
            self.report.changed += 1
        else:
            self.report.unchanged += 1
        return place

    def finish(self) -> None:
        """Flush, and say how many places have no ward."""
        db.session.flush()
        if self._without_ward:
            count = "1 place has" if self._without_ward == 1 else f"{self._without_ward} places have"
            self.report.warnings.append(f"{count} no ward. `places import-wards` can give them theirs.")

    def _place_of(self, row: PlaceRow, slug: str | None) -> Place | None:
        by_id = self.by_id.get(row.external_id) if row.external_id is not None else None
        if slug is not None:
            return self.by_slug.get(slug, by_id)
        if by_id is not None:
            return by_id
        place = self.by_slug.get(slugify(row.name))
        if place is None or row.external_id is None or place.external_id is None:
            return place
        return None  # the same name under another id: another place

    def _free_slug(self, name: str) -> str:
        base = slugify(name)
        number = self._next_number.get(base, 1)
        while (slug := numbered(base, number)) in self.by_slug:
            number += 1
        self._next_number[base] = number + 1
        return slug

    def _fill(self, place: Place, row: PlaceRow, *, new: bool) -> bool:
        """Whether anything about the place changed."""
        moved = new or (place.lat, place.lon) != (row.lat, row.lon)
        approximate = row.approximate
        if approximate is None and row.precision is not None:
            approximate = row.precision != "point"
        changed = _put(
            place,
            name=row.name,
            kind=row.kind,
            lat=row.lat,
            lon=row.lon,
            precision=row.precision,
            approximate=approximate,
            source=row.source,
            credit=row.credit,
            aliases=list(row.aliases) or None,
            ward_code=self._ward_of(place, row, moved=moved),
        )
        if row.external_id is not None and place.external_id is None and row.external_id not in self.by_id:
            place.external_id, changed = row.external_id, True
            self.by_id[row.external_id] = place
        if row.areas and {slugify(name) for name in row.areas} != {area.slug for area in place.areas}:
            place.areas, changed = [self._area(name) for name in row.areas], True
        self._without_ward += place.ward_code is None
        return changed

    def _area(self, name: str) -> Area:
        slug = slugify(name)
        if slug not in self.areas:
            self.areas[slug] = Area(slug=slug, name=name)
            db.session.add(self.areas[slug])
        return self.areas[slug]

    def _ward_of(self, place: Place, row: PlaceRow, *, moved: bool) -> str | None:
        """The code of the row's ward: as the row says if we know it, else by where it lies; None leaves it as it is."""
        if row.ward_code in self.wards:
            self._compare_names(row)
            return row.ward_code
        if row.ward_code is None and row.ward_name is not None:
            named = [code for code, ward in self.wards.items() if ward.name.casefold() == row.ward_name.casefold()]
            if len(named) == 1:
                return named[0]
        if row.ward_code and row.ward_name and not self.shapes:  # no official shapes yet: the file is all we know
            self.wards[row.ward_code] = Ward(code=row.ward_code, name=row.ward_name)
            db.session.add(self.wards[row.ward_code])
            db.session.flush()
            return row.ward_code
        said = row.ward_code or row.ward_name
        if said is None and not moved and place.ward_code is not None:
            return None
        found = _ward_at(self.shapes, row.lat, row.lon)
        if said is not None:
            outcome = f"it was put in {self.wards[found].name}, where it lies" if found else "it was left as it was"
            self.report.warnings.append(f"line {row.line}: we do not know ward {said!r} of {row.name!r}; {outcome}.")
        return found

    def _compare_names(self, row: PlaceRow) -> None:
        ward = self.wards[row.ward_code or ""]
        if row.ward_name and row.ward_name != ward.name and (ward.code, row.ward_name) not in self._misnamed:
            self._misnamed.add((ward.code, row.ward_name))
            self.report.warnings.append(
                f"line {row.line}: ward {ward.code} is {ward.name!r} here, not {row.ward_name!r}; the code was used."
            )


def _put(row: Place | Ward, **values: object) -> bool:
    """Set the values that are not None; whether any differed."""
    new = {name: value for name, value in values.items() if value is not None and getattr(row, name) != value}
    for name, value in new.items():
        setattr(row, name, value)
    return bool(new)


def _known_shapes(wards: Iterable[Ward]) -> dict[str, Shape]:
    return {ward.code: read_geometry(json.loads(ward.boundary)) for ward in wards if ward.boundary is not None}


def _ward_at(shapes: dict[str, Shape], lat: float, lon: float) -> str | None:
    return next((code for code, shape in shapes.items() if shape.contains(lon, lat)), None)
