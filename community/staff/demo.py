"""Somebody of each role to sign in as while trying things: made in development only, and useless in production.

Their common password and their app secrets are made from SECRET_KEY, which in development is drawn for each machine: so
they can be printed at every start without being kept anywhere.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from community.extensions import db
from community.shared.errors import UserError
from community.shared.runtime import runtime
from community.staff.models import Account
from community.staff.roles import ROLES
from community.staff.service import accounts, passwords, second_step


class NotHere(UserError):
    """Demonstration accounts do not exist in production."""


@dataclass(frozen=True)
class SignIn:
    """What somebody needs to sign in. totp_secret: base 32, as an app takes it."""

    email: str
    roles: tuple[str, ...]
    password: str
    totp_secret: str

    @property
    def document(self) -> dict[str, object]:
        return {**self.__dict__, "roles": list(self.roles), "demo": True}

    @property
    def line(self) -> str:
        return f"{self.email}   password {self.password}   app secret {self.totp_secret}"


def make(email: str, roles: Iterable[str], *, on: date, kept: str | None = None) -> SignIn:
    """A new account to try things with. Flushed. kept: the hash of their common password, where it was made already.
    Raises NotHere in production, AccountRefused."""
    if runtime().settings.is_production:
        raise NotHere("There are no demonstration accounts in production: leave --demo out.")
    address = accounts.plain_email(email)
    account = accounts.create(address, roles=roles, password=_password(), on=on, demo=True, kept=kept)
    account.totp_secret = second_step.encrypted(_secret(address))
    db.session.flush()
    return _of(account)


def one_of_each_role(on: date) -> list[SignIn]:
    """A sign-in for each role, made where there is none. Flushed; nothing in production."""
    if runtime().settings.is_production:
        return []
    there = {role: accounts.by_email(f"{role}@demo.example") for role in ROLES}
    kept = passwords.made(_password()) if None in there.values() else None
    return [
        make(f"{role}@demo.example", [role], on=on, kept=kept) if account is None else _of(account)
        for role, account in there.items()
    ]


def _of(account: Account) -> SignIn:
    return SignIn(account.email, account.roles, _password(), _secret(account.email))


def _password() -> str:
    text = base64.b32encode(_drawn("password", "everybody")).decode().lower()
    return "-".join(text[start : start + 5] for start in (0, 5, 10))


def _secret(email: str) -> str:
    return base64.b32encode(_drawn("app secret", email)[:20]).decode()


def _drawn(purpose: str, email: str) -> bytes:
    key = b"demo account " + runtime().settings.secret_key.encode()
    return hmac.new(key, f"{purpose} {email}".encode(), hashlib.sha256).digest()
