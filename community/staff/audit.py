"""Who did what to which record, in a chain in which each entry holds the hash of the one before.

    audit.record("wave.close", "safety/2", {"on": "2027-01-31"})

Stored with the caller's transaction: what is rolled back was not done. Never what a respondent said.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Final, Literal

from sqlalchemy import select, text

from community.extensions import db
from community.shared.runtime import is_asked, runtime
from community.staff.models import AuditEntry, AuditHead

acting: ContextVar[int | None] = ContextVar("acting", default=None)
"""The account that acts in the request at hand; None on a public page and on the command line."""
ACTOR: Final = "actor"
"""Where an entry's detail says what acted, when it was no account and no command."""
Actor = Literal["venue", "visitor"]
START: Final = "0" * 64
"""What stands for the hash before the first entry there ever was."""


def record(
    action: str,
    subject: str,
    detail: Mapping[str, str] | None = None,
    *,
    who: int | None = None,
    otherwise: Actor | None = None,
) -> None:
    """Add an entry to the trail; flushed, not committed, so it belongs in a POST or a command.

    action: a noun and a verb, such as "poster.create". subject: the record, such as a poster's code. detail: what
    changed. who: for an act before anybody is signed in; otherwise the person of the request. otherwise: what acted
    if it is no account: a venue by its private link; a visitor, as anybody on a page is of whom nothing is known."""
    account, said = acting.get() if who is None else who, dict(detail or {})
    if account is None and (actor := otherwise or ("visitor" if is_asked() else None)):
        said[ACTOR] = actor
    head = _held_head()
    entry = AuditEntry(
        number=head.last + 1,
        minute=minute_of(datetime.now(UTC)),
        who=account,
        action=action[:60],
        subject=subject[:200],
        detail=json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        prev_hash=head.last_hash,
    )
    entry.hash = hash_of(entry)
    db.session.add(entry)
    head.last, head.last_hash = entry.number, entry.hash
    head.seal = seal_of(head)
    db.session.flush()


def forget_before(moment: datetime) -> int:
    """Forget entries older than a moment; how many. The head says first, sealed anew, that the chain begins with the
    oldest one kept: the database lets only those before it go."""
    head = _held_head()
    oldest_kept = db.session.scalar(
        select(AuditEntry.number).where(AuditEntry.minute >= minute_of(moment)).order_by(AuditEntry.number).limit(1)
    )
    first = head.last + 1 if oldest_kept is None else oldest_kept
    gone = first - head.first
    if gone <= 0:
        return 0
    last_gone = db.session.get_one(AuditEntry, first - 1)
    head.first, head.before_first = first, last_gone.hash
    head.seal = seal_of(head)
    db.session.flush()
    db.session.execute(text("delete from audit_entry where number < :first"), {"first": first})
    return gone


def minute_of(moment: datetime) -> str:
    """How the trail writes a time: UTC, to the minute."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def hash_of(entry: AuditEntry) -> str:
    """HMAC over canonical JSON of all that an entry says, the hash before it included: who can write to the database
    but has no SECRET_KEY cannot make one."""
    said = [entry.number, entry.minute, entry.who, entry.action, entry.subject, entry.detail, entry.prev_hash]
    return _keyed("audit entry", said)


def seal_of(head: AuditHead) -> str:
    """HMAC over where the trail begins and ends."""
    return _keyed("audit head", [head.first, head.before_first, head.last, head.last_hash])


def _keyed(purpose: str, said: Sequence[object]) -> str:
    words = json.dumps([purpose, *said], ensure_ascii=False, separators=(",", ":")).encode()
    return hmac.new(b"audit " + runtime().settings.secret_key.encode(), words, hashlib.sha256).hexdigest()


def _held_head() -> AuditHead:
    """The head, held until the transaction ends: writers take turns, also those who write the first entry at once."""
    db.session.execute(
        text(
            "insert into audit_head (id, first, before_first, last, last_hash, seal)"
            " values (1, 1, :start, 0, :start, '') on conflict do nothing"
        ),
        {"start": START},
    )
    return db.session.execute(
        select(AuditHead).with_for_update().execution_options(populate_existing=True)
    ).scalar_one()
