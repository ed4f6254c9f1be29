"""Tables of the Safe Havens room: venues, who speaks for them, visits, training, and counts of what visitors say.

A person who needed a haven is nowhere in here: use, reports and feedback are counts by day. Names and contacts of
those who run a venue stand in one table, so that they can be erased together."""

from __future__ import annotations

import secrets
from datetime import date

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Float,
    ForeignKey,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    event,
    insert,
    update,
)  # fmt: skip
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from community.extensions import Base
from community.places.models import one_of
from community.safe_havens.kinds import (
    EVENTS,
    FEEDBACK,
    HAVEN_KINDS,
    HELP_GIVEN,
    PROBLEM_OUTCOMES,
    PROBLEMS,
    PROSPECT_ANSWERS,
    STATUSES,
    SUSPENSIONS,
    USE_OUTCOMES,
    VISIT_KINDS,
    VISIT_RESULTS,
    WHO,
)
from community.shared.clock import Daypart

CONTACT_ROLES = ("contact", "deputy")


class SafeHaven(Base):
    """A venue that has applied, whatever became of it. Whether it is listed on a day follows from its dates
    (queries.is_listed): a check or a training out of date hides it without anybody's doing."""

    __tablename__ = "safe_haven"
    __table_args__ = (
        CheckConstraint("slug <> '' AND slug = lower(slug)", name="slug_plain"),
        CheckConstraint("name <> ''", name="name_given"),
        CheckConstraint(one_of("kind", HAVEN_KINDS), name="kind_known"),
        CheckConstraint(one_of("status", STATUSES), name="status_known"),
        CheckConstraint("lat BETWEEN -90 AND 90", name="lat_on_earth"),
        CheckConstraint("lon BETWEEN -180 AND 180", name="lon_on_earth"),
        CheckConstraint("least_staff >= 1", name="staff_at_least_one"),
        CheckConstraint("status <> 'approved' OR (approved_on IS NOT NULL AND serial IS NOT NULL)", name="approved"),
        CheckConstraint(
            f"(status = 'suspended') = (suspended_because IS NOT NULL) AND "
            f"(suspended_because IS NULL OR {one_of('suspended_because', SUSPENSIONS)})",
            name="suspended_with_reason",
        ),
        CheckConstraint("(status = 'left') = (left_on IS NOT NULL)", name="left_has_day"),
        CheckConstraint("(status = 'refused') = (refused_because IS NOT NULL)", name="refused_with_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)  # in addresses; never changes
    reference: Mapped[str] = mapped_column(String(12), unique=True)  # what the applicant is given
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16), default="applied", index=True)
    address: Mapped[str] = mapped_column(String(200))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    lat: Mapped[float] = mapped_column(Float)  # degrees, WGS84
    lon: Mapped[float] = mapped_column(Float)
    opening: Mapped[str] = mapped_column(String(500))  # support/hours.py tells the form
    opening_proposed: Mapped[str | None] = mapped_column(String(500))  # changed by the venue, to be looked at first
    least_staff: Mapped[int]
    offers: Mapped[list[str]] = mapped_column(JSON, default=list)  # keys of kinds.OFFERED; replaced whole
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)  # names in English; replaced whole
    keeps_out: Mapped[bool] = mapped_column(default=False)  # may keep a threatening person out, as agreed
    consents: Mapped[bool]  # to be shown on the public list
    insured_until: Mapped[date | None]
    safeguarding_trained: Mapped[bool | None]
    night_charter: Mapped[bool | None]
    heard_from: Mapped[str | None] = mapped_column(String(16))
    applied_on: Mapped[date]
    agreement: Mapped[str | None] = mapped_column(String(16))  # version accepted
    agreed_on: Mapped[date | None]
    checked_on: Mapped[date | None]  # of the last visit passed or yearly check
    trained_on: Mapped[date | None]  # of the latest training finished
    approved_on: Mapped[date | None]
    suspended_because: Mapped[str | None] = mapped_column(String(16))
    refused_because: Mapped[str | None] = mapped_column(Text)  # as the applicant is told
    left_on: Mapped[date | None]
    closed_on: Mapped[date | None]  # refused or left: from then on the contacts' erasure is reckoned
    lapse_told_on: Mapped[date | None]  # when coordinator and venue were last told of a lapse or one to come
    serial: Mapped[str | None] = mapped_column(String(8), unique=True)  # on the sticker; places/codes.py
    team_version: Mapped[int] = mapped_column(default=1)  # one more makes a new code behind the counter
    team_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)  # keyed hash of that code
    demo: Mapped[bool] = mapped_column(default=False)  # made up, for trying things

    contacts: Mapped[list[HavenContact]] = relationship(cascade="all, delete-orphan", order_by="HavenContact.role")
    exceptions: Mapped[list[HavenException]] = relationship(
        cascade="all, delete-orphan", order_by="HavenException.on_day"
    )
    visits: Mapped[list[HavenVisit]] = relationship(cascade="all, delete-orphan", order_by="HavenVisit.id")
    trainings: Mapped[list[HavenTraining]] = relationship(cascade="all, delete-orphan", order_by="HavenTraining.id")
    events: Mapped[list[HavenEvent]] = relationship(cascade="all, delete-orphan", order_by="HavenEvent.id")
    signoffs: Mapped[list[HavenSignoff]] = relationship(cascade="all, delete-orphan")


