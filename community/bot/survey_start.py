"""The beginning of a survey by text: a poster's code, or a place, or neither."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from community.bot import survey_replies as replies
from community.bot.answers_in_words import said
from community.bot.openings import Opening
from community.bot.survey_commands import Command, command_in, language_in
from community.bot.survey_showing import Turned, ask_where, looking, show
from community.bot.survey_state import WHERE, Underway
from community.bot.wording import say
from community.places.service import posters
from community.places.service.naming import places_meant
from community.places.service.places import Choice
from community.support.harm import topics_in
from community.surveys import visits
from community.surveys.questionnaire import ENGLISH
from community.surveys.texting import Writer
from community.surveys.visits import Standing, Visit

MOST_PLACE_LETTERS: Final = 80


def our_code(opening: Opening) -> str | None:
    """The first of the codes that is a poster's of ours, whatever has become of it."""
    return next((code for code in opening.codes if posters.find(code) is not None), None)


def open_survey(opening: Opening, underway: Underway | None, channel: str, now: datetime) -> Turned | None:
    """What a code, or a place after "survey", opens; None when the survey under way goes on instead."""
    kept = underway.to_json() if underway else None
    with looking():
        if (code := our_code(opening)) is not None:
            visit = visits.at_poster(code, now.date())
            if visit is not None:
                return _begin(visit, opening.language, channel, now)
            is_down = visits.standing(code) is Standing.retired
            return kept, say("survey_retired_code" if is_down else "survey_quiet")
    if opening.is_code:
        return kept, say("survey_unknown_code")
    if underway is not None and not opening.place:
        return None
    where = Underway(WHERE, "", 0, visits.UNASSIGNED, language=opening.language or ENGLISH)
    return hear_place(where, opening.place, channel, now) if opening.place else ask_where(where, now)


def reads_like_a_place(where: Underway, text: str) -> bool:
    """A number of those offered, or something that names a place and nothing else."""
    if _chosen(where, text) is not None:
        return True
    return len(text) <= MOST_PLACE_LETTERS and not topics_in(text) and bool(places_meant(text))


def hear_place(where: Underway, text: str, channel: str, now: datetime) -> Turned:
    """The place by name or number, or none at all; or another language."""
    command, tag = command_in(text), language_in(text)
    if command is Command.finish:
        return None, say("survey_none_kept", where.language)
    if command is Command.who:
        return where.to_json(), say("survey_who", where.language)
    with looking():
        if tag is not None or command not in (None, Command.skip):
            return ask_where(replace(where, language=tag or where.language), now)
        places = [] if command is Command.skip else _meant(where, text)
        if command is None and not places:
            return where.to_json(), say("survey_no_place", where.language)
        if len(places) > 1:
            offered = replace(where, shown=tuple(place.slug for place in places))
            return offered.to_json(), replies.which((place.name for place in places), where.language)
        visit = visits.at_place(where.question, places[0].slug if places else None, now.date())
        return _begin(visit, where.language, channel, now) if visit else (None, say("survey_quiet", where.language))


def _meant(where: Underway, text: str) -> list[Choice]:
    chosen = _chosen(where, text)
    return [Choice(chosen, "")] if chosen else places_meant(text)


def _chosen(where: Underway, text: str) -> str | None:
    figure = said(text)
    is_one = figure.isdecimal() and 1 <= int(figure) <= len(where.shown)
    return where.shown[int(figure) - 1] if is_one else None


def _begin(visit: Visit, language: str, channel: str, now: datetime) -> Turned:
    spoken = language if language in visit.fielding.questionnaire.languages else ENGLISH
    writer = Writer.begin(visit, spoken, channel=channel, now=now)
    return show(writer, visit.fielding.questionnaire.opening, {})
