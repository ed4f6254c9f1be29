"""SELECTs of the places room; each answers one question."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, case, false, func, literal, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from community.extensions import db
from community.places.models import (
    Area,
    Place,
    Poster,
    PosterAssignment,
    PosterReport,
    ScanCount,
    Ward,
    place_area,
)

_VISIT = (
    select(
        Poster.id,
        Poster.code,
        Poster.place_id,
        Place.name,
        Place.slug,
        Place.ward_code,
        Place.kind,
        Poster.kind,
        Poster.status,
        Poster.spot,
        Poster.route,
        Poster.up_on,
        PosterAssignment.wave_id,
    )
    .outerjoin(Place, Place.id == Poster.place_id)
    .outerjoin(
        PosterAssignment,
        (PosterAssignment.poster_id == Poster.id)
        & (PosterAssignment.starts_on <= bindparam("on_day"))
        & (PosterAssignment.ends_on.is_(None) | (PosterAssignment.ends_on >= bindparam("on_day"))),
    )
    .where(Poster.code == bindparam("code"))
)  # at most one row: a poster serves one wave on any day
_CANDIDATE = select(Place.slug, Place.name, Place.kind, Place.search_text)


def visit(code: str, on: date) -> Sequence[Any] | None:
    """(poster id, code, place id, place name, place slug, ward code, place kind, poster kind, status, spot, route,
    up since, wave id on that day) of the poster with this code; one query, for every page a poster opens."""
    return db.session.execute(_VISIT, {"code": code, "on_day": on}).first()


def place_by_slug(slug: str) -> Place | None:
    return db.session.scalar(select(Place).where(Place.slug == slug))


def places_in_ward(code: str) -> Sequence[Place]:
    """By name."""
    return db.session.scalars(select(Place).where(Place.ward_code == code).order_by(Place.name)).all()


def places_in_area(slug: str) -> Sequence[Place]:
    """By name, whatever their wards."""
    query = select(Place).join(Place.areas).where(Area.slug == slug).order_by(Place.name)
    return db.session.scalars(query).all()


def all_places() -> Sequence[Place]:
    """By name, with their wards and areas."""
    return db.session.scalars(
        select(Place).options(joinedload(Place.ward), selectinload(Place.areas)).order_by(Place.name, Place.slug)
    ).all()


def area_choices() -> Sequence[Row[str, str]]:
    """(slug, name) of every area, by name."""
    return db.session.execute(select(Area.slug, Area.name).order_by(Area.name)).all()


def choices_in_areas(limit: int) -> Sequence[Row[str, str, str]]:
    """(area name, place slug, place name) of places in areas, by area name then place name."""
    return db.session.execute(
        select(Area.name, Place.slug, Place.name)
        .join(place_area, place_area.c.area_id == Area.id)
        .join(Place, Place.id == place_area.c.place_id)
        .order_by(Area.name, Place.name)
        .limit(limit)
    ).all()


def choices_elsewhere(limit: int) -> Sequence[Row[str, str, str]]:
    """(ward name or "", place slug, place name) of places in no area, by ward name then place name; no ward last."""
    return db.session.execute(
        select(func.coalesce(Ward.name, ""), Place.slug, Place.name)
        .select_from(Place)
        .outerjoin(Place.ward)
        .where(~select(place_area.c.place_id).where(place_area.c.place_id == Place.id).exists())
        .order_by(Ward.name.is_(None), Ward.name, Place.name)
        .limit(limit)
    ).all()


def holding_words(words: Collection[str], limit: int) -> Sequence[Row[str, str, str, str]]:
    """(slug, name, kind, search text) of places whose names hold every word; the shortest names first."""
    query = _CANDIDATE.order_by(func.length(Place.name), Place.name).limit(limit)
    for word in words:
        query = query.where(Place.search_text.contains(word, autoescape=True))
    return db.session.execute(query).all()


def named(names: Sequence[str]) -> Sequence[Row[str, str, str, str]]:
    """(slug, name, kind, search text) of places that go by any of these names, plain and whole; in no order."""
    going_by = [Place.search_text.contains(f"|{name}|", autoescape=True) for name in names]
    return db.session.execute(_CANDIDATE.where(or_(false(), *going_by))).all()


def sharing_pieces(pieces: Sequence[str], limit: int) -> Sequence[Row[str, str, str, str]]:
    """(slug, name, kind, search text) of places whose names hold any of the pieces; those with most of them first."""
    held = [Place.search_text.contains(piece, autoescape=True) for piece in pieces]
    shared = sum((case((one, 1), else_=0) for one in held), literal(0))
    return db.session.execute(
        _CANDIDATE.where(or_(false(), *held)).order_by(shared.desc(), Place.name).limit(limit)
    ).all()


def poster_by_code(code: str) -> Poster | None:
    return db.session.scalar(select(Poster).where(Poster.code == code))


def poster_locked(poster_id: int) -> Poster:
    """The poster as it is now, its row held until the transaction ends."""
    return db.session.execute(
        select(Poster).where(Poster.id == poster_id).with_for_update().execution_options(populate_existing=True)
    ).scalar_one()


def posters(place_slug: str | None = None) -> Sequence[Poster]:
    """With their places; by place, then in the order they were made; those without a place come last."""
    query = (
        select(Poster)
        .outerjoin(Poster.place)
        .options(contains_eager(Poster.place))
        .order_by(Place.slug.is_(None), Place.slug, Poster.id)
    )
    return db.session.scalars(query if place_slug is None else query.where(Place.slug == place_slug)).all()


def assignments(poster_id: int) -> Sequence[PosterAssignment]:
    """Which waves a poster serves and served, by first day."""
    return db.session.scalars(
        select(PosterAssignment)
        .where(PosterAssignment.poster_id == poster_id)
        .order_by(PosterAssignment.starts_on)
        .execution_options(populate_existing=True)
    ).all()


def poster_ids(among: Collection[int]) -> set[int]:
    """Those of the ids that are posters."""
    return set(db.session.scalars(select(Poster.id).where(Poster.id.in_(among))))


def scans_since(day: date, among: Collection[int] | None = None) -> Sequence[Row[int, date, int]]:
    """(poster id, London day, scans) from a day on, of all posters or of some; days without any are absent."""
    query = select(ScanCount.poster_id, ScanCount.scanned_on, ScanCount.n).where(ScanCount.scanned_on >= day)
    if among is not None:
        query = query.where(ScanCount.poster_id.in_(among))
    return db.session.execute(query).all()


def hanging() -> Sequence[Row[int, date | None]]:
    """(poster id, up since) of the posters that hang."""
    up = Poster.status.in_(("up", "reported")) & Poster.up_on.is_not(None)
    return db.session.execute(select(Poster.id, Poster.up_on).where(up)).all()


def told_on(day: date, code: str, reason: str) -> int:
    """How often a code was reported on a day for one reason."""
    return (
        db.session.scalar(
            select(PosterReport.n).where(
                PosterReport.code == code, PosterReport.reason == reason, PosterReport.reported_on == day
            )
        )
        or 0
    )


def strange_codes_on(day: date) -> set[str]:
    """Codes reported on a day that are no poster's."""
    known = select(Poster.id).where(Poster.code == PosterReport.code).exists()
    return set(db.session.scalars(select(PosterReport.code).where(PosterReport.reported_on == day, ~known).distinct()))


def reports(since: date | None) -> Sequence[PosterReport]:
    """Reports nobody has looked at (all of them, or since a day those somebody has), by code, day and reason."""
    looked = PosterReport.n == func.coalesce(PosterReport.looked_n, 0)
    query = select(PosterReport).where(~looked if since is None else looked & (PosterReport.looked_on >= since))
    return db.session.scalars(query.order_by(PosterReport.code, PosterReport.reported_on, PosterReport.reason)).all()


def posters_by_code(codes: Collection[str]) -> Sequence[Poster]:
    """Those of the codes that are ours, with their places, in the order of `posters`."""
    return db.session.scalars(
        select(Poster)
        .outerjoin(Poster.place)
        .options(contains_eager(Poster.place))
        .where(Poster.code.in_(codes))
        .order_by(Place.slug.is_(None), Place.slug, Poster.id)
    ).all()
