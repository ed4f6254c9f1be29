"""The people who may sign in, and the trail of what they did."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from community.extensions import Base
from community.staff.roles import ROLES, needs_a_code, permissions_of

_ROLES = ", ".join(f"'{role}'" for role in ROLES)


class Account(Base):
    """Somebody who may sign in. Holds no name but the one in the email address, no address of a device, and neither a
    password nor a recovery code that could be read back."""

    __tablename__ = "account"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password: Mapped[str] = mapped_column(String(255))  # Argon2id; of a random value until a person has chosen one
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)  # changed to end every session there is
    active: Mapped[bool]
    demo: Mapped[bool]  # made for trying things; cannot sign in in production
    totp_secret: Mapped[str | None] = mapped_column(Text)  # encrypted under a key made from SECRET_KEY
    totp_counter: Mapped[int | None] = mapped_column(BigInteger)  # of the last code used: each is good once
    created_on: Mapped[date]
    roles_held: Mapped[list[AccountRole]] = relationship(cascade="all, delete-orphan", lazy="selectin")
    recovery_codes: Mapped[list[RecoveryCode]] = relationship(cascade="all, delete-orphan")

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(role for role in ROLES if role in {held.role for held in self.roles_held})

    @property
    def needs_a_code(self) -> bool:
        """Whether a role of theirs asks for a code from an app."""
        return needs_a_code(self.roles)

    def may(self, permission: str) -> bool:
        """Whether a role of theirs gives a permission."""
        return permission in permissions_of(self.roles)


class AccountRole(Base):
    """That a person holds a role."""

    __tablename__ = "account_role"
    __table_args__ = (CheckConstraint(f"role IN ({_ROLES})", name="role_known"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(16), primary_key=True)


class RecoveryCode(Base):
    """A code not yet used that stands in for the app once; only its keyed hash."""

    __tablename__ = "recovery_code"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)


class AuditEntry(Base):
    """Who did what to which record; never what a respondent said. Each holds the hash of the one before it."""

    __tablename__ = "audit_entry"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 1, 2, 3 without a gap
    minute: Mapped[str] = mapped_column(String(17))  # UTC, as 2027-01-31T09:30Z
    who: Mapped[int | None]  # an account's id; if empty, `detail` says what acted, or it was a command
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(200))
    detail: Mapped[str] = mapped_column(Text)  # canonical JSON, text to text
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """Where the trail begins and ends, sealed with a key that is not in the database: a cut end is noticed."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first: Mapped[int]  # number of the oldest entry kept
    before_first: Mapped[str] = mapped_column(String(64))  # hash of the one before it, long forgotten
    last: Mapped[int]
    last_hash: Mapped[str] = mapped_column(String(64))
    seal: Mapped[str] = mapped_column(String(64))
