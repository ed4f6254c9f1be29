"""Reading the audit trail, a page at a time, the newest first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from community.extensions import db
from community.staff.models import Account, AuditEntry

ON_A_PAGE: Final = 50


@dataclass(frozen=True)
class Line:
    """An entry as a person reads it. who: an email address, or that it was a command."""

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


def _line(entry: AuditEntry, email: str | None) -> Line:
    said = json.loads(entry.detail)
    detail = ", ".join(f"{name}: {value}" for name, value in said.items())
    who = "a command" if entry.who is None else email or f"account {entry.who}"
    return Line(entry.number, entry.minute.replace("T", " ").replace("Z", ""), who, entry.action, entry.subject, detail)
