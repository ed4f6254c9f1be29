"""Writing many responses and tallies at once in the caller's transaction: executemany on SQLite, COPY on PostgreSQL."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import groupby, islice
from typing import Any

from sqlalchemy import delete, select, text

from community.extensions import db
from community.shared.database import dialect
from community.surveys.models import Answer, Comment, Response
from community.surveys.service import storing, waves
from community.surveys.tallies import Key, Snapshot

ResponseRow = tuple[bytes, int, int | None, int | None, date, str, str, str, int]
TallyRow = tuple[int, str, str, str, int, date, str, str, int, int, int]
BATCH = 20_000
TALLIES_AT_ONCE = 300_000
_DATE_AT = {"response": 4, "tally": 5}
KEYS_AT_ONCE = 200_000

_RESPONSE = "id, wave_id, poster_id, place_id, answered_on, daypart, channel, language, flags"
_ANSWER = "response_id, question, option"
_TALLY = 'wave_id, attribute, question, span, place_id, day, "option", grp, flagged, slot, n'
_TALLY_KEY = _TALLY.removesuffix(", n")
_WHOLE_KEY = _TALLY_KEY.removesuffix(", slot")
_NOTHING_LEFT = f"""delete from tally where ({_WHOLE_KEY}) in
(select {_WHOLE_KEY} from tally group by {_WHOLE_KEY} having sum(n) = 0)"""
_UPSERT = f"on conflict ({_TALLY_KEY}) do update set n = tally.n + excluded.n"


def insert_responses(rows: Iterable[tuple[ResponseRow, Mapping[str, Sequence[str]]]]) -> None:
    """Store responses and their answers, best in the order of their ids."""
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        _insert("response", _RESPONSE, [row for row, _ in batch])
        answers = [(row[0], q, o) for row, given in batch for q in sorted(given) for o in sorted(given[q])]
        _insert("answer", _ANSWER, answers)


def add_tallies(rows: Iterator[TallyRow]) -> int:
    """Add to the tallies; how many rows."""
    total = 0
    while batch := list(islice(rows, TALLIES_AT_ONCE)):
        total += len(batch)
        batch.sort()  # in the order of the key: neighbours are written together
        _insert("tally", _TALLY, batch)
    return total


def delete_channel(channel: str, *, today: date) -> int:
    """Take away every response of a channel with its answers, words and tallies; how many responses went."""
    ids = select(Response.id).where(Response.channel == channel)
    for wave_id in db.session.scalars(select(Response.wave_id).where(Response.channel == channel).distinct()).all():
        counting = waves.fielding(wave_id).counting
        counted: Counter[Key] = Counter()
        for snapshot in _snapshots(wave_id, channel):
            counted.subtract(counting.count(snapshot))
            if len(counted) > KEYS_AT_ONCE:
                storing.add_to_tallies(sorted(counted.items()), today=today)
                counted.clear()
        storing.add_to_tallies(sorted(counted.items()), today=today)
    for model in (Comment, Answer):
        db.session.execute(delete(model).where(model.response_id.in_(ids)))
    result: Any = db.session.execute(delete(Response).where(Response.channel == channel))
    db.session.execute(text(_NOTHING_LEFT))
    return int(result.rowcount)


def _snapshots(wave_id: int, channel: str) -> Iterator[Snapshot]:
    """Every stored response of a wave and channel, in the order of their ids."""
    columns = (
        Response.id,
        Response.wave_id,
        Response.poster_id,
        Response.place_id,
        Response.answered_on,
        Response.daypart,
        Response.channel,
        Response.flags,
        Answer.question,
        Answer.option,
    )
    rows = db.session.execute(
        select(*columns)
        .outerjoin(Answer, Answer.response_id == Response.id)
        .where(Response.wave_id == wave_id, Response.channel == channel)
        .order_by(Response.id),
        execution_options={"yield_per": BATCH},
    )
    for head, group in groupby(rows, key=lambda row: tuple(row[:8])):
        answers: dict[str, tuple[str, ...]] = defaultdict(tuple)
        for row in group:
            if row.question is not None:
                answers[row.question] += (row.option,)
        _, wave, poster, place, day, daypart, sent_by, flags = head
        yield Snapshot(wave, poster, place, day, daypart, sent_by, flags, answers)


def _insert(table: str, columns: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if not rows:
        return
    connection = db.session.connection()
    tail = _UPSERT if table == "tally" else ""
    if dialect() == "sqlite":
        marks = ", ".join("?" * len(rows[0]))
        at, text_of = _DATE_AT.get(table), cache(date.isoformat)
        plain = rows if at is None else [(*row[:at], text_of(row[at]), *row[at + 1 :]) for row in rows]
        connection.exec_driver_sql(f"insert into {table} ({columns}) values ({marks}) {tail}", plain)
        return
    raw: Any = connection.connection.cursor()
    with raw as cursor:
        if table != "tally":
            _copy(cursor, table, columns, rows)
            return
        # COPY knows no conflict: by a table of its own, summed up, as one statement may not meet a key twice.
        cursor.execute("create temp table if not exists fresh_tally (like tally) on commit drop")
        _copy(cursor, "fresh_tally", columns, rows)
        cursor.execute(
            f"insert into tally ({columns}) select {_TALLY_KEY}, sum(n) from fresh_tally group by {_TALLY_KEY} {tail}"
        )
        cursor.execute("truncate fresh_tally")


def _copy(cursor: Any, table: str, columns: str, rows: Sequence[tuple[Any, ...]]) -> None:
    with cursor.copy(f"copy {table} ({columns}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)
