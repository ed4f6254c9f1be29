"""What is asked of the Safe Havens' tables. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select

from community.extensions import db
from community.places.models import Place, Ward
from community.safe_havens.kinds import VALID_DAYS
from community.safe_havens.models import HavenEdition, HavenException, HavenFeedback, HavenProblem, SafeHaven

_ABOUT_2_KM = 0.018
"""Degrees of latitude."""


def is_listed(on: date, *, insured: bool) -> ColumnElement[bool]:
    """Whether a venue is on the public list on a London day: a Safe Haven, and agreeing to be shown."""
    return and_(is_valid(on, insured=insured), SafeHaven.consents.is_(True))


def is_valid(on: date, *, insured: bool) -> ColumnElement[bool]:
    """Whether a venue is a Safe Haven on a London day: approved, and checked and trained within the last year. insured:
    whether the council asks for insurance, which then must not be over."""
    since = on - timedelta(days=VALID_DAYS)
    rules = [
        SafeHaven.status == "approved",
        SafeHaven.checked_on >= since,
        SafeHaven.trained_on >= since,
    ]
    if insured:
        rules.append(or_(SafeHaven.insured_until.is_(None), SafeHaven.insured_until >= on))
    return and_(*rules)


def listed(on: date, *, insured: bool) -> list[tuple[SafeHaven, str | None, str | None]]:
    """(venue, slug of its place, name of its place) of each listed on a day, by id."""
    rows = db.session.execute(
        select(SafeHaven, Place.slug, Place.name)
        .outerjoin(Place, Place.id == SafeHaven.place_id)
        .where(is_listed(on, insured=insured))
        .order_by(SafeHaven.id)
    )
    return [(haven, slug, name) for haven, slug, name in rows]


def exceptions_from(first: date) -> Sequence[HavenException]:
    """Days with hours of their own, from a day on."""
    return db.session.scalars(select(HavenException).where(HavenException.on_day >= first)).all()


def edition() -> int:
    """A number that is another one after the list has changed; 0 before it ever did."""
    return db.session.scalar(select(HavenEdition.n).where(HavenEdition.id == 1)) or 0


def is_valid_on(haven_id: int, on: date, *, insured: bool) -> bool:
    """Whether a venue is a Safe Haven on a day, listed for all to see or not."""
    held = select(SafeHaven.id).where(SafeHaven.id == haven_id, is_valid(on, insured=insured))
    return db.session.scalar(held) is not None


def by_serial(serial: str) -> SafeHaven | None:
    """The venue with this serial on its sticker, whatever became of it."""
    return db.session.scalar(select(SafeHaven).where(SafeHaven.serial == serial))


def by_slug(slug: str) -> SafeHaven | None:
    """The venue at this address, whatever became of it."""
    return db.session.scalar(select(SafeHaven).where(SafeHaven.slug == slug))


def problem(haven_id: int, problem: str, on: date) -> HavenProblem | None:
    """The count of a problem at a venue on a day."""
    return db.session.get(HavenProblem, (haven_id, problem, on), populate_existing=True)


def unread(haven_id: int, problem: str) -> int:
    """How many reports of a problem at a venue nobody has looked at."""
    new = HavenProblem.n - func.coalesce(HavenProblem.looked_n, 0)
    asked = select(func.sum(new)).where(HavenProblem.haven_id == haven_id, HavenProblem.problem == problem)
    return int(db.session.scalar(asked) or 0)


def problems_waiting() -> list[tuple[HavenProblem, SafeHaven]]:
    """(reports that nobody has looked at, venue), in no order."""
    rows = db.session.execute(
        select(HavenProblem, SafeHaven)
        .join(SafeHaven, SafeHaven.id == HavenProblem.haven_id)
        .where(HavenProblem.n > func.coalesce(HavenProblem.looked_n, 0))
    )
    return [(row, haven) for row, haven in rows]


def feedback_on(haven_id: int, said: str, on: date) -> int:
    """How often visitors said one thing of a venue on a day."""
    row = db.session.get(HavenFeedback, (haven_id, on, said), populate_existing=True)
    return row.n if row else 0


def ward_shapes() -> list[tuple[str, str, str | None]]:
    """(name, boundary as GeoJSON, line to print with it) of the wards whose shapes are loaded, by code."""
    rows = db.session.execute(
        select(Ward.name, Ward.boundary, Ward.credit).where(Ward.boundary.is_not(None)).order_by(Ward.code)
    )
    return [(name, boundary, credit) for name, boundary, credit in rows if boundary]


def places_around(lat: float, lon: float, kinds: Sequence[str]) -> list[tuple[str, str, str, float, float]]:
    """(slug, name, kind, latitude, longitude) of places of some kinds within about 2 km of a point, by name. lat, lon:
    degrees."""
    rows = db.session.execute(
        select(Place.slug, Place.name, Place.kind, Place.lat, Place.lon)
        .where(
            Place.kind.in_(kinds),
            Place.lat.between(lat - _ABOUT_2_KM, lat + _ABOUT_2_KM),
            Place.lon.between(lon - 1.6 * _ABOUT_2_KM, lon + 1.6 * _ABOUT_2_KM),
        )
        .order_by(Place.name, Place.slug)
    )
    return [(*row,) for row in rows]


def landmarks(kinds: Sequence[str]) -> list[tuple[str, str, float, float, str | None]]:
    """(name, kind, latitude, longitude, line to print with it) of places of some kinds, in the order of the kinds, then
    by name."""
    order = {kind: n for n, kind in enumerate(kinds)}
    rows = db.session.execute(
        select(Place.name, Place.kind, Place.lat, Place.lon, Place.credit)
        .where(Place.kind.in_(kinds))
        .order_by(Place.name)
    )
    return sorted(((*row,) for row in rows), key=lambda row: order[row[1]])
