"""What is answered that is no talk about harm: the service's own errands, small talk, what was not understood."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from community.bot import replies
from community.bot.asides import Aside
from community.bot.meaning import HARMLESS, Meaning
from community.bot.replies import Desk
from community.bot.talk import Heard, Talk
from community.bot.telling import is_harm, person_of
from community.bot.wording import Reply, say

ERRANDS: Final = ("safe_haven", "report_place", "privacy", "phone_watched", "survey")
_WORDS: Final = {Aside.haven: "haven", Aside.survey: "survey", Aside.who: "privacy"}
_SHORT: Final = 40
"""Letters of a message that may name a place we do not know."""


def errand_in(meaning: Meaning, aside: Aside | None) -> str | None:
    """What somebody wants of this service itself; "haven" alone is an errand of its own."""
    if aside in _WORDS:
        return _WORDS[aside]
    return meaning.topics[0] if meaning.topics[0] in ERRANDS else None


def run(errand: str, talk: Talk, heard: Heard, now: datetime, desk: Desk) -> Reply:
    """The answer to an errand. Nobody who asked for help is offered a survey."""
    language, person = heard.meaning.language, person_of(talk.facets, talk.age)
    if errand == "haven":
        return replies.with_number("haven_or_talk", now, desk, language, person)
    if errand == "safe_haven":
        return desk.find_haven(heard.text, now) or replies.with_number("haven_none", now, desk, language, person)
    if errand == "survey":
        return say("survey_how", language, address=desk.address)
    if errand == "report_place":
        id = "report_how_helped" if talk.helped else "report_how"
        return replies.with_number(id, now, desk, language, person)
    if errand == "phone_watched":
        return replies.with_number("phone_watched", now, desk, language, person)
    return say("privacy", language)


def otherwise(talk: Talk, heard: Heard, aside: Aside | None, now: datetime, desk: Desk, *, after_haven: bool) -> Reply:
    """Small talk, other people's business, pictures, and what was not understood. after_haven: the last reply was about
    Safe Havens, so that a few words may name a place."""
    meaning = heard.meaning
    person = person_of(talk.facets | meaning.facets, talk.age)
    if heard.media and not heard.text.strip():
        return replies.with_number("picture", now, desk, meaning.language, person)
    is_other = meaning.topics[0] == "out_of_scope" or not meaning.sure
    if after_haven and aside is None and is_other and not is_harm(meaning) and 0 < len(heard.text.strip()) <= _SHORT:
        return replies.with_number("haven_unknown", now, desk, meaning.language, person)
    if meaning.topics[0] == "stop" and not meaning.maybe:
        return replies.with_number("stop_how", now, desk, meaning.language, person)
    if not meaning.sure:
        return replies.with_number("unsure", now, desk, meaning.language, person)
    if meaning.topics[0] in HARMLESS and aside is None:
        return replies.with_number(meaning.topics[0], now, desk, meaning.language, person)
    return say("opening_helped" if talk.helped else "opening", meaning.language)
