"""Accounts: made, found, switched off."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Iterable
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


def create(email: str, *, roles: Iterable[str], password: str | None, on: date, demo: bool = False) -> Account:
    """A new account; flushed. password: None until its owner sets one by a link. Raises AccountRefused for an address
    that is none or is taken, or a role there is not."""
    address, held = plain_email(email), tuple(dict.fromkeys(roles))
    if unknown := [role for role in held if role not in ROLES]:
        raise AccountRefused(f"There is no role {unknown[0]!r}: use one or more of {', '.join(ROLES)}.")
    if not held:
        raise AccountRefused(f"Say which role: one or more of {', '.join(ROLES)}.")
    if by_email(address) is not None:
        raise AccountRefused(f"{address} has an account already.")
    account = Account(
        email=address,
        password=passwords.made(password if password is not None else secrets.token_urlsafe(32)),
        fs_uniquifier=secrets.token_hex(32),
        active=True,
        demo=demo,
        created_on=on,
        roles_held=[AccountRole(role=role) for role in held],
    )
    db.session.add(account)
    db.session.flush()
    audit.record("account.create", str(account.id), {"roles": " ".join(account.roles)})
    return account


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


def may_sign_in(account: Account) -> bool:
    """Whether an account is in use here: made-up ones are not, in production."""
    return account.active and not (account.demo and runtime().settings.is_production)


def of_session(account_id: int, mark: str) -> Account | None:
    """The account of a session, unless its sessions were ended or it was switched off."""
    account = db.session.get(Account, account_id)
    if account is None or not hmac.compare_digest(account.fs_uniquifier, mark) or not may_sign_in(account):
        return None
    return account
