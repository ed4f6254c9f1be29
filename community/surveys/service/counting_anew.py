"""Tallies of old days made anew from the responses that are left of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select, text

from community.extensions import db
from community.shared.database import dialect
from community.surveys.models import Answer, Response, Tally
from community.surveys.service import storing, waves
from community.surveys.tallies import Key, Snapshot


def count_anew(wave_id: int, before: date, *, today: date) -> int:
    """Make the tallies of a wave's days before a day say what the stored responses say; how many rows fewer there are.
    Flushed. before: the first of a month, since months are counted too.

    For waves where one answer of a day goes and another of the same day stays: a tally tells no two of them apart."""
    _hold_back_other_writers()
    old = (Tally.wave_id == wave_id, Tally.day < before)
    gone: Any = db.session.execute(delete(Tally).where(*old))
    counting = waves.fielding(wave_id).counting
    for day in _days_left(wave_id, before):
        counted: Counter[Key] = Counter()
        for snapshot in _responses(wave_id, day):
            counted.update(counting.count(snapshot))
        storing.add_to_tallies(sorted(counted.items()), today=today)
    left = db.session.scalar(select(func.count()).select_from(Tally).where(*old))
    return int(gone.rowcount) - int(left or 0)


def _hold_back_other_writers() -> None:
    """Whoever writes old days reads `rollup` FOR SHARE on PostgreSQL, and now waits until we are done: rows and tallies
    that are being brought in meanwhile would be counted twice. SQLite has one writer at a time."""
    if dialect() == "postgresql":
        db.session.execute(text("lock table rollup in exclusive mode"))


def _days_left(wave_id: int, before: date) -> list[date]:
    found = select(Response.answered_on).where(Response.wave_id == wave_id, Response.answered_on < before).distinct()
    return list(db.session.scalars(found.order_by(Response.answered_on)))


def _responses(wave_id: int, day: date) -> Iterator[Snapshot]:
    """The responses of one day of a wave, as they are counted."""
    of_the_day = (Response.wave_id == wave_id, Response.answered_on == day)
    answers: defaultdict[bytes, dict[str, tuple[str, ...]]] = defaultdict(dict)
    told = select(Answer.response_id, Answer.question, Answer.option).join(Response, Response.id == Answer.response_id)
    for id, question, option in db.session.execute(told.where(*of_the_day)):
        answers[id][question] = (*answers[id].get(question, ()), option)
    columns = (Response.poster_id, Response.place_id, Response.daypart, Response.channel, Response.flags)
    for id, poster_id, place_id, daypart, channel, flags in db.session.execute(
        select(Response.id, *columns).where(*of_the_day)
    ):
        yield Snapshot(wave_id, poster_id, place_id, day, daypart, channel, flags, answers[id])
