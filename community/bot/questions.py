"""The fixed answers to plain questions: what a text costs, which languages, who answers, what is passed on; and a kind
word to somebody who is low. Facts come from the catalogue alone."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from community.bot import replies
from community.bot.line_words import compose
from community.bot.replies import Desk
from community.bot.talk import Talk
from community.bot.telling import person_of
from community.bot.understanding.questions import COMPUTER, COST, LANGUAGES, LOW, PASSED_ON
from community.bot.wording import Reply, say
from community.support.matching import Match, Person

_IDS: Final = {COMPUTER: "computer", COST: "cost", LOW: "low", PASSED_ON: "passed_on"}
_BY_DATA: Final = frozenset({replies.WEB, "whatsapp"})
_INTERPRETER: Final = "interpreter"
_ANY_NEED: Final = ("domestic_abuse", "suicide")
"""The needs whose lines are asked, between them, by people of whom nothing is known."""


def answered(question: str, talk: Talk, now: datetime, desk: Desk, language: str = "en") -> Reply:
    """The answer to one of `understanding.questions`."""
    person = person_of(talk.facets, talk.age)
    if question == LANGUAGES and "deaf" not in person.facets and (found := interpreted(person, now, desk)):
        return say("languages", language, lines=compose(found, person, quiet=True))
    if question == LANGUAGES:
        return replies.with_number("unsure", now, desk, language, person)
    id = "cost_data" if question == COST and desk.channel in _BY_DATA else _IDS[question]
    return replies.with_number(id, now, desk, language, person)


def interpreted(person: Person, now: datetime, desk: Desk) -> tuple[Match, ...]:
    """Who listens day and night with interpreters, as the catalogue says, to anybody whatever their papers."""
    found = {
        match.service.id: match
        for need in _ANY_NEED
        for match in desk.match((need,), person, now)
        if match.service.is_helpline and match.service.free and not match.service.community
        if _INTERPRETER in (match.service.languages or "")
    }
    return tuple(found.values())
