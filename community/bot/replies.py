"""Which sentence answers what: fixed words, with facts of the support catalogue in their gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from community.bot.helping import Matching, best_number, first_lines, further_lines, numbers, numbers_and_word
from community.bot.meaning import Meaning
from community.bot.talk import HavenFinder, SurveyStep
from community.bot.telling import likely_needs
from community.bot.wording import Reply, say, sentence_of
from community.messaging.segments import GSM_EACH, GSM_ONE, length
from community.support.catalogue import by_id, load
from community.support.matching import Person

MOST_FIRST: Final = GSM_ONE
MOST_LATER: Final = 2 * GSM_EACH
MOST_UNSURE: Final = 3
"""Needs for which a number stands beside 999, while it is not sure that it is one of them, or now."""
WEB: Final = "web"


@dataclass(frozen=True)
class Desk:
    """What the conversation asks of other rooms. address: where the survey is without a poster, as it is typed.
    channel: "sms", "whatsapp" or "web"."""

    match: Matching
    survey: SurveyStep
    find_haven: HavenFinder
    address: str
    channel: str

    @property
    def asks_whether_safe(self) -> bool:
        """A text may be read on a locked screen by somebody else; the web chat has a way out on the page itself."""
        return self.channel != WEB


@dataclass(frozen=True)
class Helped:
    """A reply that names services, and the ids of those."""

    reply: Reply
    named: tuple[str, ...]


def emergency(
    meaning: Meaning,
    person: Person,
    now: datetime,
    desk: Desk,
    *,
    ask: bool = False,
    names_a_parent: bool = False,
) -> Reply:
    """999, now. No question, no choice. Somebody to talk to where that may save a life, and where it is not sure
    that the danger is now; there, ask says that nobody has asked yet whether it is safe to text."""
    language = meaning.language
    if "deaf" in person.facets:
        return say("emergency_by_text", language)
    if "cannot_speak" in person.facets:
        return say("emergency_silent", language)
    if not meaning.sure:
        likely = likely_needs(meaning, person, names_a_parent=names_a_parent)[:MOST_UNSURE]
        room = MOST_FIRST - _own_length("emergency_or_talk")
        if told := numbers_and_word(likely, person, now, desk.match, room=room):
            return say("emergency_or_talk", language, numbers=told)
        for id in (
            ("emergency_or_safe", "emergency_or_talk") if ask and desk.asks_whether_safe else ("emergency_or_talk",)
        ):
            room = MOST_FIRST - _own_length(id)
            told = numbers(likely, person, now, desk.match, room=room)
            if length(told) <= room:
                break
        else:
            told = best_number(likely, person, now, desk.match, room=room)
        return say(id, language, numbers=told)
    is_child = person.seems_a_child or (person.served_as is not None and not person.is_grown_up)
    if "suicide" in meaning.topics or is_child:
        needs = tuple(topic for topic in meaning.topics if topic == "suicide")
        room = MOST_FIRST - _own_length("emergency_talk")
        return say("emergency_talk", language, number=best_number(needs, person, now, desk.match, room=room))
    return say("emergency", language)


def first(
    needs: Sequence[str], person: Person, now: datetime, desk: Desk, *, language: str = "en", sure: bool = True
) -> Helped:
    """The first answer to harm: the right numbers under a neutral label, and whether it is safe to text. needs:
    likeliest first; sure: the first of them is the one."""
    id = "first" if desk.asks_whether_safe else "first_web"
    found = first_lines(needs, person, now, desk.match, room=MOST_FIRST - _own_length("first"), sure=sure)
    if desk.asks_whether_safe:
        return Helped(say(id, language, lines=found.text), found.named)
    room = MOST_LATER - _own_length(id) - length(found.text)
    also = further_lines(needs, person, now, desk.match, named=found.named, room=room)
    if not also.named:
        return Helped(say("more", language, lines=found.text), found.named)
    return Helped(say(id, language, lines=found.text, more=also.text), (*found.named, *also.named))


def best(needs: Sequence[str], person: Person, now: datetime, desk: Desk, language: str = "en") -> Helped:
    """The best lines once more is known of the person; nothing is asked."""
    found = first_lines(needs, person, now, desk.match, room=MOST_FIRST - _own_length("best"))
    return Helped(say("best", language, lines=found.text), found.named)


def more(
    needs: Sequence[str], person: Person, now: datetime, desk: Desk, *, named: Iterable[str], language: str = "en"
) -> Helped:
    """Who else fits, up to four; when all have been named, that this is all, and somebody who is always there."""
    room = MOST_LATER - _own_length("more")
    found = further_lines(needs, person, now, desk.match, named=named, room=room)
    if not found.named:
        return Helped(say("no_more", language, number=best_number(needs, person, now, desk.match)), ())
    return Helped(say("more", language, lines=found.text), found.named)


def closing(needs: Sequence[str], person: Person, now: datetime, desk: Desk, language: str = "en") -> Reply:
    return say("closing", language, number=best_number(needs, person, now, desk.match))


def ended(now: datetime, desk: Desk, language: str = "en") -> Reply | None:
    """Silence where it protects; on a page, where it protects nobody, a quiet end."""
    return None if desk.asks_whether_safe else with_number("ended_web", now, desk, language)


def explain(
    needs: Sequence[str], person: Person, now: datetime, desk: Desk, *, asked: bool, language: str = "en"
) -> Reply:
    """What a number is for, and why it was asked whether it is safe to text."""
    number = best_number(needs, person, now, desk.match)
    return say("explain_asked" if asked else "explain", language, number=number)


def named_in(reply: Reply) -> tuple[str, ...]:
    """Ids of the services whose numbers stand in the gaps of a reply."""
    told = " ".join(reply.facts.values())
    return tuple(service.id for service in load() if service.phone and not service.is_police and service.phone in told)


def with_number(id: str, now: datetime, desk: Desk, language: str = "en", person: Person | None = None) -> Reply:
    """A sentence whose gaps are facts for anyone: a number, one for children too, the police, a page."""
    known = person or Person()
    is_deaf = "deaf" in known.facets
    facts = {
        "number": lambda: best_number((), Person(facets=known.facets & {"deaf"}), now, desk.match),
        "child": lambda: page("childline") if is_deaf else fact("childline"),
        "clinics": lambda: fact("havens"),
        "police": lambda: fact("police_101"),
        "streetsafe": lambda: fact("streetsafe"),
    }
    return say(id, language, **{gap: facts[gap]() for gap in sentence_of(id).gaps})


def page(service_id: str) -> str:
    """The address of a service's page, as people type it."""
    return (by_id(load())[service_id].web or "").rpartition("://")[2].removeprefix("www.").rstrip("/")


def fact(service_id: str) -> str:
    """How to reach a service that a sentence names by itself: its number, or the address of its page."""
    service = by_id(load())[service_id]
    return service.phone or page(service_id)


def _own_length(id: str) -> int:
    """Letters that a sentence takes by itself, its gaps empty."""
    sentence = sentence_of(id)
    return length(sentence.text.format(**dict.fromkeys(sentence.gaps, "")))
