"""Tables of the places room: wards, areas, places, posters, which wave a poster serves, and scans per day.

Nothing here is about a person, so keys are plain integers. Dates named `_on` are London days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import JSON, CheckConstraint, Column, Float, ForeignKey, String, Table, Text, UniqueConstraint, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from community.extensions import Base
from community.places.kinds import (
    ANSWERING_STATUSES,
    CHILDREN_GATHER,
    PLACE_KINDS,
    POSTER_EVENTS,
    POSTER_KINDS,
    POSTER_STATUSES,
    PRECISIONS,
    REPORT_OUTCOMES,
    REPORT_REASONS,
)
from community.places.slugs import search_text


def one_of(column: str, values: Iterable[str]) -> str:
    """SQL that is true when `column` holds one of our own fixed words."""
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


place_area = Table(
    "place_area",
    Base.metadata,
    Column("place_id", ForeignKey("place.id", ondelete="CASCADE"), primary_key=True),
    Column("area_id", ForeignKey("area.id", ondelete="CASCADE"), primary_key=True, index=True),
)
"""Which places an area takes in. A place may be in none or several, and an area crosses ward lines."""


class Ward(Base):
    """An electoral ward, known by its official code; names come back with other edges, codes do not."""

    __tablename__ = "ward"

    code: Mapped[str] = mapped_column(String(16), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    boundary: Mapped[str | None] = mapped_column(Text)  # GeoJSON Polygon or MultiPolygon, WGS84; null until loaded
    credit: Mapped[str | None] = mapped_column(Text)  # the line to print with the shape

    places: Mapped[list[Place]] = relationship(back_populates="ward")


class Area(Base):
    """A stretch the board speaks of by one name (Barking Town Centre); made of places, across ward lines."""

    __tablename__ = "area"
    __table_args__ = (CheckConstraint("slug <> '' AND slug = lower(slug)", name="slug_plain"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    about: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(Text)

    places: Mapped[list[Place]] = relationship(secondary=place_area, back_populates="areas", order_by="Place.name")


class Place(Base):
    """Somewhere people can speak about and a poster can hang. Its slug is in printed addresses and never changes."""

    __tablename__ = "place"
    __table_args__ = (
        CheckConstraint("slug <> '' AND slug = lower(slug)", name="slug_plain"),
        CheckConstraint("name <> ''", name="name_given"),
        CheckConstraint(one_of("kind", PLACE_KINDS), name="kind_known"),
        CheckConstraint(one_of("precision", PRECISIONS), name="precision_known"),
        CheckConstraint("lat BETWEEN -90 AND 90", name="lat_on_earth"),
        CheckConstraint("lon BETWEEN -180 AND 180", name="lon_on_earth"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(16))
    ward_code: Mapped[str | None] = mapped_column(ForeignKey("ward.code"), index=True)
    lat: Mapped[float] = mapped_column(Float)  # degrees, WGS84
    lon: Mapped[float] = mapped_column(Float)
    precision: Mapped[str] = mapped_column(String(16), default="unknown")
    approximate: Mapped[bool] = mapped_column(default=True)
    source: Mapped[str | None] = mapped_column(Text)  # the list the point comes from
    credit: Mapped[str | None] = mapped_column(Text)  # the line to print with a map or table
    external_id: Mapped[str | None] = mapped_column(String(80), unique=True)  # the id in the file it came from
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)  # replaced whole, never changed in place
    search_text: Mapped[str] = mapped_column(Text, default="")  # kept by remember_search_text below

    ward: Mapped[Ward | None] = relationship(back_populates="places")
    areas: Mapped[list[Area]] = relationship(secondary=place_area, back_populates="places", order_by=Area.name)
    posters: Mapped[list[Poster]] = relationship(back_populates="place")

    @property
    def children_gather(self) -> bool:
        """Mostly children here: no result for them under base 30, no cell under 10."""
        return self.kind in CHILDREN_GATHER


class Poster(Base):
    """One printed sheet with one code. It hangs at a place, or rides along a bus route."""

    __tablename__ = "poster"
    __table_args__ = (
        CheckConstraint("length(code) = 8", name="code_length"),
        CheckConstraint(one_of("kind", POSTER_KINDS), name="kind_known"),
        CheckConstraint(one_of("status", POSTER_STATUSES), name="status_known"),
        CheckConstraint("place_id IS NOT NULL OR (kind = 'bus_route' AND route IS NOT NULL)", name="place_or_route"),
        CheckConstraint("status <> 'up' OR up_on IS NOT NULL", name="up_has_day"),
        CheckConstraint("(status = 'taken-down') = (down_on IS NOT NULL)", name="down_has_day"),
        CheckConstraint("down_on IS NULL OR up_on IS NULL OR down_on >= up_on", name="down_after_up"),
        CheckConstraint("retired_on IS NULL OR status = 'taken-down'", name="retired_is_down"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)  # codes.py; capitals, no hyphen
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16), default="fixed_place")
    spot: Mapped[str] = mapped_column(String(120), default="")  # where exactly: "by the ticket gates"
    route: Mapped[str | None] = mapped_column(String(120))  # "bus 5, Canning Town to Romford"
    status: Mapped[str] = mapped_column(String(16), default="planned")
    created_on: Mapped[date]
    up_on: Mapped[date | None]
    down_on: Mapped[date | None]
    retired_on: Mapped[date | None]  # taken down for good: its code is never hung again

    place: Mapped[Place | None] = relationship(back_populates="posters")
    assignments: Mapped[list[PosterAssignment]] = relationship(
        back_populates="poster", order_by="PosterAssignment.starts_on", cascade="all, delete-orphan"
    )

    events: Mapped[list[PosterEvent]] = relationship(order_by="PosterEvent.id", cascade="all, delete-orphan")

    @property
    def place_name(self) -> str | None:
        """Where it is, in words: its place, or on a bus its route."""
        return self.place.name if self.place else self.route

    @property
    def opens_survey(self) -> bool:
        return self.status in ANSWERING_STATUSES

    @property
    def children_gather(self) -> bool:
        return self.kind == "school_session" or (self.place is not None and self.place.children_gather)


class PosterAssignment(Base):
    """From which day to which day (both included; null = until further notice) a poster serves a wave.

    A poster serves at most one wave on any day (service/posters.py sees to it). Answers keep their own wave, so
    changing a row here moves no answer."""

    __tablename__ = "poster_assignment"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        UniqueConstraint("poster_id", "starts_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    poster_id: Mapped[int] = mapped_column(ForeignKey("poster.id"))
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), index=True)  # the surveys room's table
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    poster: Mapped[Poster] = relationship(back_populates="assignments")


class PosterEvent(Base):
    """What became of a poster on a day. Who saw to it stands in the audit trail, for those who may read that."""

    __tablename__ = "poster_event"
    __table_args__ = (CheckConstraint(one_of("event", POSTER_EVENTS), name="event_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    poster_id: Mapped[int] = mapped_column(ForeignKey("poster.id"), index=True)
    event: Mapped[str] = mapped_column(String(16))
    happened_on: Mapped[date]


class PosterReport(Base):
    """How often a poster was reported as fake or damaged on a London day, for one reason. A count: nothing of who.

    A code need not be ours: somebody may have made one up. So that a flood cannot fill the disk, there are only so many
    of those a day (service/reports.py); the rest are counted together under one code that is none. Reports that came
    after somebody looked are new again: n is then larger than looked_n."""

    __tablename__ = "poster_report"
    __table_args__ = (
        CheckConstraint("length(code) = 8", name="code_length"),
        CheckConstraint(one_of("reason", REPORT_REASONS), name="reason_known"),
        CheckConstraint("n > 0", name="n_positive"),
        CheckConstraint("looked_n BETWEEN 1 AND n", name="looked_at_no_more"),
        CheckConstraint(f"outcome IS NULL OR {one_of('outcome', REPORT_OUTCOMES)}", name="outcome_known"),
        CheckConstraint("(looked_n IS NULL) = (outcome IS NULL)", name="looked_with_outcome"),
        CheckConstraint("(outcome IS NULL) = (looked_on IS NULL)", name="outcome_has_day"),
        {"sqlite_with_rowid": False},
    )

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    reason: Mapped[str] = mapped_column(String(16), primary_key=True)
    reported_on: Mapped[date] = mapped_column(primary_key=True)
    n: Mapped[int]
    looked_n: Mapped[int | None]  # of these, how many had come when somebody went to look
    outcome: Mapped[str | None] = mapped_column(String(16))
    looked_on: Mapped[date | None]


class ScanCount(Base):
    """How often a poster's page was opened on a London day. A count and nothing else: no time, no device."""

    __tablename__ = "scan_count"
    __table_args__ = (CheckConstraint("n > 0", name="n_positive"), {"sqlite_with_rowid": False})

    poster_id: Mapped[int] = mapped_column(ForeignKey("poster.id"), primary_key=True)
    scanned_on: Mapped[date] = mapped_column(primary_key=True)
    n: Mapped[int]


@event.listens_for(Place, "before_insert")
@event.listens_for(Place, "before_update")
def remember_search_text(_mapper: Mapper[Place], _connection: Connection, place: Place) -> None:
    """Keep what a search compares with in step with the name and the aliases."""
    place.search_text = search_text([place.name, *(place.aliases or [])])
