"""The borough's own places, wards and areas, from the files in places/facts, into the tables."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from community.extensions import db
from community.places.csv_import import parse_places
from community.places.models import Area, Ward
from community.places.service.importing import ImportReport, Register

FACTS: Final = Path(__file__).parent.parent / "facts"
WARD_CREDIT: Final = "Source: Office for National Statistics licensed under the Open Government Licence v.3.0."


def load_facts() -> ImportReport:
    """Add the facts, or bring them up to date by slug (wards by code); a slug never changes, a ward's shape stays.
    Twice is once. Flushed, not committed."""
    register = Register()
    _load_wards(register)
    _load_areas(register)
    credits = {line["source"]: line["credit"] for line in _lines("sources.csv")}
    rows = parse_places((FACTS / "places.csv").read_bytes()).rows
    for row, line in zip(rows, _lines("places.csv"), strict=True):
        register.take_in(replace(row, credit=credits[line["source"]]), slug=line["slug"])
    register.finish()
    return register.report


def _load_wards(register: Register) -> None:
    for line in _lines("wards.csv"):
        ward = register.wards.get(line["code"])
        if ward is None:
            ward = register.wards[line["code"]] = Ward(code=line["code"])
            db.session.add(ward)
        ward.name, ward.credit = line["name"], WARD_CREDIT
    db.session.flush()


def _load_areas(register: Register) -> None:
    for line in _lines("areas.csv"):
        area = register.areas.get(line["slug"])
        if area is None:
            area = register.areas[line["slug"]] = Area(slug=line["slug"])
            db.session.add(area)
        area.name, area.about, area.source = line["name"], line["about"], line["source"]
    db.session.flush()


def _lines(name: str) -> Iterator[dict[str, str]]:
    with open(FACTS / name, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
