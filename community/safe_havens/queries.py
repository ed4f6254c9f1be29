"""What is asked of the Safe Havens' tables. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_, select

from community.extensions import db
from community.places.models import Place
from community.safe_havens.kinds import VALID_DAYS
from community.safe_havens.models import HavenEdition, HavenException, SafeHaven


def is_listed(on: date, *, insured: bool) -> ColumnElement[bool]:
    """Whether a venue is on the public list on a London day: approved, checked and trained within the last year, and
    agreeing to be shown. insured: whether the council asks for insurance, which then must not be over."""
    since = on - timedelta(days=VALID_DAYS)
    rules = [
        SafeHaven.status == "approved",
        SafeHaven.consents.is_(True),
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
