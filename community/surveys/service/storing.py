"""The one place where responses, answers and their tallies are written, together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import delete

from community.extensions import db
from community.shared.database import connection, dialect, insert_rows, marks, run, run_together
from community.surveys import queries
from community.surveys.fielding import Counting
from community.surveys.models import Answer, Comment, Response
from community.surveys.tallies import Key, Snapshot, difference

SLOTS = {"sqlite": 1, "postgresql": 8}
"""PostgreSQL writers at one busy poster would wait for one another's rows; each takes one of several, by its id."""
_DAYS_SURELY_OPEN = 2

_RESPONSE = """insert into response
(id, wave_id, poster_id, place_id, answered_on, daypart, channel, language, flags)
values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing returning 1"""
_DELETED = "select 1 from tombstone where id = ?"
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
    """A response of this id is stored already."""


class Deleted(Exception):
    """A response of this id was deleted in the last 48 hours; whatever was written must be rolled back."""


def store_new(id: bytes, snapshot: Snapshot, language: str, counting: Counting) -> None:
    """Store a new response with its answers and tallies. Raises Stands, having written nothing, and Deleted.

    The id settles it, not a look beforehand: of two at once, one inserts and the other finds it standing. The
    tombstone is read after the insert, which has waited for anyone who was just deleting that id."""
    s = snapshot
    response = (id, s.wave_id, s.poster_id, s.place_id, s.answered_on, s.daypart, s.channel, language, int(s.flags))
    answers = [(id, question, option) for question in sorted(s.answers) for option in sorted(s.answers[question])]
    tallies = _tally_rows(difference(counting.count(None), counting.count(s)), today=s.answered_on, slot=_slot_of(id))
    if dialect() == "postgresql":
        made, gone = run_together(
            connection(),
            [
                (_all_at_once(len(answers), len(tallies)), [*response, *_flat(answers), *_flat(tallies)]),
                (_DELETED, [id]),
            ],
        )
    else:
        made, gone = run_together(connection(), [(_RESPONSE, response), (_DELETED, [id])])
    if made is None or made[0] == 0:
        raise Stands
    if gone is not None:
        raise Deleted
    if dialect() == "sqlite":
        insert_rows(connection(), _ANSWER, answers)
        insert_rows(connection(), _TALLY, tallies, after=_ADD_UP)


@cache
def _all_at_once(answers: int, tallies: int) -> str:
    """One statement for PostgreSQL: the answers and tallies only go in when the response did."""
    return f"""with made as ({_RESPONSE}),
    told as (insert into {_ANSWER} select v.* from made, (values {marks(answers, 3)}) v),
    counted as (insert into {_TALLY} select v.* from made, (values {marks(tallies, 11)}) v {_ADD_UP})
    select count(*) from made"""


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
    rows = _tally_rows(changes, today=today, slot=_slot_of(id))
    insert_rows(connection(), _TALLY, rows, after=_ADD_UP)
    if after is None:
        for *key, _ in rows:
            run(connection(), _NO_TALLY, key)


def _slot_of(id: bytes) -> int:
    # Always the same for one response, so that what it took back cancels what it gave.
    return id[0] % SLOTS[dialect()]


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
