"""What the venues' own pages ask of the tables. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Row, func, or_, select

from community.extensions import db
from community.places.models import Place
from community.safe_havens.kinds import VALID_DAYS
from community.safe_havens.models import HavenProblem, HavenProspect, HavenTraining, HavenVisit, SafeHaven

_NEAR_DEGREES = 0.01


def points() -> Sequence[Row[int, str, str, float, float]]:
    """(id, slug, name, latitude, longitude) of every place, by name."""
    return db.session.execute(
        select(Place.id, Place.slug, Place.name, Place.lat, Place.lon).order_by(Place.name, Place.slug)
    ).all()


def place_id(slug: str) -> int | None:
    return db.session.scalar(select(Place.id).where(Place.slug == slug))


def place_name(id: int | None) -> str | None:
    return db.session.scalar(select(Place.name).where(Place.id == id)) if id else None


def by_reference(reference: str) -> SafeHaven | None:
    return db.session.scalar(select(SafeHaven).where(SafeHaven.reference == reference))


def slugs_like(slug: str) -> set[str]:
    """The slug, if it is taken, and those taken that begin with it and a hyphen."""
    found = select(SafeHaven.slug).where(or_(SafeHaven.slug == slug, SafeHaven.slug.startswith(f"{slug}-")))
    return set(db.session.scalars(found))


def in_the_scheme_near(lat: float, lon: float) -> Sequence[SafeHaven]:
    """Venues that have applied or are in the scheme within about a kilometre, by id. lat, lon: degrees."""
    return db.session.scalars(
        select(SafeHaven)
        .where(
            SafeHaven.status.in_(("applied", "approved", "suspended")),
            SafeHaven.lat.between(lat - _NEAR_DEGREES, lat + _NEAR_DEGREES),
            SafeHaven.lon.between(lon - 1.6 * _NEAR_DEGREES, lon + 1.6 * _NEAR_DEGREES),
        )
        .order_by(SafeHaven.id)
    ).all()


def names_in_the_scheme() -> Sequence[Row[int, str, str]]:
    """(id, name, address) of every venue that has applied or is in the scheme."""
    in_it = SafeHaven.status.in_(("applied", "approved", "suspended"))
    return db.session.execute(select(SafeHaven.id, SafeHaven.name, SafeHaven.address).where(in_it)).all()


def by_ids(ids: Sequence[int]) -> Sequence[SafeHaven]:
    return db.session.scalars(select(SafeHaven).where(SafeHaven.id.in_(ids))).all() if ids else ()


def prospects_near(lat: float, lon: float) -> Sequence[HavenProspect]:
    """Businesses on the list of those to approach that have not applied, within about a kilometre, by id."""
    return db.session.scalars(
        select(HavenProspect)
        .where(
            HavenProspect.haven_id.is_(None),
            HavenProspect.lat.between(lat - _NEAR_DEGREES, lat + _NEAR_DEGREES),
            HavenProspect.lon.between(lon - 1.6 * _NEAR_DEGREES, lon + 1.6 * _NEAR_DEGREES),
        )
        .order_by(HavenProspect.id)
    ).all()


def open_problems(haven_id: int) -> int:
    """How many visitors' reports nobody has looked at."""
    waiting = HavenProblem.n - func.coalesce(HavenProblem.looked_n, 0)
    return db.session.scalar(select(func.coalesce(func.sum(waiting), 0)).where(HavenProblem.haven_id == haven_id)) or 0


def last_visit(haven_id: int) -> HavenVisit | None:
    """The latest visit that was made."""
    return db.session.scalar(
        select(HavenVisit)
        .where(HavenVisit.haven_id == haven_id, HavenVisit.made_on.is_not(None))
        .order_by(HavenVisit.made_on.desc(), HavenVisit.id.desc())
        .limit(1)
    )


def trained(haven_id: int, *, on: date) -> int:
    """How many finished the course in the year before a London day."""
    since = on - timedelta(days=VALID_DAYS)
    asked = select(func.count()).where(HavenTraining.haven_id == haven_id, HavenTraining.finished_on >= since)
    return db.session.scalar(asked) or 0


def approved() -> Sequence[SafeHaven]:
    """Venues that are approved, whatever their dates, by id."""
    return db.session.scalars(select(SafeHaven).where(SafeHaven.status == "approved").order_by(SafeHaven.id)).all()
