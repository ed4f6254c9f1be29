"""The first tap before Flask is asked: counted, and answered with the next screen where a worker has that ready.

Every answer that is ever counted comes this way, most of them in a rush, so this is the path that is kept short
(docs/decisions/0003). Only a plain tap on a plain first page is taken; nothing is written otherwise, and Flask sees to
the request as if nobody had looked at it."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from community.extensions import reading
from community.shared.clock import london_now
from community.shared.database import commit
from community.shared.headers import takes_gzip
from community.shared.runtime import Runtime
from community.shared.same_site import UNSAID
from community.surveys import burst, pages, visits
from community.surveys.arrivals import arrival_of
from community.surveys.routing import BadAnswer, is_said
from community.surveys.service import answering, storing
from community.surveys.service.waves import NoSuchWave
from community.surveys.tickets import BadTicket, Ticket, TicketExpired, response_id, seal, unseal, withdrawal_code

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

MOST_BYTES: Final = 4_000
TRIED: Final = "community.tried"
"""Where in its environ a tap carries the fault on which it has waited long: Flask says so and does not wait again."""
_NEXT: Final = re.compile(r"next(&lang=[a-z]{2})?")
"""What our forms add to their address (templates/surveys/first.html)."""
_FORM: Final = "application/x-www-form-urlencoded"


def counted(environ: WSGIEnvironment, at: Runtime) -> bytes | None:
    """The packed page that answers a first tap, which is then stored; None when Flask must see to the request, of which
    nothing is stored. Call it inside an application context."""
    sent = _tap_in(environ)
    if sent is None:
        return None
    sealed, question, value = sent
    now = london_now()
    reading.set(False)  # what has to be looked up on the way begins the transaction that the answer is stored in
    try:
        ticket = unseal(sealed, at.keys, today=now.date())
        visit = visits.of_ticket(ticket)
    except (BadTicket, TicketExpired, NoSuchWave):
        return None
    opening = visit.fielding.questionnaire.screens[0]
    if visit.action != environ["PATH_INFO"] or ticket.screen != opening.key or opening.questions != (question,):
        return None
    id = response_id(withdrawal_code(ticket, at.keys, today=now.date()), at.settings.secret_key)
    page = None
    try:
        page = _stored(visit, ticket, arrival_of(visit, ticket, id, now), value, at)
    finally:
        if page is None:
            burst.take_back(visit, ticket.screen, now)
    return page


def _stored(visit: visits.Visit, ticket: Ticket, arrival: answering.Arrival, value: str, at: Runtime) -> bytes | None:
    fielding = visit.fielding
    if not fielding.takes_answers(arrival.on):
        return None
    try:
        new, harm = answering.new_response(fielding, arrival, {fielding.questionnaire.opening.key: [value]})
        following = pages.ready_after(visit, ticket, new.answers, harm)
        if following is None:
            return None
        next_ticket, page = following
        sealed = seal(next_ticket, at.keys, today=arrival.on)
        storing.store_new(arrival.id, new, arrival.language, fielding.counting)
        commit()  # of a transaction that a look-up began; it is stored for good already where none did
    except (BadAnswer, answering.AnswersDeleted, storing.Stands):
        return None
    packed: bytes = page.gzipped(sealed)
    return packed


def _tap_in(environ: WSGIEnvironment) -> tuple[str, str, str] | None:
    """(ticket, question, value) of a form that holds nothing else, sent from a page of ours by a browser that takes
    gzip. The form can be read again afterwards."""
    if not _NEXT.fullmatch(environ.get("QUERY_STRING", "")) or not takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
        return None
    from_us = environ.get("HTTP_SEC_FETCH_SITE", "same-origin" if environ.get("HTTP_ORIGIN", "") in UNSAID else "")
    length = environ.get("CONTENT_LENGTH", "")
    if from_us != "same-origin" or environ.get("CONTENT_TYPE") != _FORM or not (length.isascii() and length.isdigit()):
        return None
    if int(length) > MOST_BYTES:
        return None
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = BytesIO(body)
    try:
        fields = dict(pairs := parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=2))
    except ValueError:
        return None
    if len(pairs) != 2 or len(fields) != 2 or "_ticket" not in fields:
        return None
    sealed = fields.pop("_ticket")
    ((question, value),) = fields.items()
    return (sealed, question, value) if is_said(value) else None
