"""The one place where responses, answers and their tallies are written, together."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Delete, bindparam, delete, update

from community.extensions import db
from community.shared.database import Insert, dialect, insert_into
from community.surveys import queries
from community.surveys.fielding import Counting
from community.surveys.models import Answer, Comment, Response, Tally, Tombstone
from community.surveys.tallies import Key, Snapshot, difference

SLOTS = {"sqlite": 1, "postgresql": 8}
"""PostgreSQL writers at one busy poster would wait for one another's rows; each takes one of several at random."""
_KEEP_DAYS_OPEN = 2


def insert_response(id: bytes, snapshot: Snapshot, language: str) -> bool:
    """Store a response without its answers; False when one of this id stands already."""
    values = {
        "id": id, "wave_id": snapshot.wave_id, "poster_id": snapshot.poster_id, "place_id": snapshot.place_id,
        "answered_on": snapshot.answered_on, "daypart": snapshot.daypart, "channel": snapshot.channel,
        "language": language, "flags": snapshot.flags,
    }
    result: Any = db.session.connection().execute(_insert_response(dialect()), values)
    return bool(result.rowcount == 1)


def raise_flags(id: bytes, flags: int) -> None:
    db.session.execute(update(Response).where(Response.id == id).values(flags=flags))


def write_answers(id: bytes, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Make the stored answers of a response what `after` says; question -> options."""
    old = {(question, option) for question, options in before.items() for option in options}
    new = {(question, option) for question, options in after.items() for option in options}
    connection = db.session.connection()
    for question, option in sorted(old - new):
        connection.execute(_delete_answer(), {"r": id, "q": question, "o": option})
    added = [{"response_id": id, "question": q, "option": o} for q, o in sorted(new - old)]
    if added:
        connection.execute(_insert_answers(), added)


def write_comments(id: bytes, comments: Mapping[str, str | None]) -> None:
    """Store masked words by question; None takes them away."""
    for question, text in comments.items():
        db.session.execute(delete(Comment).where(Comment.response_id == id, Comment.question == question))
        if text:
            db.session.add(Comment(response_id=id, question=question, masked_text=text))
    db.session.flush()


def delete_response(id: bytes, on: date) -> None:
    """Take a response and all its answers and words away and leave a bare tombstone."""
    for model in (Comment, Answer):
        db.session.execute(delete(model).where(model.response_id == id))
    db.session.execute(delete(Response).where(Response.id == id))
    db.session.execute(
        insert_into(Tombstone, dialect()).values(id=id, deleted_on=on).on_conflict_do_nothing()
    )


def move_tallies(before: Snapshot | None, after: Snapshot | None, counting: Counting, *, today: date) -> None:
    """Move the tallies from what one response was to what it is, in key order."""
    add_to_tallies(difference(counting.count(before), counting.count(after)), today=today)


def add_to_tallies(changes: list[tuple[Key, int]], *, today: date) -> None:
    """Add changes to the tallies; also to the month's row when the day was rolled up already."""
    if not changes:
        return
    engine = dialect()
    slot = secrets.randbelow(SLOTS[engine])
    rows = [_row(key, key.day, "D", slot, n) for key, n in changes]
    if min(key.day for key, _ in changes) < today - timedelta(days=_KEEP_DAYS_OPEN):
        # Days this near cannot be closed, so the busy path never asks.
        closed = queries.closed_before(lock=True)
        months = Counter[Key]()
        for key, n in changes:
            if closed and key.day < closed:
                months[key._replace(day=key.day.replace(day=1))] += n
        rows += [_row(key, key.day, "M", slot, n) for key, n in sorted(months.items())]
    db.session.connection().execute(_upsert_tally(engine), rows)


def _row(key: Key, day: date, span: str, slot: int, n: int) -> dict[str, Any]:
    return {
        "wave_id": key.wave_id, "attribute": key.attribute, "question": key.question, "span": span,
        "place_id": key.place_id, "day": day, "option": key.option, "grp": key.group, "flagged": key.flagged,
        "slot": slot, "n": n,
    }


@cache
def _insert_response(engine: str) -> Insert:
    return insert_into(Response, engine).on_conflict_do_nothing(index_elements=["id"])


@cache
def _insert_answers() -> Any:
    return Answer.__table__.insert()  # type: ignore[attr-defined]


@cache
def _delete_answer() -> Delete:
    return delete(Answer).where(
        Answer.response_id == bindparam("r"), Answer.question == bindparam("q"), Answer.option == bindparam("o")
    )


@cache
def _upsert_tally(engine: str) -> Insert:
    statement = insert_into(Tally, engine)
    keys = [column.name for column in Tally.__table__.primary_key.columns]  # type: ignore[attr-defined]
    return statement.on_conflict_do_update(index_elements=keys, set_={"n": Tally.n + statement.excluded.n})
