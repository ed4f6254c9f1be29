"""The one table of the bot: how many talks named a need on a day. Nothing else of a talk reaches the database."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from community.extensions import Base


class NeedCount(Base):
    """How many talks through one channel named a need on a London day. Holds no place, no time of day and no age, and
    never will: who asked for help is not mapped."""

    __tablename__ = "need_count"
    __table_args__ = (
        CheckConstraint("n > 0", name="n_positive"),
        CheckConstraint("channel IN ('sms', 'whatsapp', 'web')", name="channel_known"),
        {"sqlite_with_rowid": False},
    )

    counted_on: Mapped[date] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    need: Mapped[str] = mapped_column(String(32), primary_key=True)
    n: Mapped[int]