class HavenEdition(Base):
    """One row, another number after any venue or day of its own has changed, so that a copy in memory knows when it is
    out of date."""

    __tablename__ = "safe_haven_edition"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    n: Mapped[int] = mapped_column(BigInteger)  # drawn anew each time, so that it never comes back


class HavenContact(Base):
    """Who speaks for a venue: never shown to the public, erased some time after it has left or was refused."""

    __tablename__ = "safe_haven_contact"
    __table_args__ = (CheckConstraint(one_of("role", CONTACT_ROLES), name="role_known"),)

    haven_id: Mapped[int] = mapped_column(ForeignKey("safe_haven.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), index=True)
    phone: Mapped[str] = mapped_column(String(40), default="")


class HavenException(Base):
    """A day with hours of its own: "off", or spans such as 10:00-14:00."""

    __tablename__ = "safe_haven_exception"

    haven_id: Mapped[int] = mapped_column(ForeignKey("safe_haven.id", ondelete="CASCADE"), primary_key=True)
    on_day: Mapped[date] = mapped_column(primary_key=True)
    opening: Mapped[str] = mapped_column(String(60))


class HavenVisit(Base):
    """A visit planned or made. checklist: lines of kinds.CHECKLIST that were ticked."""

    __tablename__ = "safe_haven_visit"
    __table_args__ = (
        CheckConstraint(one_of("kind", VISIT_KINDS), name="kind_known"),
        CheckConstraint(f"result IS NULL OR {one_of('result', VISIT_RESULTS)}", name="result_known"),
        CheckConstraint("(result IS NULL) = (made_on IS NULL)", name="result_has_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    haven_id: Mapped[int] = mapped_column(ForeignKey("safe_haven.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    planned_on: Mapped[date]
    made_on: Mapped[date | None]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    result: Mapped[str | None] = mapped_column(String(8))
    checklist: Mapped[list[str]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(Text, default="")  # staff's own words about the premises, for staff


class HavenTraining(Base):
    """One member of staff has finished the course. name: only where the venue wants it kept."""

    __tablename__ = "safe_haven_training"

    id: Mapped[int] = mapped_column(primary_key=True)
    haven_id: Mapped[int] = mapped_column(ForeignKey("safe_haven.id", ondelete="CASCADE"), index=True)
    course: Mapped[str] = mapped_column(String(16))  # its version
    finished_on: Mapped[date]
    name: Mapped[str | None] = mapped_column(String(120))


class HavenSignoff(Base):
    """One approver's yes, where the council asks for two."""

    __tablename__ = "safe_haven_signoff"

    haven_id: Mapped[int] = mapped_column(ForeignKey("safe_haven.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    signed_on: Mapped[date]


class HavenEvent(Base):
    """What became of a venue on a day. Who saw to it stands in the audit trail."""

    __tablename__ = "safe_haven_event"
    __table_args__ = (CheckConstraint(one_of("event", EVENTS), name="event_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    haven_id: Mapped[int] = mapped_column(ForeignKey("safe_haven.id", ondelete="CASCADE"), index=True)
    event: Mapped[str] = mapped_column(String(16))
    happened_on: Mapped[date]


class HavenLink(Base):
    """A private link that was emailed to a venue; only its hash."""

    __tablename__ = "safe_haven_link"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    haven_id: Mapped[int] = mapped_column(ForeignKey("safe_haven.id", ondelete="CASCADE"), index=True)
    expires_on: Mapped[date]


class HavenDraft(Base):
    """An application saved to go on with later; gone after 30 days. answers: as they were typed."""

    __tablename__ = "safe_haven_draft"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    answers: Mapped[str] = mapped_column(Text)  # JSON
    saved_on: Mapped[date]


class HavenProblem(Base):
    """How often a problem at a venue was reported on a London day. Nothing of who reported. Reports that came after
    somebody looked are new again: n is then larger than looked_n."""

    __tablename__ = "safe_haven_problem"
    __table_args__ = (
        CheckConstraint(one_of("problem", PROBLEMS), name="problem_known"),
        CheckConstraint("n > 0", name="n_positive"),
        CheckConstraint("looked_n BETWEEN 1 AND n", name="looked_at_no_more"),
        CheckConstraint(f"outcome IS NULL OR {one_of('outcome', PROBLEM_OUTCOMES)}", name="outcome_known"),
        CheckConstraint("(looked_n IS NULL) = (outcome IS NULL)", name="looked_with_outcome"),
        CheckConstraint("(outcome IS NULL) = (looked_on IS NULL)", name="outcome_has_day"),
        {"sqlite_with_rowid": False},
    )

    haven_id: Mapped[int] = mapped_column(ForeignKey("safe_haven.id", ondelete="CASCADE"), primary_key=True)
    problem: Mapped[str] = mapped_column(String(16), primary_key=True)
    reported_on: Mapped[date] = mapped_column(primary_key=True)
    n: Mapped[int]
    looked_n: Mapped[int | None]
    outcome: Mapped[str | None] = mapped_column(String(16))
    looked_on: Mapped[date | None]


class HavenUse(Base):
    """How often a venue helped somebody in a way, on a London day and daypart. No names, no words, no times."""

    __tablename__ = "safe_haven_use"
    __table_args__ = (
        CheckConstraint(one_of("daypart", [part.value for part in Daypart]), name="daypart_known"),
        CheckConstraint(one_of("help", HELP_GIVEN), name="help_known"),
        CheckConstraint(one_of("outcome", USE_OUTCOMES), name="outcome_known"),
        CheckConstraint(one_of("who", WHO), name="who_known"),
        CheckConstraint("n > 0", name="n_positive"),
        {"sqlite_with_rowid": False},
    )

    haven_id: Mapped[int] = mapped_column(ForeignKey("safe_haven.id", ondelete="CASCADE"), primary_key=True)
    used_on: Mapped[date] = mapped_column(primary_key=True)
    daypart: Mapped[str] = mapped_column(String(8), primary_key=True)
    help: Mapped[str] = mapped_column(String(20), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(16), primary_key=True)
    who: Mapped[str] = mapped_column(String(16), primary_key=True)
    n: Mapped[int]


class HavenFeedback(Base):
    """How often visitors said, by the sticker's code, whether a venue helped. A count by day."""

    __tablename__ = "safe_haven_feedback"
    __table_args__ = (
        CheckConstraint(one_of("said", FEEDBACK), name="said_known"),
        CheckConstraint("n > 0", name="n_positive"),
        {"sqlite_with_rowid": False},
    )

    haven_id: Mapped[int] = mapped_column(ForeignKey("safe_haven.id", ondelete="CASCADE"), primary_key=True)
    said_on: Mapped[date] = mapped_column(primary_key=True)
    said: Mapped[str] = mapped_column(String(16), primary_key=True)
    n: Mapped[int]


class HavenProspect(Base):
    """A business to approach. Its contact is a person's, seen by coordinators only."""

    __tablename__ = "safe_haven_prospect"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name_given"),
        CheckConstraint(one_of("kind", HAVEN_KINDS), name="kind_known"),
        CheckConstraint(one_of("answer", PROSPECT_ANSWERS), name="answer_known"),
        CheckConstraint("lat BETWEEN -90 AND 90", name="lat_on_earth"),
        CheckConstraint("lon BETWEEN -180 AND 180", name="lon_on_earth"),
        UniqueConstraint("name", "address"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(16))
    address: Mapped[str] = mapped_column(String(200))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    lat: Mapped[float] = mapped_column(Float)
    lon: Mapped[float] = mapped_column(Float)
    contact_name: Mapped[str] = mapped_column(String(120), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    approached_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(String(16), default="not_asked")
    added_on: Mapped[date]
    haven_id: Mapped[int | None] = mapped_column(ForeignKey("safe_haven.id", ondelete="SET NULL"))  # once it applied
    demo: Mapped[bool] = mapped_column(default=False)


def _another_edition(_mapper: Mapper[Base], connection: Connection, _target: Base) -> None:
    number = secrets.randbits(62)
    if not connection.execute(update(HavenEdition).values(n=number)).rowcount:
        connection.execute(insert(HavenEdition).values(id=1, n=number))


for _table in (SafeHaven, HavenException):
    for _change in ("after_insert", "after_update", "after_delete"):
        event.listen(_table, _change, _another_edition)
