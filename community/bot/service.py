"""What the doors ask: a text in, words out. Never raises, and never goes quiet but when that was asked for."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from community.bot import out_of_order
from community.bot.conversation import step
from community.bot.counting import note_needs
from community.bot.here import Here, here
from community.bot.not_yet import NO_SURVEY, no_haven
from community.bot.replies import WEB, Desk
from community.bot.store import Answered
from community.bot.talk import Heard, Talk, Turn
from community.bot.understanding import understand
from community.shared.clock import london_now
from community.shared.daily_keys import KeyGone
from community.support.service import match_needs

__all__ = ["answer_text", "answer_web", "hear", "out_of_order_words", "warm"]

log = logging.getLogger(__name__)

out_of_order_words = out_of_order.words
_NOT_REMEMBERED = (sqlite3.Error, OSError, KeyGone)


def answer_text(channel: str, sender: str, sid: str, text: str, media: int = 0, *, now: datetime | None = None) -> str:
    """The words that answer a text; "" for silence. channel: "sms" or "whatsapp". sender: a number, sid: the provider's
    id of the message; neither is stored but as a keyed hash. now: aware, in London.

    The same sid again gets the same words and has no second effect; after 300 seconds, none."""
    try:
        return _answer_text(channel, sender, sid, now or london_now(), text=text, media=media)
    except Exception as error:  # whatever it was, somebody may be in danger
        log.error("a message was answered with the fixed words: %s", _where(error))
        return out_of_order.words()


def answer_web(
    payload: Mapping[str, Any] | None, text: str, *, now: datetime | None = None
) -> tuple[dict[str, Any] | None, str]:
    """(what the page must carry, words; "" for silence) for a message typed in the chat. payload: what the page carried
    before; plain values that hold no words, sealed by the page."""
    moment = now or london_now()
    try:
        talk = Talk.from_json(payload) if payload else None
        turn = hear(talk, text, moment, WEB)
        note_needs(here().counters, WEB, moment.date(), turn.needs)
        return (turn.talk.to_json() if turn.talk else None), (turn.reply.text if turn.reply else "")
    except Exception as error:
        log.error("a message was answered with the fixed words: %s", _where(error))
        return (dict(payload) if payload else None), out_of_order.words()


def hear(talk: Talk | None, text: str, now: datetime, channel: str, *, media: int = 0) -> Turn:
    """The turn that a message leads to. Where the other rooms fail (a database that is gone), the one it leads to
    without them."""
    heard = Heard(text, understand(text, media=media), media)
    desk = _desk(channel)
    try:
        return step(talk, heard, now, desk)
    except Exception as error:
        log.error("a message was answered without survey and Safe Havens: %s", _where(error))
        return step(talk, heard, now, replace(desk, survey=NO_SURVEY, find_haven=no_haven))


def warm() -> None:
    """Load wording, catalogue and model, so that the first message is answered as fast as the others."""
    understand("hello, how are you")
    out_of_order.words()


def _answer_text(channel: str, sender: str, sid: str, now: datetime, *, text: str, media: int) -> str:
    at = here()
    try:
        phones, messages = _hashes(at, "phone", sender, now), _hashes(at, "message", sid, now)
        with at.turns.turn_of(phones[0]) as mine:
            if (before := at.store.said(messages, now)) is not None:
                return before.text
            turn = hear(at.store.talk(phones, now) if mine else None, text, now, channel, media=media)
            try:
                if mine:
                    at.store.keep(messages[0], phones, turn.talk, turn.reply, now)
                else:
                    log.warning("a message was answered out of turn")
                    at.store.note(messages[0], turn.reply, now)
            except Answered:
                again = at.store.said(messages, now)
                return again.text if again else ""
            except _NOT_REMEMBERED as error:
                log.warning("a talk was not remembered: %s", _where(error))
    except _NOT_REMEMBERED as error:
        log.warning("a message was answered as a first one: %s", _where(error))
        turn = hear(None, text, now, channel, media=media)
    note_needs(at.counters, channel, now.date(), turn.needs)
    return turn.reply.text if turn.reply else ""


def _hashes(at: Here, purpose: str, what: str, now: datetime) -> tuple[bytes, ...]:
    """Keyed hashes, today's first, then yesterday's while that key is there: a talk goes on over midnight."""
    today = now.date()
    digest = partial(at.keys.digest, purpose, what.encode(), today=today)
    try:
        return digest(today), digest(today - timedelta(days=1))
    except KeyGone:
        return (digest(today),)


def _desk(channel: str) -> Desk:
    def match(needs: Any, person: Any, now: datetime) -> Any:
        return match_needs(needs, person, now=now)

    return Desk(match, here().survey(channel), here().find_haven, here().address, channel)


def _where(error: BaseException) -> str:
    """What went wrong and where in our code: never the words of the error, which may quote a message."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else "nowhere"
    return f"{type(error).__name__} in {place}"
