"""One message in, at most one reply out. Pure: what is remembered and the hour are handed in, what follows comes back.

In this order: an answer to the survey question at hand; danger; STOP; the answer to "Safe to text?"; a poster's code;
what refines a talk about harm; harm; the service's own errands; everything else. Nothing ends without a way to a
person, but silence that was asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from community.bot import replies
from community.bot.asides import Aside, aside_in
from community.bot.meaning import HARMLESS, NEEDS, Meaning, Urgency
from community.bot.replies import Desk, Helped, person_of
from community.bot.talk import Heard, Talk, Turn
from community.bot.wording import Reply, say

ERRANDS: Final = ("safe_haven", "report_place", "privacy", "phone_watched", "survey")
MOST_NEEDS: Final = 3
"""As many needs as are kept of a talk, surest first."""
MOST_ANSWER: Final = 160
"""Letters of a message that may be an answer to a survey question."""
_WORDS: Final = {Aside.haven: "haven", Aside.survey: "survey", Aside.who: "privacy"}
_GENDERED: Final = frozenset({Aside.women, Aside.men})
_ANSWERS: Final = frozenset({Aside.go_on, Aside.not_safe})
_BARE: Final = 3
"""As long as 1, 2, yes and no are: by themselves they tell nothing."""


def step(talk: Talk | None, heard: Heard, now: datetime, desk: Desk) -> Turn:
    """The turn that a message leads to. talk: None for a new one; one that is over is forgotten. now: aware, London."""
    before = Talk(at=0) if talk is None or talk.is_over(now) else talk
    turn = _turn(before, heard, now, desk)
    if turn.talk is None:
        return turn
    return replace(turn, talk=turn.talk.at_time(now))


def _turn(talk: Talk, heard: Heard, now: datetime, desk: Desk) -> Turn:
    aside = aside_in(heard.text)
    if aside in _ANSWERS and not talk.asked and len(heard.text.strip()) > _BARE:
        aside = None  # "not safe" answers nothing then: it is told
    if aside is not None:
        heard = replace(heard, meaning=_said_for_itself(heard.meaning))
    meaning = heard.meaning
    is_stop = meaning.topics[0] == "stop" and meaning.sure and meaning.urgency is not Urgency.emergency
    if not is_stop and _answers_the_survey(talk, heard, desk):
        return _survey(talk, heard, now, desk)
    if meaning.urgency is Urgency.emergency:
        return _emergency(talk, meaning, now, desk)
    if is_stop or (talk.asked and aside is Aside.not_safe):
        return Turn(None, None)
    if not (meaning.sure and _tells_harm(meaning)) and desk.survey.opens(heard.text, now):
        return _survey(talk, heard, now, desk)  # a code by itself may look like anything to a model
    if talk.helped and (turn := _follow_up(talk, heard, aside, now, desk)):
        return turn
    if _is_harm(meaning) or aside is Aside.talk:
        return _harm(talk, meaning, now, desk)
    if errand := _errand(meaning, aside):
        return Turn(replace(talk, asked=False), _run(errand, heard, now, desk))
    if talk.survey is not None and not talk.helped and (meaning.topics[0] in HARMLESS or not meaning.sure):
        return _survey(talk, heard, now, desk)
    return Turn(replace(talk, asked=False), _otherwise(heard, aside, now, desk))


def _survey(talk: Talk, heard: Heard, now: datetime, desk: Desk) -> Turn:
    """A survey's next text, to somebody who is in one or asks for it; after help, too, once they ask themselves."""
    state, reply = desk.survey.step(talk.survey, heard.text, now)
    return Turn(replace(talk, asked=False, helped=False, survey=state), reply)


def _emergency(talk: Talk, meaning: Meaning, now: datetime, desk: Desk) -> Turn:
    """Danger jumps here from any step; a survey under way waits."""
    known = _learn(talk, meaning, guessing=True)
    reply = replies.emergency(meaning, person_of(known.facets, known.age), now, desk, ask=not talk.helped)
    asked = reply.id == "emergency_or_safe"
    return Turn(replace(known, asked=asked, helped=True), reply, _new(told=_needs_of(meaning), talk=talk))


def _answers_the_survey(talk: Talk, heard: Heard, desk: Desk) -> bool:
    """Whether it is an answer to the question at hand or a survey command. The words of an option, such as "Fear of
    knives", are an answer and no danger; whatever says more than an option is not taken for one."""
    if talk.survey is None or talk.asked or len(heard.text) > MOST_ANSWER:
        return False
    return desk.survey.takes(talk.survey, heard.text, waiting=talk.helped)


def _harm(talk: Talk, meaning: Meaning, now: datetime, desk: Desk) -> Turn:
    """Somebody tells of harm. The first time: the right number, and whether it is safe to text. After that no more
    questions: who else there is, or the best line for what is new."""
    told = _needs_of(meaning)
    known = _learn(talk, meaning, guessing=True)
    person, language = person_of(known.facets, known.age), meaning.language
    likely = tuple(dict.fromkeys((*told, *(need for need in meaning.maybe if need in NEEDS))))[:MOST_NEEDS]
    if not talk.helped:
        helped = replies.first(likely, person, now, desk, language=language, sure=meaning.sure)
        asked = desk.asks_whether_safe
    elif set(told) - set(talk.needs) or (known.facets, known.age) != (talk.facets, talk.age):
        helped, asked = replies.best(likely or known.needs, person, now, desk, language), False
    else:
        helped, asked = replies.more(known.needs, person, now, desk, named=talk.named, language=language), False
    return Turn(_having(known, helped, asked=asked), helped.reply, _new(told=told, talk=talk))


