"""Which sentence answers what: fixed words, with facts of the support catalogue in their gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from community.bot.helping import Matching, best_number, first_lines, further_lines, numbers
from community.bot.meaning import NEEDS, Meaning
from community.bot.talk import HavenFinder, SurveyStep
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


def person_of(facets: Iterable[str], age: int | None) -> Person:
    """The person to be helped, in support's words."""
    known = frozenset(facets)
    about = "child" if "about_child" in known else "other" if "other" in known else "self"
    return Person(age=age, is_child="child" in known, about=about, facets=known)  # type: ignore[arg-type]


def emergency(meaning: Meaning, person: Person, now: datetime, desk: Desk, *, ask: bool = False) -> Reply:
    """999, now. No question, no choice. Somebody to talk to where that may save a life, and where it is not sure
    that the danger is now; there, ask says that nobody has asked yet whether it is safe to text."""
    language = meaning.language
    if "deaf" in person.facets:
        return say("emergency_by_text", language)
    if "cannot_speak" in person.facets:
        return say("emergency_silent", language)
    if not meaning.sure:
        likely = tuple(need for need in (*meaning.topics, *meaning.maybe) if need in NEEDS)[:MOST_UNSURE]
        for id in (
            ("emergency_or_safe", "emergency_or_talk") if ask and desk.asks_whether_safe else ("emergency_or_talk",)
        ):
            room = MOST_FIRST - _own_length(id)
            told = numbers(likely, person, now, desk.match, room=room)
            if length(told) <= room:
                break
        return say(id, language, numbers=told)
    if "suicide" in meaning.topics or (person.served_as is not None and not person.is_grown_up):
        needs = tuple(topic for topic in meaning.topics if topic == "suicide")
        return say("emergency_talk", language, number=best_number(needs, person, now, desk.match))
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
    return Helped(say(id, language, lines=found.text, more=also.text), (*found.named, *also.named))


def best(needs: Sequence[str], person: Person, now: datetime, desk: Desk, language: str = "en") -> Helped:
    """The best lines once more is known of the person; nothing is asked."""
    found = first_lines(needs, person, now, desk.match, room=MOST_FIRST - _own_length("best"))
    return Helped(say("best", language, lines=found.text), found.named)


def more(
    needs: Sequence[str], person: Person, now: datetime, desk: Desk, *, named: Iterable[str], language: str = "en"
) -> Helped:
    """Who else fits, up to four."""
    room = MOST_LATER - _own_length("more")
    found = further_lines(needs, person, now, desk.match, named=named, room=room)
    return Helped(say("more", language, lines=found.text), found.named)


def closing(needs: Sequence[str], person: Person, now: datetime, desk: Desk, language: str = "en") -> Reply:
    return say("closing", language, number=best_number(needs, person, now, desk.match))


def with_number(id: str, now: datetime, desk: Desk, language: str = "en") -> Reply:
    """A sentence whose gap is a number for anyone; where it has a gap for children, theirs too."""
    facts = {"number": best_number((), Person(), now, desk.match)}
    if "child" in sentence_of(id).gaps:
        facts["child"] = fact("childline")
    return say(id, language, **facts)


def haven_or_talk(language: str = "en") -> Reply:
    """ "Haven" alone: a shop that helps, or the centres called The Havens (trust B10)."""
    return say("haven_or_talk", language, number=fact("havens"), child=fact("childline"))


def report_how(language: str = "en") -> Reply:
    return say("report_how", language, police=fact("police_101"), streetsafe=fact("streetsafe"))


def fact(service_id: str) -> str:
    """How to reach a service that a sentence names by itself: its number, or the address of its page."""
    service = by_id(load())[service_id]
    return service.phone or (service.web or "").rpartition("://")[2].removeprefix("www.")


def _own_length(id: str) -> int:
    """Letters that a sentence takes by itself, its gaps empty."""
    sentence = sentence_of(id)
    return length(sentence.text.format(**dict.fromkeys(sentence.gaps, "")))
