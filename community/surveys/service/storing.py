"""The one place where responses, answers and their tallies are written, together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import delete

from community.extensions import db
from community.shared.database import at_once, connection, dialect, insert_rows, marks, own_transaction, run
from community.surveys import queries
from community.surveys.fielding import Counting
from community.surveys.models import Answer, Comment, Response
from community.surveys.tallies import Key, Snapshot, difference

SLOTS = {"sqlite": 1, "postgresql": 8}
"""PostgreSQL writers at one busy poster would wait for one another's rows; each takes one of several, by its id."""
_DAYS_SURELY_OPEN = 2

_RESPONSE = """insert into response
(id, wave_id, poster_id, place_id, answered_on, daypart, channel, language, flags)
select ?, ?, ?, ?, ?, ?, ?, ?, ? where not exists (select 1 from tombstone where id = ?)
on conflict (id) do nothing returning 1"""
_ONE_AT_A_TIME = "select pg_advisory_xact_lock(?)"
_FLAGS = "update response set flags = ? where id = ?"
_ANSWER = 'answer (response_id, question, "option")'
_NO_ANSWER = 'delete from answer where response_id = ? and question = ? and "option" = ?'
_TOMBSTONE = "insert into tombstone (id, deleted_on) values (?, ?) on conflict (id) do nothing"
_TALLY = 'tally (wave_id, attribute, question, span, place_id, day, "option", grp, flagged, slot, n)'
_NO_TALLY = """delete from tally where wave_id = ? and attribute = ? and question = ? and span = ? and place_id = ?
and day = ? and "option" = ? and grp = ? and flagged = ? and slot = ? and n = 0"""
_ADD_UP = """on conflict (wave_id, attribute, question, span, place_id, day, "option", grp, flagged, slot)
do update set n = tally.n + excluded.n"""


class Stands(Exception):
    """A response of this id is stored already, or was deleted in the last 48 hours."""


def store_new(id: bytes, snapshot: Snapshot, language: str, counting: Counting) -> None:
    """Store and commit a new response with its answers and tallies. Raises Stands, having written nothing.

    The id settles it, not a look beforehand: of two at once, one inserts and the other finds it standing. Nor can it
    slip in while it is being deleted: SQLite has one writer, and on PostgreSQL both take the id's lock first."""
    s = snapshot
    response = (id, s.wave_id, s.poster_id, s.place_id, s.answered_on, s.daypart, s.channel, language, int(s.flags), id)
    answers = [(id, question, option) for question in sorted(s.answers) for option in sorted(s.answers[question])]
    with own_transaction() as on:
        lite = on.dialect.name == "sqlite"
        slot = _slot_of(id, on.dialect.name)
        tallies = _tally_rows(difference(counting.count(None), counting.count(s)), today=s.answered_on, slot=slot)
        if not lite:
            everything = [*response, *_flat(answers), *_flat(tallies)]
            made = at_once(on, [_lock(id), (_all_at_once(len(answers), len(tallies)), everything)])
        elif made := run(on, _RESPONSE, response).fetchone():
            insert_rows(on, _ANSWER, answers)
            insert_rows(on, _TALLY, tallies, after=_ADD_UP)
    if not made:
        raise Stands


@cache
def _all_at_once(answers: int, tallies: int) -> str:
    """One statement for PostgreSQL: the answers and tallies only go in when the response did. A row if it did."""
    return f"""with made as ({_RESPONSE}),
    told as (insert into {_ANSWER} select v.* from made, (values {marks(answers, 3)}) v),
    counted as (insert into {_TALLY} select v.* from made, (values {marks(tallies, 11)}) v {_ADD_UP})
    select 1 from made"""


def _lock(id: bytes) -> tuple[str, list[int]]:
    """The lock of an id, held to the end of the transaction; a statement of its own, so that what follows sees what
    the one before it committed."""
    return _ONE_AT_A_TIME, [int.from_bytes(id[:8], signed=True)]


def _flat(rows: Sequence[tuple[Any, ...]]) -> list[Any]:
    return [value for row in rows for value in row]


def raise_flags(id: bytes, flags: int) -> None:
    run(connection(), _FLAGS, (int(flags), id))


def write_answers(id: bytes, before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]) -> None:
    """Make the stored answers of a response what `after` says; question -> options."""
    old = {(id, question, option) for question, options in before.items() for option in options}
    new = {(id, question, option) for question, options in after.items() for option in options}
    for row in sorted(old - new):
        run(connection(), _NO_ANSWER, row)
    insert_rows(connection(), _ANSWER, sorted(new - old))


def write_comments(id: bytes, comments: Mapping[str, str | None]) -> None:
    """Store masked words by question; None takes them away."""
    for question, text in comments.items():
        db.session.execute(delete(Comment).where(Comment.response_id == id, Comment.question == question))
        if text:
            db.session.add(Comment(response_id=id, question=question, masked_text=text))
    db.session.flush()


def delete_response(id: bytes, on: date) -> None:
    """Take a response and all its answers and words away and leave a bare tombstone."""
    if dialect() == "postgresql":
        run(connection(), *_lock(id))
    run(connection(), _TOMBSTONE, (id, on))
    for model in (Comment, Answer):
        db.session.execute(delete(model).where(model.response_id == id))
    db.session.execute(delete(Response).where(Response.id == id))


def move_tallies(
    id: bytes, before: Snapshot | None, after: Snapshot | None, counting: Counting, *, today: date
) -> None:
    """Move the tallies from what one response was to what it is, in key order. Of one that is gone, nothing is left:
    what it alone was counted under goes as well."""
    changes = difference(counting.count(before), counting.count(after))
    rows = _tally_rows(changes, today=today, slot=_slot_of(id, dialect()))
    insert_rows(connection(), _TALLY, rows, after=_ADD_UP)
    if after is None:
        for *key, _ in rows:
            run(connection(), _NO_TALLY, key)


def _slot_of(id: bytes, engine: str) -> int:
    # Always the same for one response, so that what it took back cancels what it gave.
    return id[0] % SLOTS[engine]


def add_to_tallies(changes: list[tuple[Key, int]], *, today: date) -> None:
    """Add changes, which stand in key order, to the tallies; to the month's row too when its day was rolled up."""
    insert_rows(connection(), _TALLY, _tally_rows(changes, today=today, slot=0), after=_ADD_UP)


def _tally_rows(changes: list[tuple[Key, int]], *, today: date, slot: int) -> list[tuple[Any, ...]]:
    rows = [_row(key, key.day, "D", slot, n) for key, n in changes]
    if changes and min(key.day for key, _ in changes) < today - timedelta(days=_DAYS_SURELY_OPEN):
        # Days this near cannot be closed, so the busy path never asks.
        closed = queries.closed_before(lock=True)
        months = Counter[Key]()
        for key, n in changes:
            if closed and key.day < closed:
                months[key._replace(day=key.day.replace(day=1))] += n
        rows += [_row(key, key.day, "M", slot, n) for key, n in sorted(months.items())]
    return rows


def _row(key: Key, day: date, span: str, slot: int, n: int) -> tuple[Any, ...]:
    wave_id, attribute, question, place_id, _, option, group, flagged = key
    return wave_id, attribute, question, span, place_id, day, option, group, flagged, slot, n
