"""What staff confirmed since the catalogue was written, laid over it.

The file is always there; the database may not be. Help must be shown within a moment either way, so a look at the
database is made at most once a minute, on another thread, and is waited for only briefly: whoever asks meanwhile gets
what was known before, and at the very first the file as it stands."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock, Thread
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, select
from sqlalchemy.orm import Session

from community.extensions import db, reading
from community.support.catalogue import Service
from community.support.models import SupportCheck

LOOK_AGAIN_S: Final = 60.0
WAIT_S: Final = 1.0

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Check:
    """A person asked the service on this London day whether its facts hold."""

    on: date
    by: str


Checks = Mapping[str, Check]


def overlay(services: Iterable[Service], checks: Checks) -> tuple[Service, ...]:
    """The services with what was confirmed since: the later check of file and database counts, and a confirmed service
    is verified. One that has no way to reach it stays held back, whoever confirmed it."""
    return tuple(_checked(service, checks.get(service.id)) for service in services)


def _checked(service: Service, check: Check | None) -> Service:
    if check is None or not service.can_be_reached or (service.verified and check.on < service.checked_on):
        return service
    return replace(service, checked_on=check.on, checked_by=check.by, verified=True)


@dataclass
class _Known:
    """What one database said last, and when to look again (of time.monotonic)."""

    checks: Checks
    look_again_at: float


_known: WeakKeyDictionary[Engine | Connection, _Known] = WeakKeyDictionary()
_lock = Lock()


def known() -> Checks:
    """Service id -> its latest check, at most a minute old while the database answers. Never raises; empty when there
    is no application or the database was never reached."""
    try:
        database: Engine | Connection = db.engine
    except RuntimeError:  # no application: a script, or words being tried
        return {}
    with _lock:
        found = _known.setdefault(database, _Known({}, 0.0))
        if time.monotonic() < found.look_again_at:
            return found.checks
        found.look_again_at = time.monotonic() + LOOK_AGAIN_S  # others go on with what is known
    look = Thread(target=_look, args=(database, found), daemon=True)
    look.start()
    look.join(WAIT_S)
    return found.checks


def forget() -> None:
    """Look again the next time: something was confirmed just now."""
    with _lock:
        _known.clear()


def _look(database: Engine | Connection, found: _Known) -> None:
    reading.set(True)  # this thread's own: SQLite then waits for no writer
    try:
        with Session(database, join_transaction_mode="create_savepoint") as session:
            rows = session.scalars(select(SupportCheck)).all()
            found.checks = {row.service: Check(row.checked_on, row.checked_by) for row in rows}
    except Exception as error:  # whatever befalls the database, help is shown from the file
        log.warning("Checks of support services could not be read (%s); the file is used.", type(error).__name__)
