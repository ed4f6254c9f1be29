"""Who did what to which record, in a chain in which each entry holds the hash of the one before.

    audit.record("wave.close", "safety/2", {"on": "2027-01-31"})

Stored with the caller's transaction: what is rolled back was not done. Never what a respondent said.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import select

from community.extensions import db
from community.shared.runtime import runtime
from community.staff.models import AuditEntry, AuditHead

acting: ContextVar[int | None] = ContextVar("acting", default=None)
"""The account that acts in the request at hand; None on the command line."""
START: Final = "0" * 64
"""What stands for the hash before the first entry there ever was."""


def record(action: str, subject: str, detail: Mapping[str, str] | None = None, *, who: int | None = None) -> None:
    """Add an entry to the trail; flushed, not committed, so it belongs in a POST or a command.

    action: a noun and a verb, such as "poster.create". subject: the record, such as a poster's code. detail: what
    changed. who: for an act before anybody is signed in; otherwise the person of the request."""
    head = _head()
    entry = AuditEntry(
        number=head.last + 1,
        minute=datetime.now(UTC).strftime("%Y-%m-%dT%H:%MZ"),
        who=acting.get() if who is None else who,
        action=action,
        subject=subject,
        detail=json.dumps(dict(detail or {}), ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        prev_hash=head.last_hash,
    )
    entry.hash = hash_of(entry)
    db.session.add(entry)
    head.last, head.last_hash = entry.number, entry.hash
    head.seal = seal_of(head)
    db.session.flush()


def hash_of(entry: AuditEntry) -> str:
    """SHA-256 over canonical JSON of all that an entry says, the hash before it included."""
    said = [entry.number, entry.minute, entry.who, entry.action, entry.subject, entry.detail, entry.prev_hash]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def seal_of(head: AuditHead) -> str:
    """HMAC over where the trail begins and ends, under a key that is not in the database."""
    said = json.dumps([head.first, head.before_first, head.last, head.last_hash], separators=(",", ":"))
    key = hashlib.sha256(b"audit seal " + runtime().settings.secret_key.encode()).digest()
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()


def _head() -> AuditHead:
    """The head, held until the transaction ends: writers take turns."""
    found = db.session.scalar(select(AuditHead).with_for_update().execution_options(populate_existing=True))
    if found is None:
        found = AuditHead(id=1, first=1, before_first=START, last=0, last_hash=START, seal="")
        db.session.add(found)
    return found
