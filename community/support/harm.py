"""What free words ask help for, and the fixed help that answers it.

`topics_in` looks for words and phrases; it may only choose *which* reviewed help is shown. It is biased towards showing
help. `help_for` puts together the box: fixed, neutral words and facts from the catalogue, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from community.support.catalogue import Service, load
from community.support.phrases import compile_phrases, plain
from community.support.routes import ALSO_CALLED, ROUTES, for_topics
from community.support.wording import safety

FILE: Final = Path(__file__).with_name("harm_words.yaml")
HARM_TOPICS: Final = frozenset(ROUTES)
MOST_READ: Final = 12_000
"""Characters of a text that are read; no box of ours takes more."""
MOST_LINES: Final = 6


@dataclass(frozen=True)
class Line:
    """One who can help, as a box shows it. hours and note may be empty; phone is None for help by text or online,
    which the note then tells."""

    name: str
    phone: str | None
    hours: str
    note: str
    sms: str | None = None
    web: str | None = None


@dataclass(frozen=True)
class HelpBox:
    """A neutral heading and who can help, best first; never without a line."""

    heading: str
    lines: tuple[Line, ...]


def topics_in(text: str) -> frozenset[str]:
    """Help topics that free words signal, in English, its slang and its misspellings, and in part in other languages.

    >>> sorted(topics_in("my ex follows me home"))
    ['harassment']
    """
    words = plain(text[:MOST_READ])
    ordinary, phrases = _patterns()
    words = f" {' '.join(ordinary.sub('. ', words).split())} "
    return frozenset(topic for topic, pattern in phrases.items() if pattern.search(words))


def help_for(topics: Iterable[str], age_band: str | None, *, services: Sequence[Service] | None = None) -> HelpBox:
    """The box for these needs. age_band: as surveys write it ("13-15", "65+", "under_13"); None or any other words when
    the age is not known. services: those that may be shown today; the whole catalogue unless given."""
    wanted = frozenset(ALSO_CALLED.get(topic, topic) for topic in topics)
    routed = for_topics(wanted, least_age(age_band), services)
    named = [service for service in routed if "danger_now" not in service.topics]
    kept = named[:MOST_LINES]
    if not any(service.is_helpline for service in kept):
        kept = [*kept[:-1], next(service for service in named if service.is_helpline)]
    words = safety.in_language("en")
    lines = [line_of(service) for service in kept]
    return HelpBox(words.box_heading, (emergency_line(), *lines) if "danger_now" in wanted else tuple(lines))


def least_age(age_band: str | None) -> int | None:
    """The youngest age in a band, in years; None when it tells no age.

    >>> least_age("13-15"), least_age("under_13"), least_age("65+"), least_age("prefer_not_to_say")
    (13, 0, 65, None)
    """
    if age_band is None:
        return None
    if age_band.startswith("under"):
        return 0
    number = re.match(r"\d{1,3}", age_band)
    return int(number[0]) if number else None


def line_of(service: Service) -> Line:
    """A service as one line of a box: whom it is for, and how to reach it when that is not by phone."""
    ways = []
    if service.note and not service.phone:
        ways.append(service.note.rstrip("."))
    if service.sms and not service.phone:
        ways.append(f"Text {service.sms_word} to {service.sms}" if service.sms_word else f"Text {service.sms}")
    if service.web and not service.phone and not service.sms:
        ways.append("Online: " + service.web.removeprefix("https://").removeprefix("www.").rstrip("/"))
    if service.phone == "111" and service.note:
        ways.append(service.note.rstrip("."))
    ways.append(f"For {service.for_who}")
    return Line(service.name, service.phone, service.hours or "", ". ".join(ways) + ".", service.sms, service.web)


def emergency_line() -> Line:
    """999, with what to do when you cannot speak."""
    emergency = next(service for service in load() if service.id == "police_999")
    words = safety.in_language("en")
    return Line(emergency.name, emergency.phone, emergency.hours or "", words.silent_999)


@cache
def _patterns() -> tuple[re.Pattern[str], Mapping[str, re.Pattern[str]]]:
    """(ordinary talk, topic -> its phrases); put together once, on first use."""
    told = yaml.safe_load(FILE.read_text("utf-8"))
    lists = told.pop("lists")
    ordinary = compile_phrases(told.pop("ordinary"), lists)
    return ordinary, {topic: compile_phrases(phrases, lists) for topic, phrases in told.items()}
