"""What a short answer means in a talk in which somebody has asked for help. Nothing more is asked of them there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from community.bot import replies
from community.bot.asides import Aside
from community.bot.errands import errand_in
from community.bot.meaning import HARMLESS
from community.bot.replies import Desk, Helped
from community.bot.talk import Heard, Talk, Turn
from community.bot.telling import learn, person_of, tells_harm

ANSWERS: Final = frozenset({Aside.go_on, Aside.not_safe})
_GENDERED: Final = frozenset({Aside.women, Aside.men})


def follow_up(talk: Talk, heard: Heard, aside: Aside | None, now: datetime, desk: Desk) -> Turn | None:
    """What a short answer in a talk about harm means; None when the message stands for itself."""
    meaning = heard.meaning
    known = learn(talk, meaning)
    is_told = meaning.sure and tells_harm(meaning)
    if aside in _GENDERED:
        facets = known.facets - {"man"} | ({"man"} if aside is Aside.men else frozenset())
        known = replace(known, facets=facets)
    person, language = person_of(known.facets, known.age), meaning.language
    if aside is Aside.meaning:
        reply = replies.explain(known.needs, person, now, desk, asked=talk.asked, language=language)
        return Turn(known, reply)
    goes_on = aside in (Aside.more, Aside.talk) or (aside is Aside.go_on and talk.asked)
    if goes_on and talk.closed:
        return Turn(replace(known, asked=False), replies.closing(known.needs, person, now, desk, language))
    if goes_on:
        helped = replies.more(known.needs, person, now, desk, named=talk.named, language=language)
        return Turn(having(known, helped), helped.reply)
    says_who = aside in _GENDERED or (known.facets, known.age) != (talk.facets, talk.age)
    if (says_who or aside is Aside.deaf) and not is_told and not errand_in(meaning, aside):
        helped = replies.best(known.needs, person, now, desk, language)
        return Turn(having(known, helped), helped.reply)
    surely_harmless = meaning.sure and not is_told
    if aside in ANSWERS or (surely_harmless and meaning.topics[0] == "smalltalk"):
        reply = replies.closing(known.needs, person, now, desk, language)
        return Turn(replace(known, asked=False), reply)
    if surely_harmless and meaning.topics[0] in HARMLESS:
        helped = replies.best(known.needs, person, now, desk, language)
        return Turn(having(known, helped), helped.reply)
    return None


def having(talk: Talk, helped: Helped, *, asked: bool = False) -> Talk:
    """A talk in which these have been named."""
    named = tuple(dict.fromkeys((*talk.named, *helped.named)))
    return replace(talk, asked=asked, helped=True, named=named)
