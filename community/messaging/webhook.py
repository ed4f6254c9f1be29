"""Where texts come in: refused before they are read unless the provider signed them, answered within five seconds.

The room knows no conversation. Who answers, and what is said when nobody can, is handed in by `app.py`."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from flask import Blueprint, Flask, Response, current_app, request

from community.config import Settings
from community.messaging import inbound
from community.messaging.fallback import twiml
from community.messaging.gateway import Gateway, NotSent
from community.messaging.in_time import InTime, TooSlow
from community.messaging.inbound import Inbound, NotAText
from community.messaging.signature import is_genuine

log = logging.getLogger(__name__)

PATH: Final = "/webhooks/twilio"
MOST_BYTES: Final = 32 * 1024
"""The longest text in the rarest letters, every field of it percent-encoded, is under 20 KB."""
ANSWER_SECONDS: Final = 2.0
WHOLE_SECONDS: Final = 4.5
"""An answer takes milliseconds. One that takes longer than the first is not waited for; all is over within the second,
also for somebody who first had to wait until another's time was up."""
LEAST_SECONDS: Final = 0.5
"""Less than this is not worth beginning to send in."""
PLACES: Final = 4
"""As many as a web worker has threads: none waits for a place while nothing hangs."""
FORGET_AFTER_SECONDS: Final = 60


@dataclass(frozen=True)
class Desk:
    """What the webhook needs of other rooms. answer: words for a text, none for silence; it commits what it stores.
    out_of_order: words for when that fails. forget: asks the provider, after so many seconds, to forget a message."""

    answer: Callable[[Inbound], str]
    out_of_order: Callable[[], str]
    forget: Callable[[str, int], None]
    in_time: InTime


def blueprint(
    *, answer: Callable[[Inbound], str], out_of_order: Callable[[], str], forget: Callable[[str, int], None]
) -> Blueprint:
    """The webhook's two addresses, as the provider's console is told them; see Desk."""
    bp = Blueprint("webhook", __name__, url_prefix=PATH)
    desk = Desk(answer, out_of_order, forget, InTime(PLACES))
    options = {"methods": ["POST"], "provide_automatic_options": False}
    bp.before_request(only_signed)
    bp.add_url_rule("/messages", "messages", partial(messages, desk), **options)  # type: ignore[arg-type]
    bp.add_url_rule("/status", "status", partial(status, desk), **options)  # type: ignore[arg-type]
    return bp


def only_signed() -> Response | None:
    """403, and no trace, for whatever the provider did not sign for this address and this account."""
    settings = _settings()
    request.max_content_length = MOST_BYTES
    query = f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""
    genuine = request.mimetype == "application/x-www-form-urlencoded" and is_genuine(
        settings.public_base_url + request.path + query,
        request.form,
        request.headers.get("X-Twilio-Signature", ""),
        token=settings.twilio.auth_token,
    )
    account = settings.twilio.account_sid
    if genuine and (account is None or request.form.get("AccountSid") == account):
        return None
    return _reply(Response("Forbidden\n", 403, mimetype="text/plain"))


def messages(desk: Desk) -> Response:
    """Answer one text: in TwiML or, where replies go by REST and the provider takes ours, with an empty document."""
    began = time.monotonic()
    try:
        message = inbound.read(request.form)
    except NotAText:
        return _twiml("")
    app, settings = _app(), _settings()
    words = _answer(desk, app, message)
    if words and settings.twilio.replies == "rest":
        left = WHOLE_SECONDS - (time.monotonic() - began)
        words = _send(desk, app, message, words, left)
    response = _twiml(words)
    if settings.twilio.can_ask:
        # Once the reply is on its way: nobody waits for this.
        response.call_on_close(partial(_forget, desk, message.sid, FORGET_AFTER_SECONDS))
    return response


def status(desk: Desk) -> Response:
    """A delivery receipt: what has arrived, or never will, can be forgotten by the provider. The answer is TwiML, as
    the provider may read it so: there is nothing more to do."""
    settled = inbound.receipt(request.form)
    response = _twiml("")
    if settled is not None and _settings().twilio.can_ask:
        response.call_on_close(partial(_forget, desk, *settled))
    return response


def _answer(desk: Desk, app: Flask, message: Inbound) -> str:
    def work() -> str:
        with app.app_context():
            return desk.answer(message)

    try:
        return desk.in_time.run(work, ANSWER_SECONDS)
    except TooSlow:
        log.error("a text was not answered in time")
    except Exception as error:
        log.error("a text was not answered: %s", type(error).__name__)
    return desk.out_of_order()


def _send(desk: Desk, app: Flask, message: Inbound, words: str, seconds: float) -> str:
    """Send a reply by REST; what is left to say in TwiML: nothing, or the same where it was refused or may be lost.
    Twice is better than never."""
    if seconds < LEAST_SECONDS:
        return words
    try:
        sid = desk.in_time.run(lambda: _gateway(app).send(message.came_from, words, sender=message.went_to), seconds)
    except (TooSlow, NotSent) as error:
        log.warning("a reply was not sent by REST: %s", str(error) or "no answer in time")
        return words
    _forget(desk, sid, FORGET_AFTER_SECONDS * 10)  # in case its receipts never come
    return ""


def _forget(desk: Desk, sid: str, seconds: int) -> None:
    try:
        desk.forget(sid, seconds)
    except Exception as error:  # best effort: the answer matters more
        log.error("the provider is not asked to forget: %s", type(error).__name__)


def _twiml(words: str) -> Response:
    settings = _settings()
    callback = f"{settings.public_base_url}{PATH}/status" if settings.twilio.can_ask else None
    return _reply(Response(twiml(words, status_callback=callback), mimetype="text/xml"))


def _reply(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def _gateway(app: Flask) -> Gateway:
    gateway: Gateway = app.extensions.setdefault("gateway", Gateway.of(app.config["SETTINGS"]))
    return gateway


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _app() -> Flask:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return app
