"""The one table of the support room: when a person last asked a service whether its facts hold."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from community.extensions import Base


class SupportCheck(Base):
    """The latest check of one service. Nothing about anyone who needed it; the facts themselves stay in the file."""

    __tablename__ = "support_check"
    __table_args__ = (CheckConstraint("checked_by <> ''", name="checked_by_someone"),)

    service: Mapped[str] = mapped_column(String(60), primary_key=True)  # its id in services.yaml
    checked_on: Mapped[date]  # a London day
    checked_by: Mapped[str] = mapped_column(String(120))  # an officer or a team, as staff sign
