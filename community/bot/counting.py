"""Counting needs, by day and channel only, without keeping anybody waiting.

What a message is about is noted in memory; each worker carries its notes to RUNTIME_DIR, and the job process carries
those to the database. A database that is gone delays no reply: the counts wait."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from community.bot.meaning import NEEDS
from community.bot.models import NeedCount
from community.extensions import db
from community.shared.counters import Counters
from community.surveys.service.retention import months_before

CHANNELS: Final = ("sms", "whatsapp", "web")
KEPT_MONTHS: Final = 24

Counts = Mapping[tuple[date, str, str], int]
"""(London day, channel, need) -> how many talks."""


def note_needs(counters: Counters, channel: str, day: date, needs: Iterable[str]) -> None:
    """Count one more talk through this channel for each need; in memory for now."""
    if channel in CHANNELS:
        for need in needs:
            counters.note(_kind(channel), NEEDS.index(need), day.isoformat())


def take_counts(counters: Counters) -> dict[tuple[date, str, str], int]:
    """What was counted, removed from RUNTIME_DIR in the same step."""
    return {
        (date.fromisoformat(day), channel, NEEDS[item]): n
        for channel in CHANNELS
        for (item, day), n in counters.take(_kind(channel)).items()
        if 0 <= item < len(NEEDS)
    }


def put_back(counters: Counters, counts: Counts) -> None:
    """Let counts wait for the next time, as they could not be stored."""
    for (day, channel, need), n in counts.items():
        counters.note(_kind(channel), NEEDS.index(need), day.isoformat(), n)
    counters.flush()


def add_counts(counts: Counts) -> None:
    """Add to what the database has. Flushed, not committed."""
    rows = [
        {"counted_on": day, "channel": channel, "need": need, "n": n}
        for (day, channel, need), n in sorted(counts.items())
        if n > 0
    ]
    if not rows:
        return
    dialect: Any = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
    table = NeedCount.__table__
    insert = dialect.insert(table)
    key = ["counted_on", "channel", "need"]
    db.session.execute(
        insert.on_conflict_do_update(index_elements=key, set_={"n": table.c.n + insert.excluded.n}), rows
    )


def forget_counts(today: date) -> int:
    """Delete the counts that are past their time, whole months at once; how many rows. Flushed, not committed."""
    done: Any = db.session.execute(delete(NeedCount).where(NeedCount.counted_on < months_before(today, KEPT_MONTHS)))
    return int(done.rowcount)


def _kind(channel: str) -> str:
    return f"needs {channel}"
