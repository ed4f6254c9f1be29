"""Reading the audit trail: a page at a time, the newest first, or what was done with one record."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from sqlalchemy import select

from community.extensions import db
from community.shared.clock import LONDON
from community.staff.audit import ACTOR
from community.staff.models import Account, AuditEntry

ON_A_PAGE: Final = 50
COMMAND: Final = "a command"
WORDS: Final = {"venue": "the venue", "visitor": "a visitor"}
"""What acted, where it was no account."""
_BEFORE: Final = {
    "haven.apply": "visitor",
    "haven.agree": "venue",
    "haven.renew": "venue",
    "account.many-wrong-passwords": "visitor",
}
"""Entries of these kinds that do not say what acted are older than that."""


@dataclass(frozen=True)
class Line:
    """An entry as a person reads it. who: an email address, or what it was if no account acted."""

    number: int
    minute: str
    who: str
    action: str
    subject: str
    detail: str


@dataclass(frozen=True)
class Page:
    """lines: newest first. older: the number to go on from; None when there is nothing older."""

    lines: list[Line]
    older: int | None


def page(before: int | None = None) -> Page:
    """A page of entries older than a number; of the newest without one."""
    found = select(AuditEntry, Account.email).outerjoin(Account, Account.id == AuditEntry.who)
    if before is not None:
        found = found.where(AuditEntry.number < before)
    rows = db.session.execute(found.order_by(AuditEntry.number.desc()).limit(ON_A_PAGE + 1)).all()
    lines = [_line(entry, email) for entry, email in rows[:ON_A_PAGE]]
    return Page(lines, lines[-1].number if len(rows) > ON_A_PAGE else None)


@dataclass(frozen=True)
class Done:
    """That something was done with a record on a London day. who: as in Line."""

    on: date
    action: str
    who: str


def done_with(subject: str, kind: str) -> Sequence[Done]:
    """What was done with a record and by whom, the oldest first. kind: of record, such as "haven"."""
    found = (
        select(AuditEntry, Account.email)
        .outerjoin(Account, Account.id == AuditEntry.who)
        .where(AuditEntry.subject == subject, AuditEntry.action.startswith(f"{kind}."))
        .order_by(AuditEntry.number)
    )
    return [
        Done(_day(entry.minute), entry.action, _who(entry, email, json.loads(entry.detail)))
        for entry, email in db.session.execute(found)
    ]


def _line(entry: AuditEntry, email: str | None) -> Line:
    said = json.loads(entry.detail)
    detail = ", ".join(f"{name}: {value}" for name, value in said.items() if name != ACTOR)
    minute = entry.minute.replace("T", " ").replace("Z", "")
    return Line(entry.number, minute, _who(entry, email, said), entry.action, entry.subject, detail)


def _who(entry: AuditEntry, email: str | None, said: dict[str, str]) -> str:
    if entry.who is not None:
        return email or f"account {entry.who}"
    older = "venue" if said.get("by") == "venue" else _BEFORE.get(entry.action, "")
    return WORDS.get(said.get(ACTOR, older), COMMAND)


def _day(minute: str) -> date:
    return datetime.strptime(minute, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC).astimezone(LONDON).date()
