"""One message in, at most one reply out. Pure: what is remembered and the hour are handed in, what follows comes back.

In this order: an age too young for the survey at hand; an answer to its question; a place, where one was asked for; a
plain question of ours; danger; STOP; the answer to "Safe to text?"; a poster's code; what refines a talk about harm;
harm; the service's own errands; everything else.
Nothing ends without a way to a person, but silence that was asked for, in words that can mean nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from community.bot import replies
from community.bot.after_help import ANSWERS, follow_up, having
from community.bot.asides import Aside, aside_in
from community.bot.asked_of_us import (
    asks_about_police,
    asks_for_police,
    asks_to_stop,
    may_plead,
    names_a_parent,
    says_not_safe,
    says_stop_now,
)
from community.bot.errands import errand_in, otherwise, run
from community.bot.meaning import HARMLESS, Meaning, Urgency
from community.bot.questions import answered
from community.bot.replies import Desk, Helped
from community.bot.talk import Heard, Talk, Turn
from community.bot.telling import is_harm, learn, likely_needs, needs_of, person_of, tells_harm, weighed
from community.bot.too_young import is_only_an_age, tells_too_young
from community.bot.understanding.questions import FOOD, LOW, WHOLE, question_in

MOST_ANSWER: Final = 160
"""Letters of a message that may be an answer to a survey question."""
_BARE: Final = 3
"""As long as 1, 2, yes and no are: by themselves they tell nothing."""
_NO_ANSWER: Final = frozenset({*ANSWERS, Aside.more, Aside.meaning})
"""Words of ours that answer no question of a survey: it is asked once more."""
_KEPT: Final = frozenset({"deaf"})
"""What is kept of somebody who has not asked for help: how later replies should be given."""
_ABOUT_HAVENS: Final = "haven_"


def step(talk: Talk | None, heard: Heard, now: datetime, desk: Desk) -> Turn:
    """The turn that a message leads to. talk: None for a new one; one that is over is forgotten. now: aware, London."""
    before = Talk(at=0) if talk is None or talk.is_over(now) else talk
    turn = _turn(before, heard, now, desk)
    if turn.talk is None:
        return turn
    where = turn.reply is not None and turn.reply.id.startswith(_ABOUT_HAVENS)
    return replace(turn, talk=replace(turn.talk.at_time(now), where=where))


def _turn(talk: Talk, heard: Heard, now: datetime, desk: Desk) -> Turn:
    aside = aside_in(heard.text)
    if aside in ANSWERS and not talk.asked and len(heard.text.strip()) > _BARE:
        aside = None  # "not safe" answers nothing then: it is told
    heard = replace(heard, meaning=_heard_as(heard, aside, talk))
    meaning = heard.meaning
    is_news = not talk.helped and talk.survey is None
    asks = asks_to_stop(heard.text) or (is_news and says_stop_now(heard.text))
    is_stop = asks and meaning.urgency is not Urgency.emergency
    if talk.survey is not None and tells_too_young(meaning, heard.text):
        return _too_young(talk, heard, now, desk)
    if not is_stop and _answers_the_survey(talk, heard, desk):
        return _survey(talk, heard, now, desk)
    if not is_stop and (place := _place(talk, heard, aside, now, desk)):
        return place
    question = question_in(heard.text)
    if question in WHOLE:
        return _to_question(question, talk, heard, now, desk)
    if meaning.urgency is Urgency.emergency:
        return _emergency(talk, heard, now, desk)
    if is_stop or (talk.asked and aside is Aside.not_safe):
        return Turn(None, replies.ended(now, desk, meaning.language))
    if fixed := _fixed(heard.text, "" if is_harm(meaning) else question):
        person = person_of(talk.facets, talk.age)
        return Turn(replace(talk, asked=False), replies.with_number(fixed, now, desk, meaning.language, person))
    if not (meaning.sure and tells_harm(meaning)) and desk.survey.opens(heard.text, now):
        return _survey(talk, heard, now, desk)  # a code by itself may look like anything to a model
    if talk.helped and (turn := follow_up(talk, heard, aside, now, desk)):
        return turn
    if is_harm(meaning) or aside in (Aside.talk, Aside.deaf):
        return _harm(talk, heard, now, desk)
    if question is not None and aside is None and meaning.topics[0] == "menu":
        return _to_question(question, talk, heard, now, desk)
    return _errand(talk, heard, aside, now, desk)


def _errand(talk: Talk, heard: Heard, aside: Aside | None, now: datetime, desk: Desk) -> Turn:
    """What is wanted of this service, and all that is neither that nor harm."""
    meaning = heard.meaning
    if errand := errand_in(meaning, aside):
        return Turn(replace(talk, asked=False), run(errand, talk, heard, now, desk))
    is_letter = len(heard.text.strip()) == 1
    is_no_answer = meaning.topics[0] in HARMLESS or not meaning.sure or aside in _NO_ANSWER or is_letter
    if talk.survey is not None and not talk.helped and is_no_answer:
        return _survey(talk, heard, now, desk)
    known = replace(talk, asked=False, facets=talk.facets | (meaning.facets & _KEPT))
    return Turn(known, otherwise(talk, heard, aside, now, desk, after_haven=talk.where))


def _to_question(question: str, talk: Talk, heard: Heard, now: datetime, desk: Desk) -> Turn:
    """The fixed answer to a plain question; a kind word to somebody who is low, of whom nothing more is asked then."""
    reply = answered(question, talk, now, desk, heard.meaning.language)
    if question != LOW:
        return Turn(replace(talk, asked=False), reply)
    return Turn(having(learn(talk, heard.meaning), Helped(reply, replies.named_in(reply))), reply)


def _too_young(talk: Talk, heard: Heard, now: datetime, desk: Desk) -> Turn:
    """A child under 13 in the middle of a survey, or of a pause in it: what was tapped goes at once. It is said, but to
    somebody who tells of harm, or has: there help is the answer."""
    state, reply = desk.survey.too_young(talk.survey or {}, now)
    tells_more = heard.meaning.urgency is Urgency.emergency or is_harm(heard.meaning)
    if talk.helped or (tells_more and not is_only_an_age(heard.text)):
        turn = _turn(replace(talk, survey=None), heard, now, desk)
        return replace(turn, talk=replace(turn.talk, survey=state)) if turn.talk else turn
    known = learn(talk, replace(heard.meaning, topics=("menu",), maybe=()))
    return Turn(replace(known, asked=False, survey=state), reply)


def _fixed(text: str, question: str | None) -> str | None:
    """The sentence for a whole message that is answered in the same words at any step."""
    if question == FOOD:
        return "emergency_order"
    if may_plead(text):
        return "stop_how"
    return "police_asked" if asks_about_police(text) else None


def _survey(talk: Talk, heard: Heard, now: datetime, desk: Desk) -> Turn:
    """A survey's next text, to somebody who is in one or asks for it; after help, too, once they ask themselves."""
    state, reply = desk.survey.step(talk.survey, heard.text, now)
    return Turn(replace(talk, asked=False, helped=False, survey=state), reply)


