"""Letters that leave once what they tell of is stored for good: a change that is rolled back tells nobody."""

from __future__ import annotations

from typing import Final

from sqlalchemy import event
from sqlalchemy.orm import Session

from community.extensions import db
from community.messaging import email
from community.shared.runtime import runtime

_WAITING: Final = "letters that wait for the commit"


def post(to: str, subject: str, words: str) -> None:
    """Send a letter as soon as the session's transaction is committed."""
    db.session().info.setdefault(_WAITING, []).append((to, subject, words))


def can_send() -> bool:
    """Whether letters reach anybody here."""
    return email.can_send(runtime().settings)


def _send(session: Session) -> None:
    if not session.in_nested_transaction():
        for to, subject, words in session.info.pop(_WAITING, ()):
            email.send(runtime().settings, to, subject, words)


def _drop(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_WAITING, None)


event.listen(db.session, "after_commit", _send)
event.listen(db.session, "after_rollback", _drop)
