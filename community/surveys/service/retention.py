"""Forgetting on time: tombstones after two days, words after a year, answers with their tallies after two."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, not_, select, text
from sqlalchemy.exc import ProgrammingError

from community.extensions import BUSY_TIMEOUT_MS, db
from community.shared.clock import days_before
from community.surveys.channels import BROUGHT_IN
from community.surveys.models import RESPONDENT, Answer, Comment, ImportedFile, Response, Tally, Tombstone
from community.surveys.service import counting_anew, drafts

log = logging.getLogger(__name__)

TOMBSTONE_DAYS = 2
COMMENT_MONTHS = 12
RESPONSE_MONTHS = 24
LOG_WAIT_MS = 10_000
"""How long a reader may keep SQLite's log from being emptied before this is given up for the night."""


def months_before(day: date, months: int) -> date:
    """The first of the month that lies so many months back: whole months go at once, with their tallies."""
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)


def forget(today: date) -> dict[str, int]:
    """Delete what is past its time; table -> rows. Flushed, not committed.

    Older answers that were brought in from a file are kept as long from the day they came, by their wave. They alone:
    what people sent us to the same wave goes in its time, and the tallies of those days are then counted anew."""
    first_kept = months_before(today, RESPONSE_MONTHS)
    old_responses = select(Response.id).where(_past(first_kept))
    old_words = select(Response.id).where(_past(months_before(today, COMMENT_MONTHS)))
    thinned = _losing_some_of_their_old_answers(first_kept)
    statements = {
        "tombstone": delete(Tombstone).where(Tombstone.deleted_on < days_before(today, TOMBSTONE_DAYS)),
        "comment": delete(Comment).where(Comment.response_id.in_(old_words)),
        "answer": delete(Answer).where(Answer.response_id.in_(old_responses)),
        "response": delete(Response).where(_past(first_kept)),
        "tally": delete(Tally).where(Tally.day < first_kept, Tally.wave_id.not_in(_brought_in_since(first_kept))),
    }
    gone: dict[str, int] = {}
    for table, statement in statements.items():
        result: Any = db.session.execute(statement)
        gone[table] = result.rowcount
    for wave_id in thinned:
        gone["tally"] += counting_anew.count_anew(wave_id, first_kept, today=today)
    gone["questionnaire_draft"] = drafts.forget(today)
    return gone


def _past(first_kept: date) -> ColumnElement[bool]:
    """Responses of before a day, but for those that were brought in from a file since."""
    kept = and_(Response.channel.in_(BROUGHT_IN), Response.wave_id.in_(_brought_in_since(first_kept)))
    return and_(Response.answered_on < first_kept, not_(kept))


def _losing_some_of_their_old_answers(first_kept: date) -> Sequence[int]:
    """Waves that lose old responses and keep others of the same days."""
    kept_for_longer = Response.wave_id.in_(_brought_in_since(first_kept))
    found = select(Response.wave_id).where(_past(first_kept), kept_for_longer).distinct()
    return db.session.scalars(found.order_by(Response.wave_id)).all()


def _brought_in_since(day: date) -> Select[int]:
    return select(ImportedFile.wave_id).where(ImportedFile.imported_on >= day)


def empty_log() -> None:
    """Carry SQLite's log into its file and empty it, where nobody is in the way: what was deleted a minute ago then
    stands in neither. PostgreSQL keeps its own log; see docs/data-inventory.md."""
    db.session.remove()
    if db.engine.dialect.name != "sqlite":
        return
    raw = db.engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("pragma busy_timeout = 0")
        cursor.execute("pragma wal_checkpoint(truncate)")
        cursor.execute(f"pragma busy_timeout = {BUSY_TIMEOUT_MS}")
        cursor.close()
    finally:
        raw.close()


def rewrite() -> None:
    """Write respondents' tables anew in the order of their random ids, and empty the log of earlier versions, so that
    neither tells the order in which people answered. Runs outside any transaction; takes the write lock."""
    db.session.remove()
    if db.engine.dialect.name == "sqlite":
        _rewrite_sqlite()
    else:
        _rewrite_postgresql()


def _rewrite_sqlite() -> None:
    raw = db.engine.raw_connection()  # VACUUM cannot run after our BEGIN
    try:
        cursor = raw.cursor()
        cursor.execute("vacuum")
        cursor.execute(f"pragma busy_timeout = {LOG_WAIT_MS}")
        held_open, *_ = cursor.execute("pragma wal_checkpoint(truncate)").fetchone()
        cursor.execute(f"pragma busy_timeout = {BUSY_TIMEOUT_MS}")
        cursor.close()
    finally:
        raw.close()
    if held_open:
        log.warning(
            "The database's log could not be emptied: something has been reading for long. The next night tries again."
        )


def _rewrite_postgresql() -> None:
    respondents = [table.name for table in Response.metadata.sorted_tables if table.info == RESPONDENT]
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for name in respondents:
            # One transaction writes every row anew: the numbers PostgreSQL gives to transactions tell an order too.
            first = Response.metadata.tables[name].primary_key.columns.values()[0].name
            connection.execute(text(f"update {name} set {first} = {first}"))
            connection.execute(text(f"cluster {name} using pk_{name}"))
        try:
            connection.execute(text("checkpoint"))
        except ProgrammingError:
            log.warning("This database role may not checkpoint: grant it pg_checkpoint, so that old log goes sooner.")
