"""Applications saved to go on with later: for 30 days, opened by a private link only.

What is stored is sealed under the link's own token, of which we keep a hash: who holds the database cannot read it."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import delete

from community.extensions import db
from community.safe_havens.models import HavenDraft
from community.safe_havens.service.links import LinkOver, new_token, token_hash
from community.shared.runtime import runtime
from community.shared.sealed import BadSeal, seal, unseal

KEPT_DAYS: Final = 30
_ABOUT: Final = "draft"


def save(value: Any, *, token: str, on: date) -> str:
    """Store what was filled in so far; the token that opens it, flushed. token: of the draft this goes on from, or ""
    for a new one."""
    try:
        row = db.session.get(HavenDraft, token_hash(_ABOUT, token)) if token else None
    except LinkOver:
        row = None
    if row is None:
        token = new_token()
        row = HavenDraft(token_hash=token_hash(_ABOUT, token))
        db.session.add(row)
    row.answers, row.saved_on = seal(value, _key(token), _ABOUT), on
    db.session.flush()
    return token


def opened(token: str, *, on: date) -> Any:
    """What was saved. Raises LinkOver for a draft that is too old, was sent off, or never was."""
    row = db.session.get(HavenDraft, token_hash(_ABOUT, token))
    if row is None or row.saved_on < on - timedelta(days=KEPT_DAYS):
        raise LinkOver
    try:
        return unseal(row.answers, _key(token), _ABOUT)
    except BadSeal as error:
        raise LinkOver from error


def drop(token: str) -> None:
    """Delete a draft that was sent off; nothing when there is none."""
    if token:
        db.session.execute(delete(HavenDraft).where(HavenDraft.token_hash == token_hash(_ABOUT, token)))


def address_of(token: str) -> str:
    return f"{runtime().settings.public_base_url}/safe-havens/register/saved/{token}"


def _key(token: str) -> bytes:
    return hashlib.sha256(f"haven draft\0{token}".encode()).digest()
