"""Made-up Safe Havens and businesses to approach, in every state there is, with dates that keep them listed today.
Never in production: a list of havens must not name a door that is not there."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

import yaml
from sqlalchemy import select

from community.extensions import db
from community.places.codes import new_code
from community.places.models import Place
from community.places.slugs import slugify
from community.safe_havens.kinds import CHECKLIST, NOT_AT_FIRST, VALID_DAYS
from community.safe_havens.models import (
    HavenContact,
    HavenEvent,
    HavenFeedback,
    HavenProblem,
    HavenProspect,
    HavenTraining,
    HavenUse,
    HavenVisit,
    SafeHaven,
)
from community.safe_havens.service import team_codes
from community.shared.clock import days_before
from community.shared.runtime import runtime

FILE: Final = Path(__file__).with_name("venues.yaml")
_METRES_A_DEGREE: Final = 111_195
OLDER: Final = {"lapsed": VALID_DAYS + 20, "soon": VALID_DAYS - 10}
"""State -> days since it applied, where something has to run out; else it is half a year."""
FIRST_LINES: Final = [key for key in CHECKLIST if key not in NOT_AT_FIRST]


def load_havens(*, seed: int, on: date) -> dict[str, int]:
    """Store them; flushed. How many of each; none in production, nor where some are already."""
    there = db.session.scalar(select(SafeHaven.id).where(SafeHaven.demo.is_(True)).limit(1))
    if runtime().settings.is_production or there is not None:
        return {"havens": 0, "prospects": 0}
    rng = Random(seed)
    places = {place.slug: place for place in db.session.scalars(select(Place))}
    havens = [
        _haven(number, row, places[row["place"]], rng, on) for number, row in enumerate(_rows()["venues"], start=1)
    ]
    prospects = [_prospect(row, places[row["place"]], on) for row in _rows()["prospects"]]
    _reports(havens, on)
    db.session.flush()
    return {"havens": len(havens), "prospects": len(prospects)}


def clear_havens() -> int:
    """Take all that was made up away; how many venues and businesses. Flushed."""
    gone = 0
    for model in (HavenProspect, SafeHaven):
        for row in db.session.scalars(select(model).where(model.demo.is_(True))):
            db.session.delete(row)
            gone += 1
    db.session.flush()
    return gone


def _haven(number: int, row: Mapping[str, Any], place: Place, rng: Random, on: date) -> SafeHaven:
    state = row.get("state", "listed")
    lat, lon = _beside(place, row["aside"])
    haven = SafeHaven(
        slug=slugify(row["name"]), reference=f"SH-DEMO{number:02}", name=row["name"], kind=row["kind"],
        address=row["address"], place_id=place.id, lat=lat, lon=lon, opening=row["opening"], least_staff=2,
        offers=row["offers"], languages=row["languages"], consents=True, heard_from="visit",
        applied_on=days_before(on, 200 + number), demo=True,
    )  # fmt: skip
    for role in ("contact", "deputy"):
        who = "Made Up Contact" if role == "contact" else "Made Up Deputy"
        haven.contacts.append(HavenContact(role=role, name=who, email=f"{role}{number}@demo.example"))
    db.session.add(haven)
    if state in ("applied", "visited", "ready"):
        _applied(haven, state, days_before(on, {"applied": 2, "visited": 12, "ready": 25}[state]), on)
    else:
        _approved(haven, state, rng, on)
        _helped(haven, row["uses"], rng, on)
    db.session.flush()
    team_codes.ensure(haven)
    return haven


def _applied(haven: SafeHaven, state: str, applied_on: date, on: date) -> None:
    haven.applied_on = applied_on
    _event(haven, "applied", applied_on)
    if state == "applied":
        return
    _visited(haven, applied_on + timedelta(days=5))
    if state == "ready":
        _trained(haven, 2, days_before(on, 10))
        haven.agreement, haven.agreed_on = "1", days_before(on, 8)
        _event(haven, "agreed", haven.agreed_on)


def _approved(haven: SafeHaven, state: str, rng: Random, on: date) -> None:
    """listed; soon: a check runs out; lapsed: training has; suspended: a visit was failed; hours: new ones wait;
    left."""
    if state in OLDER:  # old enough for what runs out to have begun after it applied
        haven.applied_on = days_before(on, OLDER[state])
    first = haven.applied_on + timedelta(days=10)
    _event(haven, "applied", haven.applied_on)
    _visited(haven, first)
    _trained(haven, 1, first + timedelta(days=5))  # before it was approved, as in each
    if state == "lapsed":
        yearly = days_before(on, 40)
        haven.visits.append(_visit("yearly", yearly, "passed", list(CHECKLIST)))
        haven.checked_on = yearly
        _event(haven, "visit_passed", yearly)
    else:
        _trained(haven, rng.randrange(2, 7), days_before(on, rng.randrange(20, 90)))
    haven.agreement, haven.agreed_on, haven.approved_on = "1", first + timedelta(days=3), first + timedelta(days=6)
    haven.status, haven.serial = "approved", new_code(rng)
    _event(haven, "agreed", haven.agreed_on)
    _event(haven, "approved", haven.approved_on)
    if state == "suspended":
        failed = days_before(on, 6)
        haven.visits.append(
            _visit("mystery", failed, "failed", ["open_to_all", "spot_right", "seat_apart", "sticker_shown"])
        )
        haven.status, haven.suspended_because = "suspended", "failed_visit"
        _event(haven, "visit_failed", failed)
        _event(haven, "suspended", failed)
    elif state == "hours":
        haven.opening_proposed = "Mo-Fr 10:00-11:00"
        _event(haven, "hours_proposed", days_before(on, 1))
    elif state == "left":
        haven.status, haven.left_on, haven.closed_on = "left", days_before(on, 15), days_before(on, 15)
        _event(haven, "left", days_before(on, 15))


def _visited(haven: SafeHaven, day: date) -> None:
    haven.visits.append(_visit("first", day, "passed", FIRST_LINES))
    haven.checked_on = day
    _event(haven, "visit_passed", day)


def _visit(kind: str, day: date, result: str, ticked: list[str]) -> HavenVisit:
    return HavenVisit(kind=kind, planned_on=day, made_on=day, result=result, checklist=ticked)


def _trained(haven: SafeHaven, n: int, day: date) -> None:
    haven.trainings.extend(HavenTraining(course="1", finished_on=day) for _ in range(n))
    haven.trained_on = day
    _event(haven, "trained", day)


def _helped(haven: SafeHaven, n: int, rng: Random, on: date) -> None:
    """Uses and feedback of the last months, as counts."""
    db.session.flush()
    days = rng.sample(range(1, 120), n)
    for back in days:
        db.session.add(
            HavenUse(
                haven_id=haven.id, used_on=days_before(on, back), daypart=rng.choice(["12-15", "15-19", "19-21"]),
                help=rng.choice(["place_to_wait", "called_friend", "phone", "directions"]),
                outcome=rng.choice(["left_by_self", "met"]), who=rng.choice(["adult", "child", "not_known"]), n=1,
            )
        )  # fmt: skip
    for back in days[::2]:
        said = rng.choice(["helped", "helped", "partly"])
        db.session.add(HavenFeedback(haven_id=haven.id, said_on=days_before(on, back), said=said, n=1))


def _reports(havens: list[SafeHaven], on: date) -> None:
    """Two reports that wait, one of them too long."""
    listed = [haven for haven in havens if haven.status == "approved"]
    for haven, problem, back in ((listed[1], "did_not_know", 1), (listed[4], "shut", 3)):
        row = HavenProblem(haven_id=haven.id, problem=problem, reported_on=days_before(on, back), n=1)
        db.session.add(row)


def _prospect(row: Mapping[str, Any], place: Place, on: date) -> HavenProspect:
    lat, lon = _beside(place, row["aside"])
    prospect = HavenProspect(
        name=row["name"], kind=row["kind"], address=row["address"], place_id=place.id, lat=lat, lon=lon,
        contact_name="Made Up Manager", contact_email="manager@demo.example", answer=row.get("answer", "not_asked"),
        approached_on=days_before(on, row["days"]) if "days" in row else None, added_on=days_before(on, 70), demo=True,
    )  # fmt: skip
    db.session.add(prospect)
    return prospect


def _event(haven: SafeHaven, event: str, on: date) -> None:
    haven.events.append(HavenEvent(event=event, happened_on=on))


def _beside(place: Place, aside: list[int]) -> tuple[float, float]:
    """A point so many metres north and east of a place."""
    north, east = aside
    lat = place.lat + north / _METRES_A_DEGREE
    return round(lat, 6), round(place.lon + east / _METRES_A_DEGREE / math.cos(math.radians(place.lat)), 6)


@cache
def _rows() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found