def _follow_up(talk: Talk, heard: Heard, aside: Aside | None, now: datetime, desk: Desk) -> Turn | None:
    """What a short answer in a talk about harm means; None when the message stands for itself."""
    meaning = heard.meaning
    known = _learn(talk, meaning)
    tells_harm = meaning.sure and _tells_harm(meaning)
    if aside in _GENDERED:
        facets = known.facets - {"man"} | ({"man"} if aside is Aside.men else frozenset())
        known = replace(known, facets=facets)
    person, language = person_of(known.facets, known.age), meaning.language
    if aside in (Aside.more, Aside.talk) or (aside is Aside.go_on and talk.asked):
        helped = replies.more(known.needs, person, now, desk, named=talk.named, language=language)
        return Turn(_having(known, helped), helped.reply)
    says_who = aside in _GENDERED or (known.facets, known.age) != (talk.facets, talk.age)
    if says_who and not tells_harm and not _errand(meaning, aside):
        helped = replies.best(known.needs, person, now, desk, language)
        return Turn(_having(known, helped), helped.reply)
    surely_harmless = meaning.sure and not tells_harm
    if aside in _ANSWERS or (surely_harmless and meaning.topics[0] == "smalltalk"):
        reply = replies.closing(known.needs, person, now, desk, language)
        return Turn(replace(known, asked=False), reply)
    if surely_harmless and meaning.topics[0] in HARMLESS:
        helped = replies.best(known.needs, person, now, desk, language)
        return Turn(_having(known, helped), helped.reply)
    return None


def _run(errand: str, heard: Heard, now: datetime, desk: Desk) -> Reply:
    language = heard.meaning.language
    if errand == "haven":
        return replies.haven_or_talk(language)
    if errand == "safe_haven":
        return desk.find_haven(heard.text, now) or replies.with_number("haven_none", now, desk, language)
    if errand == "survey":
        return say("survey_how", language, address=desk.address)
    if errand == "report_place":
        return replies.report_how(language)
    if errand == "phone_watched":
        return replies.with_number("phone_watched", now, desk, language)
    return say("privacy", language)


def _otherwise(heard: Heard, aside: Aside | None, now: datetime, desk: Desk) -> Reply:
    """Small talk, other people's business, pictures, and what was not understood."""
    meaning = heard.meaning
    if heard.media and not heard.text.strip():
        return replies.with_number("picture", now, desk, meaning.language)
    if not meaning.sure:
        return replies.with_number("unsure", now, desk, meaning.language)
    if meaning.topics[0] in HARMLESS and aside is None:
        return say(meaning.topics[0], meaning.language)
    return say("opening", meaning.language)


def _errand(meaning: Meaning, aside: Aside | None) -> str | None:
    """What somebody wants of this service itself; "haven" alone is an errand of its own."""
    if aside in _WORDS:
        return _WORDS[aside]
    return meaning.topics[0] if meaning.topics[0] in ERRANDS else None


def _said_for_itself(meaning: Meaning) -> Meaning:
    """The meaning of a short word of ours: what it says of the person, and no guess at harm."""
    return replace(meaning, topics=("menu",), urgency=Urgency.none, sure=True, maybe=())


def _is_harm(meaning: Meaning) -> bool:
    """Harm, or a cry for help that does not say for what, or something that may be harm."""
    return _tells_harm(meaning) or (not meaning.sure and bool(meaning.maybe))


def _tells_harm(meaning: Meaning) -> bool:
    return meaning.urgency is Urgency.urgent or bool(_needs_of(meaning))


def _needs_of(meaning: Meaning) -> tuple[str, ...]:
    return tuple(topic for topic in meaning.topics if topic in NEEDS)


def _new(*, told: tuple[str, ...], talk: Talk) -> tuple[str, ...]:
    """Needs to be counted: once in a talk each."""
    return tuple(need for need in told if need not in talk.needs)


def _learn(talk: Talk, meaning: Meaning, *, guessing: bool = False) -> Talk:
    """What is known after a message: the newest needs first, facets added up, the last age said. guessing: where it is
    not sure what it is about, all that it may be about counts too."""
    told = _needs_of(meaning) if meaning.sure else ()
    if guessing and not meaning.sure:
        told = (*_needs_of(meaning), *(need for need in meaning.maybe if need in NEEDS))
    return replace(
        talk,
        needs=tuple(dict.fromkeys((*told, *talk.needs)))[:MOST_NEEDS],
        facets=talk.facets | meaning.facets,
        age=talk.age if meaning.age is None else meaning.age,
    )


def _having(talk: Talk, helped: Helped, *, asked: bool = False) -> Talk:
    named = tuple(dict.fromkeys((*talk.named, *helped.named)))
    return replace(talk, asked=asked, helped=True, named=named)
