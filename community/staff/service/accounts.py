"""Accounts: made, found, switched off."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select

from community.extensions import db
from community.shared.errors import UserError
from community.shared.runtime import runtime
from community.staff import audit
from community.staff.models import Account, AccountRole
from community.staff.roles import ROLES
from community.staff.service import passwords


class AccountRefused(UserError):
    """An account cannot be made or found as asked."""


def create(
    email: str, *, roles: Iterable[str], password: str | None, on: date, demo: bool = False, kept: str | None = None
) -> Account:
    """A new account; flushed. password: None until its owner sets one by a link. kept: the hash of it, where it
    was made already. Raises AccountRefused for an address that is none or is taken, or a role there is not."""
    address, given = plain_email(email), known_roles(roles)
    if by_email(address) is not None:
        raise AccountRefused(f"{address} has an account already.")
    account = Account(
        email=address,
        password=kept or passwords.made(password if password is not None else secrets.token_urlsafe(32)),
        fs_uniquifier=secrets.token_hex(32),
        active=True,
        demo=demo,
        created_on=on,
        roles_held=[AccountRole(role=role) for role in given],
    )
    db.session.add(account)
    db.session.flush()
    audit.record("account.create", str(account.id), {"roles": " ".join(account.roles)})
    return account


def known_roles(roles: Iterable[str]) -> tuple[str, ...]:
    """Roles without doubles. Raises AccountRefused for none, or one that there is not."""
    given = tuple(dict.fromkeys(roles))
    if unknown := [role for role in given if role not in ROLES]:
        raise AccountRefused(f"There is no role {unknown[0]!r}: use one or more of {', '.join(ROLES)}.")
    if not given:
        raise AccountRefused(f"Say which role: one or more of {', '.join(ROLES)}.")
    return given


def plain_email(text: str) -> str:
    """An email address as we keep it. Raises AccountRefused."""
    address = text.strip().lower()
    if len(address) > 254 or not re.fullmatch(
        r"[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+\.[^@\s.\x00-\x1f\x7f]+", address
    ):
        raise AccountRefused("Enter an email address, such as name@council.example.")
    return address


def by_email(email: str) -> Account | None:
    return db.session.scalar(select(Account).where(Account.email == email.strip().lower()))


def by_uniquifier(mark: str) -> Account | None:
    return db.session.scalar(select(Account).where(Account.fs_uniquifier == mark))


def named(email: str) -> Account:
    """The account of an email address. Raises AccountRefused when there is none."""
    account = by_email(email)
    if account is None:
        raise AccountRefused(f"{email} has no account: `staff list` shows who has.")
    return account


def everyone() -> Sequence[Account]:
    """All accounts, by email address."""
    return db.session.scalars(select(Account).order_by(Account.email)).all()


def may_sign_in(account: Account) -> bool:
    """Whether an account is in use here: made-up ones are not, in production."""
    return account.active and not (account.demo and runtime().settings.is_production)


def with_mark(account_id: int, mark: str) -> Account | None:
    """An account that may sign in, unless its sessions were ended since."""
    account = db.session.get(Account, account_id)
    usable = account is not None and hmac.compare_digest(account.fs_uniquifier, mark) and may_sign_in(account)
    return account if usable else None


def held(account_id: int, mark: str) -> Account | None:
    """The same, held until the transaction ends: one code cannot be used by two at once."""
    db.session.execute(select(Account.id).where(Account.id == account_id).with_for_update())
    return with_mark(account_id, mark)


def of_session(account_id: int, mark: str) -> Account | None:
    """The account of a session, unless its sessions were ended, it was switched off, or it lost the app it needs."""
    account = with_mark(account_id, mark)
    return None if account is None or (account.needs_a_code and account.totp_secret is None) else account


def switch(account: Account, *, on: bool) -> None:
    """Let somebody sign in again, or no longer. Flushed; their sessions are the caller's to end."""
    account.active = on
    audit.record("account.enable" if on else "account.disable", str(account.id))


def set_roles(account: Account, roles: Iterable[str]) -> None:
    """Give somebody these roles and no others. Flushed. Raises AccountRefused."""
    held_before, now = account.roles, known_roles(roles)
    account.roles_held = [AccountRole(role=role) for role in now]
    db.session.flush()
    audit.record("account.roles", str(account.id), {"before": " ".join(held_before), "now": " ".join(account.roles)})
