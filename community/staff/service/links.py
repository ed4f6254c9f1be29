"""Links that set a password: sent by email, or handed over for a new account. Good once, for a day."""

from __future__ import annotations

import secrets

from flask_security.recoverable import generate_reset_password_token
from flask_security.utils import check_and_get_token_status, verify_hash

from community.extensions import db
from community.shared.errors import UserError
from community.shared.runtime import runtime
from community.staff import audit
from community.staff.engine import LINK_LIFE
from community.staff.here import here
from community.staff.models import Account
from community.staff.service import accounts, passwords


class LinkOver(UserError):
    """The link was used, is too old, or was never ours."""


def link_for(account: Account, *, given: str) -> str:
    """An address at which its holder sets a password. It names no person. That there is one is recorded: flushed.
    given: by which way it goes, "email" or "printed"."""
    audit.record("account.link", str(account.id), {"given": given})
    token: str = generate_reset_password_token(account)  # type: ignore[no-untyped-call]
    return f"{runtime().settings.public_base_url}/staff/new-password/{token}"


def holder(token: str) -> Account:
    """Whose link it is. Raises LinkOver."""
    expired, invalid, said = check_and_get_token_status(token, "reset", LINK_LIFE)
    account = accounts.by_uniquifier(said[0]) if said and not (expired or invalid) else None
    if account is None or not accounts.may_sign_in(account) or not verify_hash(said[1], account.password):
        raise LinkOver("This link was used before, or is more than a day old. Ask for a new one.")
    return account


def set_password(account: Account, password: str, *, action: str) -> None:
    """Keep a new password and end every session and link there is. Flushed; whatever was not committed is rolled back
    first, so that nobody waits for the hash. Raises PasswordRefused, Busy."""
    passwords.check(password, email=account.email)
    db.session.rollback()
    account.password = passwords.made(password)
    end_sessions(account)
    audit.record(action, str(account.id), who=account.id)
    db.session.flush()


def end_sessions(account: Account) -> None:
    """Sign a person out everywhere: on this host at once, on any other at the next page."""
    account.fs_uniquifier = secrets.token_hex(32)
    here().sessions.end_all(account.id)
    db.session.flush()
