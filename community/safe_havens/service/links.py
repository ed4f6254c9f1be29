"""Private links that open a venue's own page: emailed, good for 30 days, kept as keyed hashes only."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select

from community.extensions import db
from community.safe_havens.models import HavenContact, HavenLink, SafeHaven
from community.shared.clock import london_today
from community.shared.errors import UserError
from community.shared.runtime import runtime

GOOD_DAYS: Final = 30
TOKEN_BYTES: Final = 24
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{32}")


class LinkOver(UserError):
    """The link is too old, or was never ours."""

    def __init__(self) -> None:
        super().__init__("This link has ended, or is not whole. Ask for a new one.")


def new_token() -> str:
    """32 characters that nobody guesses (192 bits)."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(purpose: str, token: str) -> bytes:
    """What is stored of a token: 32 bytes, under the secret key. Raises LinkOver for what is no token."""
    if not _TOKEN.fullmatch(token):
        raise LinkOver
    key = runtime().settings.secret_key.encode()
    return hmac.new(b"haven link " + key, f"{purpose}\0{token}".encode(), hashlib.sha256).digest()


def new_link(haven: SafeHaven, *, on: date | None = None) -> str:
    """A token that opens the venue's page; its hash is flushed. on: London day, today if not given."""
    token = new_token()
    expires = (on or london_today()) + timedelta(days=GOOD_DAYS)
    db.session.add(HavenLink(token_hash=token_hash("venue", token), haven_id=haven.id, expires_on=expires))
    db.session.flush()
    return token


def address_of(token: str) -> str:
    """Where a token leads."""
    return f"{runtime().settings.public_base_url}/safe-havens/yours/{token}"


def haven_of(token: str, *, on: date) -> SafeHaven:
    """The venue that a token opens on a London day. Raises LinkOver."""
    found = db.session.scalar(
        select(SafeHaven)
        .join(HavenLink, HavenLink.haven_id == SafeHaven.id)
        .where(HavenLink.token_hash == token_hash("venue", token), HavenLink.expires_on >= on)
    )
    if found is None:
        raise LinkOver
    return found


def havens_of(email: str) -> list[SafeHaven]:
    """The venues somebody with this email address speaks for, by id."""
    whose = select(HavenContact.haven_id).where(func.lower(HavenContact.email) == email.strip().lower())
    return list(db.session.scalars(select(SafeHaven).where(SafeHaven.id.in_(whose)).order_by(SafeHaven.id)))
