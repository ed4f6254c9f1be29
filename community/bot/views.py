"""The bot on the web: one page, which works without a script and keeps nothing anywhere but in itself."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, Flask, Response, abort, current_app, render_template, request

from community.bot import out_of_order
from community.bot.chat_state import Chat, StartAgain, seal, unseal
from community.bot.service import answer_web
from community.bot.tappable import pieces
from community.messaging.in_time import InTime, TooSlow
from community.shared import languages
from community.shared.clock import london_now
from community.shared.daily_keys import KeyGone
from community.shared.runtime import runtime
from community.support.service import text_lines
from community.support.wording import safety

bp = Blueprint("bot", __name__)
log = logging.getLogger(__name__)

MOST_BYTES: Final = 1024 * 1024
"""Whatever a person pastes is answered, up to a novel."""
READ_CHARACTERS: Final = 5_000
ANSWER_SECONDS: Final = 3.0
in_time = InTime(4)


@bp.before_request
def make_room() -> None:
    """Another site's page may link here, but not write in somebody's name."""
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(403)
    request.max_content_length = request.max_form_memory_size = MOST_BYTES


@bp.get("/chat")
def chat() -> str:
    return _page(Chat())


@bp.post("/chat")
def say() -> str:
    """Answer what was typed, or show the same page in another language."""
    chat, is_lost = _carried()
    if "_language" in request.form:
        languages.use(request.form["_language"])
        return _page(chat, is_lost=is_lost)
    typed = request.form.get("text", "").strip()
    talk, reply = _answer(chat.talk, typed[:READ_CHARACTERS])
    after = chat.and_then(typed, talk, reply)
    return _page(after, new=bool(typed) + bool(reply), is_lost=is_lost, is_long=len(typed) > READ_CHARACTERS)


@bp.after_request
def leave_no_trace(response: Response) -> Response:
    """No copy in the browser's cache, no referrer to the pages that a person goes on to."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _carried() -> tuple[Chat, bool]:
    """The chat that the page carried, and whether it was lost: then it begins anew, and what was typed is answered."""
    try:
        return unseal(request.form.get("_state", ""), runtime().keys, now=london_now()), False
    except (StartAgain, OSError):
        return Chat(), True


def _answer(talk: Mapping[str, Any] | None, text: str) -> tuple[Mapping[str, Any] | None, str]:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

    def work() -> tuple[Mapping[str, Any] | None, str]:
        with app.app_context():
            return answer_web(talk, text, now=london_now())

    try:
        return in_time.run(work, ANSWER_SECONDS)
    except TooSlow:
        log.error("a message in the chat was not answered in time")
        return talk, out_of_order.words()


def _page(chat: Chat, *, new: int = 0, is_lost: bool = False, is_long: bool = False) -> str:
    try:
        field = seal(chat, runtime().keys, now=london_now()) if chat.said else ""
    except (KeyGone, OSError) as error:  # no folder to keep a key in: the next message begins anew
        log.error("a chat was not sealed: %s", type(error).__name__)
        field = ""
    return render_template(
        "bot/chat.html",
        said=[(one.by_person, pieces(one.text)) for one in chat.said],
        new_from=len(chat.said) - new,
        is_cut=chat.is_cut,
        is_lost=is_lost,
        is_long=is_long,
        field=field,
        text_lines=text_lines(),
        words=safety.in_language(languages.current()),
    )
