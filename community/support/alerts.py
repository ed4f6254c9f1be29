"""Letters to those who look after the directory: once a week while a service is overdue for a check, and once for
each that is soon to be hidden. What was told is noted in RUNTIME_DIR: losing it costs a letter sent twice, no more."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from community.messaging import email
from community.shared.clock import days_before
from community.shared.runtime import runtime
from community.staff.service import accounts
from community.support import service
from community.support.catalogue import HIDE_AFTER, Service
from community.support.due import first_hidden, how_many, what_becomes_of

log = logging.getLogger(__name__)

PERMISSION: Final = "check_services"
PAGE: Final = "/staff/services"
DAYS_BETWEEN: Final = 7
MOST_LISTED: Final = 20
"""Services named in one letter; the page names them all."""
_WEEKLY: Final = "letter: services to check"
_HIDDEN: Final = "letter: services soon hidden"

_HOW: Final = """\
Ask each whether its facts still hold. When they do, say so on the server, with your name or team:

    .venv/bin/flask --app community support confirm {first} --by "your name"

All of them, and what to ask: {page}
The steps stand in docs/how-to/keep-help-current.md.
"""


def tell(today: date) -> int:
    """Write what has become due to everybody who may see to it; how many letters to each, which leave with the caller's
    commit. Nothing is noted as told where no letter would reach anybody, so that it is told once one does."""
    if not email.can_send(runtime().settings):
        return 0
    due, soon = service.overdue(today=today), service.soon_hidden(today=today)
    readers = [one.email for one in accounts.everyone() if one.may(PERMISSION) and accounts.may_sign_in(one)]
    if due and not readers:
        log.warning("nobody looks after the support directory: services to check were told to nobody")
        return 0
    return _tell_weekly(due, today, readers) + _tell_soon_hidden(soon, today, readers)


def _tell_weekly(due: Sequence[Service], today: date, readers: Sequence[str]) -> int:
    counters = runtime().counters
    days = [days_before(today, n).isoformat() for n in range(DAYS_BETWEEN)]
    if not due or any(counters.total(_WEEKLY, 0, day) for day in days):
        return 0
    _note(_WEEKLY, [today.isoformat()])
    counters.forget_before(_WEEKLY, days[-1])
    opening = (
        f"{how_many(due)} of the help directory {'has' if len(due) == 1 else 'have'} not been checked for more than 90 "
        "days. After 180 days the public no longer sees a service, unless it is of the national core."
    )
    closing = "This letter comes once a week until that is done."
    _send(readers, f"Help directory: {how_many(due)} to check", _body(opening, due, closing, today))
    return 1


def _tell_soon_hidden(going: Sequence[Service], today: date, readers: Sequence[str]) -> int:
    counters = runtime().counters
    untold = {mark: one for one in going if not counters.total(_HIDDEN, 0, mark := _mark(one))}
    if not untold:
        return 0
    _note(_HIDDEN, untold)
    counters.forget_before(_HIDDEN, (today - HIDE_AFTER - timedelta(days=1)).isoformat())  # hidden by now
    soon = tuple(untold.values())
    opening = (
        f"Unless somebody checks {'it' if len(soon) == 1 else 'them'}, {how_many(soon)} of the help directory will be "
        f"hidden from the public, the first on {first_hidden(soon)}."
    )
    closing = "Each service is told of once."
    _send(readers, f"Help directory: {how_many(soon)} soon hidden", _body(opening, soon, closing, today))
    return 1


def _mark(one: Service) -> str:
    """Of a service as it was last checked: a new check makes it another. Begins with the day, to be forgotten by."""
    return f"{one.checked_on.isoformat()} {one.id}"


def _note(kind: str, marks: Iterable[str]) -> None:
    for mark in marks:
        runtime().counters.note(kind, 0, mark)
    runtime().counters.flush()


def _body(opening: str, services: Sequence[Service], closing: str, today: date) -> str:
    lines = [f"- {one.name} ({one.id}): {what_becomes_of(one, today)}" for one in services[:MOST_LISTED]]
    lines += [f"- and {len(services) - MOST_LISTED} more"] if len(services) > MOST_LISTED else []
    how = _HOW.format(first=services[0].id, page=runtime().settings.public_base_url + PAGE)
    return "\n\n".join((opening, "\n".join(lines), how + closing)) + "\n"


def _send(readers: Sequence[str], subject: str, words: str) -> None:
    for reader in readers:
        email.post(reader, subject, words)
