"""Whether the audit trail is whole: every entry recomputed, from the first kept to where the head says it ends."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from community.extensions import db
from community.staff.audit import hash_of, seal_of
from community.staff.models import Account, AuditEntry, AuditHead


@dataclass(frozen=True)
class Verdict:
    """entries: how many are sound from the beginning. bad: number of the first that is not; None when all are, or when
    what is wrong is the end. fault: what is wrong, in words; None when nothing is. end: number and hash of the last."""

    entries: int
    bad: int | None
    fault: str | None
    end: tuple[int, str] | None


def verify(known: tuple[int, str] | None = None) -> Verdict:
    """Check the whole trail. known: number and hash of an entry that somebody wrote down elsewhere at an earlier check,
    which also tells a trail that was put back to an older copy, head and all."""
    head = db.session.scalar(select(AuditHead).with_for_update())  # nobody adds to it while it is read
    rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number).execution_options(yield_per=1000))
    try:
        return _without_head(rows) if head is None else _read(head, rows, known)
    finally:
        rows.close()


def _read(head: AuditHead, rows: Iterable[AuditEntry], known: tuple[int, str] | None) -> Verdict:
    if not hmac.compare_digest(seal_of(head), head.seal):
        return Verdict(
            0, None, "The record of where the trail begins and ends was changed: its seal is not right.", None
        )
    number, before = head.first - 1, head.before_first
    for row in rows:
        fault = _fault(row, number, before)
        if fault is None and known is not None and row.number == known[0] and row.hash != known[1]:
            fault = f"Entry {row.number} is not the one that was noted."
        if fault:
            return Verdict(number - head.first + 1, row.number, fault, None)
        number, before = row.number, row.hash
        db.session.expunge(row)
    sound = number - head.first + 1
    if (number, before) != (head.last, head.last_hash):
        return Verdict(sound, None, f"The end was cut off: the last entry is {number}, not {head.last}.", None)
    if known is not None and number < known[0]:
        return Verdict(sound, None, f"The end was cut off: entry {known[0]} was noted; the last is {number}.", None)
    return Verdict(sound, None, None, (number, before))


def _fault(row: AuditEntry, number: int, before: str) -> str | None:
    if row.number != number + 1:
        return f"Entry {number + 1} is missing: after {number} comes {row.number}."
    if not hmac.compare_digest(row.hash, hash_of(row)):
        return f"Entry {row.number} was changed: it is not what was recorded."
    if not hmac.compare_digest(row.prev_hash, before):
        return f"Entry {row.number} does not follow the one before it."
    return None


def _without_head(rows: Iterable[AuditEntry]) -> Verdict:
    if next(iter(rows), None) is not None:
        return Verdict(0, None, "The record of where the trail begins and ends is missing.", None)
    if db.session.scalar(select(func.count()).select_from(Account)):
        return Verdict(0, None, "The whole trail is missing: there are accounts, and making one is recorded.", None)
    return Verdict(0, None, None, None)
