"""Answering a survey by text: one question a message, saved as it comes. What the conversation asks of surveys.

The respondent's state is the page's: a sealed ticket, from which the response's id follows. So a text sent twice is one
answer, "back" changes it, silence or STOP leaves what was answered, and an answer is thanked for once it is safe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy.exc import SQLAlchemyError

from community.bot import survey_replies as replies
from community.bot.answers_in_words import Heard, said
from community.bot.asking import heard
from community.bot.openings import opening_in
from community.bot.survey_commands import Command, command_in, language_in
from community.bot.survey_showing import Turned, asked, looking, show, thank
from community.bot.survey_start import hear_place, open_survey, our_code, reads_like_a_place
from community.bot.survey_state import ASKED, WAITING, WHERE, Underway
from community.bot.wording import say
from community.extensions import db
from community.support.harm import topics_in
from community.surveys.by_text import next_question, question_before
from community.surveys.questionnaire import AGE, ENGLISH, Question
from community.surveys.routing import Answers, BadAnswer
from community.surveys.texting import (
    AnswersDeleted,
    BadTicket,
    NoSuchWave,
    NothingToGoOn,
    TicketExpired,
    WaveClosed,
    Writer,
)

OUR_CHANNELS: Final = frozenset({"sms", "whatsapp", "web"})
TRIED: Final = "demo"
"""What a message typed on the command line is stored as: such rows enter no release."""
_SHORT: Final = 4
_LOST: Final = (BadTicket, TicketExpired, NoSuchWave, NothingToGoOn, KeyError)


@dataclass(frozen=True)
class ByText:
    """The survey step of one channel; see `talk.SurveyStep`. It saves, and commits, what it is told."""

    channel: str

    def opens(self, text: str, now: datetime) -> bool:  # noqa: ARG002
        opening = opening_in(text)
        if opening is None:
            return False
        if opening.is_code or not opening.codes:
            return opening.is_code or not topics_in(opening.place)
        try:
            with looking():
                return our_code(opening) is not None
        except SQLAlchemyError:
            return True  # then it is said that this could not be done now

    def takes(self, state: Mapping[str, Any], text: str, *, waiting: bool) -> bool:
        command = command_in(text)
        if waiting:
            return command is Command.survey
        if command is not None or language_in(text) is not None:
            return True
        underway = Underway.from_json(state)
        if underway is None or underway.phase == WAITING:
            return False
        try:
            with looking():
                if underway.phase == WHERE:
                    return reads_like_a_place(underway, text)
                return _is_sure(heard(asked(underway), text, underway.between), text)
        except (SQLAlchemyError, *_LOST):
            return len(said(text)) <= _SHORT

    def step(self, state: Mapping[str, Any] | None, text: str, now: datetime) -> Turned:
        underway = Underway.from_json(state) if state is not None else None
        try:
            if (turned := self._opened(underway, text, now, is_new=state is None)) is not None:
                return turned
            if underway is None:
                return None, say("survey_restart")
            if underway.phase == WHERE:
                return hear_place(underway, text, self._stored_as, now)
            with looking():
                writer = Writer.resume(underway.ticket, channel=self._stored_as, now=now)
            return self._go_on(writer, underway, text)
        except SQLAlchemyError:
            db.session.rollback()
            return state, say("survey_trouble")
        except WaveClosed:
            return None, say("survey_quiet")
        except AnswersDeleted:
            return None, say("survey_gone")
        except _LOST:
            return None, say("survey_restart")

    def too_young(self, state: Mapping[str, Any], now: datetime) -> Turned:
        """Whatever was asked last: what was tapped goes, and it is said who listens to children (trust C1)."""
        underway = Underway.from_json(state)
        if underway is None or underway.phase == WHERE:
            return None, replies.under_13(underway.language if underway else ENGLISH)
        try:
            with looking():
                writer = Writer.resume(underway.ticket, channel=self._stored_as, now=now)
            writer.forget()
            db.session.commit()
        except SQLAlchemyError:
            db.session.rollback()
            return state, say("survey_trouble")
        except _LOST:
            pass  # nothing leads from here to what was answered any more
        return None, replies.under_13(underway.language)

    def _opened(self, underway: Underway | None, text: str, now: datetime, *, is_new: bool) -> Turned | None:
        """A new survey, where the message asks for one and is no answer to a question of this one."""
        opening = opening_in(text)
        if opening is None:
            return None
        if not is_new and underway is not None and underway.phase == ASKED:
            with looking():
                if heard(asked(underway), text, underway.between) is not None:
                    return None
        return open_survey(opening, underway, self._stored_as, now)

    def _go_on(self, writer: Writer, underway: Underway, text: str) -> Turned:
        command, tag = command_in(text), language_in(text)
        questionnaire = writer.visit.fielding.questionnaire
        question = questionnaire.question(underway.question)
        if command is Command.who:
            return underway.to_json(), say("survey_who", underway.language)
        with looking():
            stored = writer.answers()
            answers = stored or {}
            if command is Command.finish:
                return thank(writer) if stored is not None else (None, say("survey_none_kept", underway.language))
            if tag is not None:
                spoken = tag if tag in questionnaire.languages else ENGLISH
                writer = replace(writer, ticket=replace(writer.ticket, language=spoken))
                return show(writer, question, answers, is_new_language=True)
            if command is Command.back:
                return show(writer, question_before(questionnaire, answers, question.key) or question, answers)
            if command in (Command.resume, Command.survey) or underway.phase == WAITING:
                return show(writer, question, answers)
            answer = heard(asked(underway), text, underway.between)
        if answer is None and command is not Command.skip:
            return _once_more(writer, underway)
        if answer is not None and answer.between:
            return _ask_how_much(underway, answer)
        return _save(writer, underway, answer)

    @property
    def _stored_as(self) -> str:
        return self.channel if self.channel in OUR_CHANNELS else TRIED


def _save(writer: Writer, underway: Underway, answer: Heard | None) -> Turned:
    """Store an answer, None for a skip; and say what follows once it is safe."""
    try:
        saved = writer.save(underway.question, answer.chosen if answer else ())
        db.session.commit()
    except BadAnswer:
        db.session.rollback()
        return _once_more(writer, underway)
    except Exception:
        db.session.rollback()
        raise
    if saved.deleted:
        return None, replies.under_13(underway.language)
    with looking():
        age = next(iter(saved.answers.get(AGE, ())), None)
        help = replies.help_for(saved.harm, age, writer.now.date())
        following = next_question(writer.visit.fielding.questionnaire, saved.answers)
        if answer is not None and answer.unsafe and following is not None and not help:
            return _beside_help(writer, following, saved.answers)
        return thank(writer, help) if following is None else show(writer, following, saved.answers, help=help)


def _beside_help(writer: Writer, following: Question, answers: Answers) -> Turned:
    """The next question with who listens, after words that elsewhere would be heard as a cry for help; without, where
    both do not fit: the question may not wait, or the answers of those who feel unsafe would end here."""
    state, reply = show(writer, following, answers, help=replies.for_anyone())
    is_shown = state is not None and state["phase"] == ASKED
    return (state, reply) if is_shown else show(writer, following, answers)


def _ask_how_much(underway: Underway, answer: Heard) -> Turned:
    """Which of two options was meant by words that say only "safe", or only "unsafe"."""
    with looking():
        shown = asked(underway).shown
    lines = [f"{option.marker} {option.labels[0]}" for option in shown if option.key in answer.between]
    again = replace(underway, between=answer.between)
    return again.to_json(), replies.how_much(lines, underway.language, is_unsafe=answer.unsafe)


def _once_more(writer: Writer, underway: Underway) -> Turned:
    with looking():
        text = asked(underway, writer.visit.place_name).text
    return replace(underway, between=()).to_json(), replies.once_more(text, underway.language)


def _is_sure(answer: Heard | None, text: str) -> bool:
    """Whether a message may be taken for an answer before anybody asks whether it tells of harm."""
    return answer is not None and (answer.exact or not topics_in(text))
