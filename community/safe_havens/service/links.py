"""Private links that open a venue's own page: emailed, good for 30 days, kept as keyed hashes only.

A link is one person's: its end follows from the address it was sent to, so that it opens nothing once that address no
longer speaks for the venue, whoever took it off."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from datetime import date, timedelta
from typing import Final

from sqlalchemy import delete, func, select

from community.extensions import db
from community.safe_havens.models import HavenContact, HavenLink, SafeHaven
from community.shared.clock import london_today
from community.shared.errors import UserError
from community.shared.runtime import runtime

GOOD_DAYS: Final = 30
TOKEN_BYTES: Final = 24
WHOSE_BYTES: Final = 6
"""Of a link's token, those that tell whose it is."""
_WHOSE_LENGTH: Final = WHOSE_BYTES * 4 // 3
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


def new_link(haven: SafeHaven, email: str, *, on: date | None = None) -> str:
    """A token that opens the venue's page for one person; its hash is flushed. email: of a contact of it. on: London
    day, today if not given."""
    part = secrets.token_urlsafe(TOKEN_BYTES - WHOSE_BYTES)
    token = part + _whose(part, email)
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
    if found is None or holder(token, found) is None:
        raise LinkOver
    return found


def holder(token: str, haven: SafeHaven) -> HavenContact | None:
    """Whose link this is, among those who speak for the venue now."""
    part, whose = token[:-_WHOSE_LENGTH], token[-_WHOSE_LENGTH:]
    return next((one for one in haven.contacts if hmac.compare_digest(_whose(part, one.email), whose)), None)


def end(haven: SafeHaven, *, but: str) -> None:
    """End every link to a venue but the one at hand."""
    others = delete(HavenLink).where(HavenLink.haven_id == haven.id, HavenLink.token_hash != token_hash("venue", but))
    db.session.execute(others, execution_options={"synchronize_session": False})


def spoken_for(email: str) -> list[tuple[SafeHaven, str]]:
    """(venue, the address as it is stored) of each venue that somebody with this email address speaks for, by id."""
    whose = (
        select(SafeHaven, HavenContact.email)
        .join(HavenContact, HavenContact.haven_id == SafeHaven.id)
        .where(func.lower(HavenContact.email) == email.strip().lower())
        .order_by(SafeHaven.id)
    )
    return list({haven.id: (haven, address) for haven, address in db.session.execute(whose)}.values())


def _whose(part: str, email: str) -> str:
    key = runtime().settings.secret_key.encode()
    digest = hmac.new(b"haven link of " + key, f"{part}\0{email.strip().lower()}".encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(digest[:WHOSE_BYTES]).decode()
