"""Letters wait here from the commit that they tell of until a mail server has them: what is rolled back tells nobody,
and what is stored is told, sooner or later, unless no server takes it for three days."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, func, select, update

from community.extensions import db
from community.messaging.models import WaitingLetter
from community.messaging.smtp import Letter
from community.shared.runtime import runtime
from community.shared.sealed import BadSeal, seal, unseal

KEPT: Final = timedelta(days=3)
"""A letter that nobody took for so long is given up: its words are forgotten."""
NOTED: Final = timedelta(days=30)
"""So long is it known that a letter was given up."""
IN_HAND_SECONDS: Final = 300
"""Whoever takes a letter up has it to themselves for so long: more than a slow server needs."""
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 60, 3600
AT_ONCE: Final = 50
_ABOUT: Final = "letter"


@dataclass(frozen=True)
class Standing:
    """How letters fare. waiting: those that did not leave at once; since: when the first of them was written. given_up:
    those that never left, in the last 30 days."""

    waiting: int
    since: datetime | None
    given_up: int


def pause_seconds(tries: int) -> int:
    """How long to wait after so many tries that failed, one at least: a minute, then twice as long each time, an hour
    at most."""
    return int(min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** min(tries - 1, 10)))


def put(letter: Letter, now: datetime) -> None:
    """Store a letter with the transaction at hand. Flushed."""
    id, at = secrets.token_hex(16), int(now.timestamp())
    sealed = seal([letter.to, letter.subject, letter.words], _key(), _ABOUT)
    db.session.add(WaitingLetter(id=id, sealed=sealed, written_at=at, due_at=at, tries=0))
    db.session.flush()


def due(now: datetime) -> Sequence[str]:
    """Ids of letters to try now, those not tried yet first, then the oldest; so many as one round takes."""
    at = int(now.timestamp())
    waiting = select(WaitingLetter.id).where(WaitingLetter.due_at <= at, WaitingLetter.sealed.is_not(None))
    return db.session.scalars(waiting.order_by(WaitingLetter.tries, WaitingLetter.written_at).limit(AT_ONCE)).all()


def take_up(id: str, now: datetime) -> Letter | None:
    """A letter to be sent, which nobody else then has in hand; None when somebody has, or it is gone, or can no longer
    be read because SECRET_KEY is another. Commit before sending it."""
    at = int(now.timestamp())
    mine = (
        update(WaitingLetter)
        .where(WaitingLetter.id == id, WaitingLetter.due_at <= at, WaitingLetter.sealed.is_not(None))
        .values(due_at=at + IN_HAND_SECONDS)
        .returning(WaitingLetter.sealed)
    )
    sealed = _run(mine).scalar()
    if sealed is None:
        return None
    try:
        return Letter(*unseal(sealed, _key(), _ABOUT, most_length=400_000, most_unpacked=400_000))
    except BadSeal:
        _give_up(WaitingLetter.id == id)
        return None


def sent(id: str) -> None:
    """Forget a letter that has left."""
    _run(delete(WaitingLetter).where(WaitingLetter.id == id))


def failed(id: str, now: datetime) -> None:
    """Keep a letter for a later try."""
    row = db.session.get(WaitingLetter, id, populate_existing=True)
    if row is not None:
        row.tries += 1
        row.due_at = int(now.timestamp()) + pause_seconds(row.tries)
        db.session.flush()


def forget(now: datetime) -> int:
    """Give up what nobody took for three days, and forget in the end that it was; how many were given up."""
    _run(delete(WaitingLetter).where(WaitingLetter.written_at < int((now - NOTED).timestamp())))
    return _give_up(WaitingLetter.written_at <= int((now - KEPT).timestamp()))


def standing(now: datetime) -> Standing:
    """How letters fare."""
    late = (WaitingLetter.tries > 0) | (WaitingLetter.written_at < int(now.timestamp()) - IN_HAND_SECONDS)
    waiting, first = db.session.execute(
        select(func.count(), func.min(WaitingLetter.written_at)).where(WaitingLetter.sealed.is_not(None), late)
    ).one()
    given_up = db.session.scalar(select(func.count()).where(WaitingLetter.sealed.is_(None))) or 0
    return Standing(waiting, datetime.fromtimestamp(first, now.tzinfo) if first else None, given_up)


def _give_up(which: Any) -> int:
    """The words go at once; that there was a letter stays."""
    given_up = _run(update(WaitingLetter).where(which, WaitingLetter.sealed.is_not(None)).values(sealed=None))
    return int(given_up.rowcount)


def _run(statement: Any) -> Any:
    return db.session.execute(statement, execution_options={"synchronize_session": False})


def _key() -> bytes:
    return hmac.new(b"waiting letter " + runtime().settings.secret_key.encode(), b"", hashlib.sha256).digest()
