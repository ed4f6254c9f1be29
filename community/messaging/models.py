"""Letters that have not left yet."""

from __future__ import annotations

from sqlalchemy import BigInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from community.extensions import Base


class WaitingLetter(Base):
    """A letter from the commit that it tells of until the mail server has taken it. Address and words are sealed: there
    may be a private link in them."""

    __tablename__ = "waiting_letter"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)  # random; in the letter's head, the same at each try
    sealed: Mapped[str | None] = mapped_column(Text)  # under a key made from SECRET_KEY; empty once it was given up
    written_at: Mapped[int] = mapped_column(BigInteger)  # seconds since 1970, in UTC, as is the next
    due_at: Mapped[int] = mapped_column(BigInteger)  # not to be tried before
    tries: Mapped[int]  # that failed
