"""The first step of signing in: an email address and a password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from community.extensions import db, reading
from community.staff import audit
from community.staff.models import Account
from community.staff.pacing import FREE_TRIES
from community.staff.service import accounts, passwords


def check(email: str, password: str, *, may_queue: bool = True) -> Account | None:
    """The account whose password this is; None for a wrong one, an address without an account and one switched off,
    after the same time. No transaction is open while the hash is made. may_queue: as passwords.is_right takes it.
    Raises Busy."""
    with _only_reading():
        found = accounts.by_email(email)
        kept = found.password if found is not None and accounts.may_sign_in(found) else None
    right = passwords.is_right(password, kept, may_queue=may_queue)
    return accounts.by_email(email) if right else None


def confirm(account: Account, password: str) -> bool:
    """Whether somebody who is signed in knows their password. Whatever was not committed is rolled back first. Raises
    Busy."""
    kept = account.password
    db.session.rollback()
    return passwords.is_right(password, kept)


def note_wrong(email: str, wrong: int) -> bool:
    """Record once that somebody tries passwords for an account; whether there was something to record. Flushed."""
    if wrong != FREE_TRIES:
        return False
    account = accounts.by_email(email)
    if account is not None:
        audit.record("account.many-wrong-passwords", str(account.id), {"wrong": str(wrong)})
    return account is not None


@contextmanager
def _only_reading() -> Iterator[None]:
    """On SQLite a request that will write has its turn from its first question on; this one gives it back at once."""
    before = reading.get()
    db.session.rollback()
    reading.set(True)
    try:
        yield
    finally:
        db.session.rollback()
        reading.set(before)
