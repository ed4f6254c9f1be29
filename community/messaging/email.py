"""Email to staff and venues: through a server when one is set, onto the terminal in development.

A letter leaves once what it tells of is stored for good. Until a server has it, it waits in the database
(`outbox.py`): in production without a server too, so that it leaves when one is set in time.
"""

from __future__ import annotations

import logging
import sys
from typing import Any, Final

from flask import current_app
from sqlalchemy import event
from sqlalchemy.orm import Session

from community.config import Settings
from community.extensions import db
from community.messaging import delivery, outbox
from community.messaging.smtp import Letter
from community.shared.clock import london_now
from community.shared.runtime import runtime

log = logging.getLogger(__name__)

NO_SERVER: Final = "no mail server is set (MAIL_SERVER), so no letter reaches staff or venues"
_WAITING: Final = "letters that wait for the commit"


def can_send(settings: Settings) -> bool:
    """Whether a letter would reach anybody. A terminal in production is a log, where no link that opens an account may
    stand."""
    return bool(settings.mail.server) or not settings.is_production


def post(to: str, subject: str, words: str) -> None:
    """Write a letter in plain text with the transaction at hand; it leaves after the commit. To nobody (""): takes as
    long, and goes nowhere. Raises ValueError for an address or a subject that is more than a line."""
    settings, letter = runtime().settings, Letter(to, subject, words)
    letter.message(settings.mail, "")  # what is wrong with it is told to whoever wrote it
    if settings.mail.server or settings.is_production:
        outbox.put(letter, london_now())
    if not can_send(settings):
        log.warning("a letter waits: %s", NO_SERVER)
    db.session().info.setdefault(_WAITING, []).append(letter)


def _leave(session: Session) -> None:
    if session.in_nested_transaction() or not (letters := session.info.pop(_WAITING, None)):
        return
    settings = runtime().settings
    if settings.mail.server:
        delivery.soon(_app())
    elif can_send(settings):
        for letter in letters:
            if letter.to:
                print(f"--- email to {letter.to}: {letter.subject}\n{letter.words}\n---", file=sys.stderr, flush=True)


def _drop(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_WAITING, None)


def _app() -> Any:
    return current_app._get_current_object()  # type: ignore[attr-defined]  # a thread needs the thing itself


event.listen(db.session, "after_commit", _leave)
event.listen(db.session, "after_rollback", _drop)
