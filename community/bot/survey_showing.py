"""Saying a survey's next text: a question, the end, or where it is about; and looking things up without keeping any
writer waiting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from community.bot import survey_replies as replies
from community.bot.asking import Asked, ask, order_of
from community.bot.survey_state import ASKED, WAITING, Underway
from community.bot.wording import Reply, say
from community.extensions import db, reading
from community.shared.runtime import runtime
from community.surveys import visits
from community.surveys.questionnaire import Question
from community.surveys.routing import Answers
from community.surveys.texting import Writer

Turned = tuple[Mapping[str, Any] | None, Reply]
"""(the state to remember, None when the survey is over; what to say)"""


@contextmanager
def looking() -> Iterator[None]:
    """While inside, the database is only read, and no writer waits; what is saved afterwards begins anew."""
    before = reading.set(True)
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        reading.reset(before)


def asked(underway: Underway, place: str = "") -> Asked:
    """The question that was shown, as it was shown. place: its name. Raises NoSuchWave; KeyError for a question that is
    not there."""
    questionnaire = visits.wave(underway.wave).questionnaire
    return ask(questionnaire, questionnaire.question(underway.question), underway.shown, underway.language, place)


def show(
    writer: Writer, question: Question, answers: Answers, *, help: str = "", is_new_language: bool = False
) -> Turned:
    """A question in its turn, with the help that an answer called for beside it; before it, where both are too long."""
    fielding, language = writer.visit.fielding, writer.ticket.language
    order = order_of(question, answers, writer.ticket.nonce)
    underway = Underway(ASKED, writer.sealed, fielding.wave_id, question.key, order, language)
    text = asked(underway, writer.visit.place_name).text
    if help:
        both = replies.with_help(text, help, language)
        if both is not None:
            return underway.to_json(), both
        return waiting(underway), say("survey_help", language, help=help)
    is_first = question is fielding.questionnaire.opening or is_new_language
    is_draft = is_first and not fielding.questionnaire.languages[language].reviewed
    return underway.to_json(), replies.question(text, language, is_draft=is_draft)


def waiting(underway: Underway) -> dict[str, Any]:
    """The same, its question not shown yet."""
    return {**underway.to_json(), "phase": WAITING}


def thank(writer: Writer, help: str = "") -> Turned:
    """The end: help, who sees what, the code to take it back and where."""
    address = runtime().settings.public_base_url.partition("://")[2] + "/withdraw"
    return None, replies.thanks(writer.withdrawal_code, address, help, writer.ticket.language)


def ask_where(where: Underway, now: datetime) -> Turned:
    """Which place a survey is about that was asked for without a poster."""
    if visits.open_fielding(where.question, now.date()) is None:
        return None, say("survey_quiet")
    return where.to_json(), say("survey_where", where.language)
