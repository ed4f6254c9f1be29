"""Surveys, their versions and waves; responses and answers; tallies kept beside them in the same transaction."""

from __future__ import annotations

from datetime import date

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.extensions import Base

RESPONDENT = {"respondent": True}
"""Marks the tables that hold something a respondent sent: no rowid, no arrival order, no exact time."""


class Survey(Base):
    """A questionnaire's life over the years: versions of its wording, waves of its fielding."""

    __tablename__ = "survey"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    versions: Mapped[list[Version]] = relationship(back_populates="survey", order_by="Version.number")
    waves: Mapped[list[Wave]] = relationship(back_populates="survey", order_by="Wave.number")


class Version(Base):
    """One wording of a survey. Never changed once stored: an edit makes the next version."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("survey_id", "number"), UniqueConstraint("survey_id", "digest"))
    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    definition: Mapped[str] = mapped_column(Text)
    imported_on: Mapped[date]
    survey: Mapped[Survey] = relationship(back_populates="versions")


class Wave(Base):
    """One fielding of exactly one version, from `opens_on` to `closes_on` (both included; open-ended when null).
    is_stopped: on its last day somebody had it ask nobody else, at once."""

    __tablename__ = "wave"
    __table_args__ = (
        UniqueConstraint("survey_id", "number"),
        CheckConstraint("closes_on is null or closes_on >= opens_on", name="closes_after_it_opens"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    opens_on: Mapped[date]
    closes_on: Mapped[date | None]
    is_stopped: Mapped[bool] = mapped_column(default=False, server_default=false())
    survey: Mapped[Survey] = relationship(back_populates="waves")
    version: Mapped[Version] = relationship()


class Response(Base):
    """One respondent's answers to one wave. Holds no phone number, name, address, device, cookie or network
    address, and no time of day finer than a daypart. The id is random to everyone but the form that made it."""

    __tablename__ = "response"
    __table_args__ = (
        CheckConstraint("length(id) = 16", name="id_is_16_bytes"),
        CheckConstraint("channel in ('web', 'sms', 'whatsapp', 'paper', 'import', 'demo')", name="channel_known"),
        {"sqlite_with_rowid": False, "info": RESPONDENT},
    )
    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"))
    poster_id: Mapped[int | None] = mapped_column(ForeignKey("poster.id"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    answered_on: Mapped[date] = mapped_column(Date)
    daypart: Mapped[str] = mapped_column(String(5))
    channel: Mapped[str] = mapped_column(String(8))
    language: Mapped[str] = mapped_column(String(8))
    flags: Mapped[int] = mapped_column(SmallInteger)


class Answer(Base):
    """One option chosen for one question; for several choices, several rows. Options that begin with an underscore
    are marks: `_skipped`, `_not_asked`, `_written` (the words are a Comment)."""

    __tablename__ = "answer"
    __table_args__ = {"sqlite_with_rowid": False, "info": RESPONDENT}
    response_id: Mapped[bytes] = mapped_column(
        LargeBinary(16), ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    question: Mapped[str] = mapped_column(String(60), primary_key=True)
    option: Mapped[str] = mapped_column(String(80), primary_key=True)


class Comment(Base):
    """Free words, masked before they were stored; kept 12 months (13 at most), half as long as the answers."""

    __tablename__ = "comment"
    __table_args__ = {"sqlite_with_rowid": False, "info": RESPONDENT}
    response_id: Mapped[bytes] = mapped_column(
        LargeBinary(16), ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    question: Mapped[str] = mapped_column(String(60), primary_key=True)
    masked_text: Mapped[str] = mapped_column(Text)


class Tombstone(Base):
    """The id of a deleted response, kept 48 hours so that a retry cannot bring it back."""

    __tablename__ = "tombstone"
    __table_args__ = {"sqlite_with_rowid": False, "info": RESPONDENT}
    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    deleted_on: Mapped[date]


class Tally(Base):
    """How many responses chose an option, by one attribute's group, place and day; moved with the responses.

    Never attributes crossed with each other. `place_id` 0: no place. `span`: D for a day, M for a closed month
    (dated on its first). `slot` spreads hot rows on PostgreSQL; a count is the sum over slots."""

    __tablename__ = "tally"
    __table_args__ = {"sqlite_with_rowid": False}
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    attribute: Mapped[str] = mapped_column(String(20), primary_key=True)
    question: Mapped[str] = mapped_column(String(60), primary_key=True)
    span: Mapped[str] = mapped_column(String(1), primary_key=True)
    place_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(primary_key=True)
    option: Mapped[str] = mapped_column(String(80), primary_key=True)
    grp: Mapped[str] = mapped_column(String(80), primary_key=True)
    flagged: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    slot: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    n: Mapped[int] = mapped_column(Integer)


class Rollup(Base):
    """The first day that has not been rolled into months yet; one row."""

    __tablename__ = "rollup"
    id: Mapped[int] = mapped_column(primary_key=True)
    closed_before: Mapped[date]


class ImportedFile(Base):
    """A file of older answers that was brought in, by the hash of its bytes: the same file is stored once."""

    __tablename__ = "imported_file"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"))
    rows: Mapped[int]
    imported_on: Mapped[date]


class QuestionnaireDraft(Base):
    """A questionnaire that an officer brought in and has not published: looked at first, gone after 30 days.

    id: random, part of an address. remarks: JSON list of [sheet, row, column, words], what was left out or added."""

    __tablename__ = "questionnaire_draft"
    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    file_name: Mapped[str] = mapped_column(String(100))
    definition: Mapped[str] = mapped_column(Text)
    remarks: Mapped[str] = mapped_column(Text)
    made_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_on: Mapped[date]