def _place(talk: Talk, heard: Heard, aside: Aside | None, now: datetime, desk: Desk) -> Turn | None:
    """A place alone, right after a reply about Safe Havens; unless what it says is harm for sure."""
    if not talk.where or aside is not None or (heard.meaning.sure and tells_harm(heard.meaning)):
        return None
    reply = desk.find_haven(heard.text, now, bare=True)
    return Turn(replace(talk, asked=False), reply) if reply else None


def _emergency(talk: Talk, heard: Heard, now: datetime, desk: Desk) -> Turn:
    """Danger jumps here from any step; a survey under way waits."""
    meaning = heard.meaning
    known = learn(talk, meaning, guessing=True)
    person = person_of(known.facets, known.age)
    of_parent = names_a_parent(heard.text)
    reply = replies.emergency(meaning, person, now, desk, ask=not talk.helped, names_a_parent=of_parent)
    asked = reply.id == "emergency_or_safe"
    known = having(known, Helped(reply, replies.named_in(reply)), asked=asked)
    if talk.asked and says_not_safe(heard.text):
        known = replace(known, closed=True)  # it may be the texts that are not safe
    return Turn(known, reply, _new(told=needs_of(meaning), talk=talk))


def _answers_the_survey(talk: Talk, heard: Heard, desk: Desk) -> bool:
    """Whether it is an answer to the question at hand or a survey command. The words of an option, such as "Fear of
    knives", are an answer and no danger; whatever says more than an option is not taken for one."""
    if talk.survey is None or talk.asked or len(heard.text) > MOST_ANSWER:
        return False
    return desk.survey.takes(talk.survey, heard.text, waiting=talk.helped)


def _harm(talk: Talk, heard: Heard, now: datetime, desk: Desk) -> Turn:
    """Somebody tells of harm. The first time: the right number, and whether it is safe to text. After that no more
    questions: who else there is, or the best line for what is new."""
    meaning = heard.meaning
    told = needs_of(meaning)
    known = learn(talk, meaning, guessing=True)
    person, language = person_of(known.facets, known.age), meaning.language
    likely = likely_needs(meaning, person, names_a_parent=names_a_parent(heard.text))
    if not talk.helped:
        helped = replies.first(likely, person, now, desk, language=language, sure=meaning.sure)
        asked = desk.asks_whether_safe
    elif talk.closed or set(told) - set(talk.needs) or (known.facets, known.age) != (talk.facets, talk.age):
        helped, asked = replies.best(likely or known.needs, person, now, desk, language), False
    else:
        helped, asked = replies.more(known.needs, person, now, desk, named=talk.named, language=language), False
    return Turn(having(known, helped, asked=asked), helped.reply, _new(told=told, talk=talk))


def _heard_as(heard: Heard, aside: Aside | None, talk: Talk) -> Meaning:
    """What a message means where its words leave no doubt, or where a model may not be followed."""
    meaning = heard.meaning
    if aside is not None:
        facets = meaning.facets | ({"deaf"} if aside is Aside.deaf else set())
        return replace(meaning, topics=("menu",), urgency=Urgency.none, sure=True, maybe=(), facets=facets)
    if meaning.topics[0] == "stop" and not asks_to_stop(heard.text):
        meaning = replace(meaning, sure=False)  # "stop hurting me": only our own words may end a talk
    if may_plead(heard.text):
        return replace(meaning, topics=("stop",), urgency=Urgency.none, sure=False, maybe=())
    in_danger = asks_for_police(heard.text) or says_not_safe(heard.text)
    if in_danger:
        topics = needs_of(meaning) or talk.needs or ("menu",)
        is_sure = meaning.urgency is Urgency.emergency and meaning.sure
        meaning = replace(meaning, topics=topics, urgency=Urgency.emergency, sure=is_sure)
    return weighed(meaning, talk)


def _new(*, told: tuple[str, ...], talk: Talk) -> tuple[str, ...]:
    """Needs to be counted: once in a talk each."""
    return tuple(need for need in told if need not in talk.needs)
