"""What the staff desk asks of the Safe Havens' tables. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Row, func, select
from sqlalchemy.orm import selectinload

from community.extensions import db
from community.places.models import Place
from community.safe_havens.models import (
    HavenFeedback,
    HavenProblem,
    HavenProspect,
    HavenTraining,
    HavenUse,
    HavenVisit,
    SafeHaven,
)


def prospects() -> Sequence[HavenProspect]:
    """Every business on the list, by name."""
    return db.session.scalars(select(HavenProspect).order_by(func.lower(HavenProspect.name), HavenProspect.id)).all()


def spots() -> Sequence[Row[int, str, str, float, float]]:
    """(id, slug, name, latitude, longitude) of every place, by name."""
    return db.session.execute(
        select(Place.id, Place.slug, Place.name, Place.lat, Place.lon).order_by(Place.name, Place.slug)
    ).all()


def havens() -> Sequence[tuple[SafeHaven, str | None]]:
    """(venue, name of its place) of every venue whatever its status, by name; with visits and sign-offs."""
    rows = db.session.execute(
        select(SafeHaven, Place.name)
        .outerjoin(Place, Place.id == SafeHaven.place_id)
        .options(selectinload(SafeHaven.visits), selectinload(SafeHaven.signoffs))
        .order_by(func.lower(SafeHaven.name), SafeHaven.id)
    )
    return [(haven, place) for haven, place in rows]


def by_slug(slug: str) -> SafeHaven | None:
    return db.session.scalar(select(SafeHaven).where(SafeHaven.slug == slug))


def slug_of(haven_id: int | None) -> str | None:
    return db.session.scalar(select(SafeHaven.slug).where(SafeHaven.id == haven_id)) if haven_id else None


def place_name(place_id: int | None) -> str | None:
    return db.session.scalar(select(Place.name).where(Place.id == place_id)) if place_id else None


def visit(id: int) -> HavenVisit | None:
    return db.session.get(HavenVisit, id)


def trained_since(haven_id: int, since: date) -> int:
    """How many members of staff have finished the training on a day or later."""
    query = select(func.count()).where(HavenTraining.haven_id == haven_id, HavenTraining.finished_on >= since)
    return db.session.scalar(query) or 0


def uses(haven_id: int, since: date) -> Sequence[Row[date, str, int]]:
    """(day, how it ended, how often) of what was logged on a day or later."""
    query = select(HavenUse.used_on, HavenUse.outcome, func.sum(HavenUse.n)).where(
        HavenUse.haven_id == haven_id, HavenUse.used_on >= since
    )
    return db.session.execute(query.group_by(HavenUse.used_on, HavenUse.outcome).order_by(HavenUse.used_on)).all()


def feedback(haven_id: int, since: date) -> Sequence[Row[date, str, int]]:
    """(day, what visitors said, how often) on a day or later."""
    query = select(HavenFeedback.said_on, HavenFeedback.said, HavenFeedback.n).where(
        HavenFeedback.haven_id == haven_id, HavenFeedback.said_on >= since
    )
    return db.session.execute(query.order_by(HavenFeedback.said_on)).all()


def problems(haven_id: int) -> Sequence[HavenProblem]:
    """What visitors reported of a venue, the latest day first."""
    query = select(HavenProblem).where(HavenProblem.haven_id == haven_id)
    return db.session.scalars(query.order_by(HavenProblem.reported_on.desc(), HavenProblem.problem)).all()


def serial_taken(serial: str) -> bool:
    return db.session.scalar(select(SafeHaven.id).where(SafeHaven.serial == serial)) is not None
