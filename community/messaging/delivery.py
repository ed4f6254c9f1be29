"""Letters leave the outbox: at once after the commit, in a thread of their own, and each minute by the job consumer. No
transaction is open while a server is spoken to. One that was given a letter and then cut may be given it again."""

from __future__ import annotations

import logging
import threading
from typing import Final

from flask import Flask

from community.extensions import db, reading
from community.messaging import outbox, smtp
from community.shared.clock import london_now
from community.shared.runtime import runtime

log = logging.getLogger(__name__)

_ROOM: Final = threading.Semaphore(2)  # one that sends, and one that comes after it for what was written meanwhile
_TURN: Final = threading.Lock()


def send_due() -> int:
    """Send what is due, and give up what waited for too long; how many letters left. Commits. What goes wrong is logged
    without address or words."""
    left, now = 0, london_now()
    if given_up := outbox.forget(now):
        log.error("letters that no mail server took for three days, given up: %d", given_up)
    ids = outbox.due(now) if runtime().settings.mail.server else ()
    db.session.commit()
    for id in ids:
        fault = _send(id)
        left += fault is None
        if fault is not None and fault.is_away:
            break
    return left


def soon(app: Flask) -> None:
    """Send what is due in a thread: how long the server takes tells nobody whether there was a letter to send."""
    if _ROOM.acquire(blocking=False):
        threading.Thread(target=_in_turn, args=(app,), name="letters", daemon=True).start()


def _in_turn(app: Flask) -> None:
    try:
        with _TURN, app.app_context():
            reading.set(False)
            send_due()
    except Exception as fault:  # they wait in the database; the consumer comes for them in a minute
        log.error("letters could not be sent: %s", type(fault).__name__)
    finally:
        _ROOM.release()


def _send(id: str) -> smtp.NotTaken | None:
    mail, letter = runtime().settings.mail, outbox.take_up(id, london_now())
    db.session.commit()
    if letter is None:
        return None
    try:
        if letter.to:
            smtp.deliver(mail, letter.message(mail, id))
        outbox.sent(id)
        return None
    except smtp.NotTaken as fault:
        log.error("an email could not be sent, and will be tried again: %s", fault)
        outbox.failed(id, london_now())
        return fault
    finally:
        db.session.commit()
