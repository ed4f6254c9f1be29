"""From what rules and model say of a message to one meaning: danger first, then commands, then the likeliest, then doubt."""

from __future__ import annotations

from collections.abc import Mapping
from types import EllipsisType
from typing import Final

from community.bot.meaning import FACETS, NEEDS, TOPICS, Meaning, Urgency
from community.bot.understanding.ages import Age, age_in
from community.bot.understanding.commands import command_in
from community.bot.understanding.concepts import classes_of
from community.bot.understanding.features import features_of
from community.bot.understanding.languages import language_of
from community.bot.understanding.model import Model, shipped
from community.bot.understanding.normalising import Plain, plain
from community.bot.understanding.rules import Found, found_in

ALARM: Final = 0.35
"""How likely an emergency must be, beside a message without harm, to be told as one. Low: a needless 999 costs less than
a missing one."""
SURE: Final = 0.5
ALSO: Final = 0.4
"""From here on a second need is named as one the message is about."""
MAYBE: Final = 0.08
"""From here on a need is worth naming when unsure."""
FACET: Final = 0.5
_MOST_MAYBE: Final = 3
_MOST_TOPICS: Final = 3

Chances = Mapping[str, float]


def understand(text: str, *, media: int = 0, model: Model | None | EllipsisType = ...) -> Meaning:
    """What a message means. media: how many pictures came with it. model: the shipped one unless given; None: rules alone.
    Deterministic; keeps nothing; takes bounded time and never fails, whatever is sent."""
    message = plain(text)
    language = language_of(message)
    if not any(word != "." for word in message.words):
        return Meaning(("menu",), language=language, sure=bool(text.strip()) is False and not media)
    command = command_in(message)
    if command is not None:
        return Meaning((command,), language=language)
    classes = classes_of(message.words)
    rules = found_in(message.words, classes)
    known = shipped() if model is ... else model
    chances = known.chances(*features_of(message, classes)) if known else {}
    return _decided(message, rules, chances, age_in(message), language)


def _decided(message: Plain, rules: Found, chances: Chances, age: Age, language: str) -> Meaning:
    urgency = _urgency(rules, chances)
    needs = _likeliest(chances, NEEDS)
    facets = _facets(rules, chances, age)
    topics = _topics(rules, chances, urgency)
    maybe = tuple(topic for topic, chance in needs if chance >= MAYBE and topic not in topics)[:_MOST_MAYBE]
    sure = bool(chances) and max(chances.get(f"t:{topic}", 0.0) for topic in topics) >= SURE
    return Meaning(topics, urgency, facets, age.years, language, sure, maybe)


def _urgency(rules: Found, chances: Chances) -> Urgency:
    if rules.danger or rules.silent:
        return Urgency.emergency
    emergency, urgent, none = (chances.get(f"u:{urgency}", 0.0) for urgency in ("emergency", "urgent", "none"))
    if not chances:
        return Urgency.none
    if emergency >= ALARM and emergency >= none:
        return Urgency.emergency
    return Urgency.urgent if max(urgent, emergency) >= none else Urgency.none


def _topics(rules: Found, chances: Chances, urgency: Urgency) -> tuple[str, ...]:
    if urgency is Urgency.none:
        ranked = _likeliest(chances, [topic for topic in TOPICS if topic not in NEEDS])
        return (ranked[0][0] if ranked else "menu",)
    ranked = _likeliest(chances, [*NEEDS, "menu"])
    chosen = [topic for topic, chance in ranked if chance >= ALSO] or [topic for topic, _ in ranked[:1]]
    first = [topic for topic in rules.danger if topic in NEEDS]
    if rules.danger and not chances:
        chosen = []
    named = dict.fromkeys([*chosen, *first] if chosen and chosen[0] != "menu" else [*first, *chosen])
    topics = tuple(named)[:_MOST_TOPICS] or ("menu",)
    return tuple(topic for topic in topics if topic != "menu") or ("menu",)


def _facets(rules: Found, chances: Chances, age: Age) -> frozenset[str]:
    facets = {facet for facet in FACETS if chances.get(f"f:{facet}", 0.0) >= FACET}
    if rules.silent:
        facets.add("cannot_speak")
    if age.child:
        facets = facets - {"about_child", "childhood"} | {"child"}
    elif age.years is not None:
        facets.discard("child")
    return frozenset(facets)


def _likeliest(chances: Chances, topics: tuple[str, ...] | list[str]) -> list[tuple[str, float]]:
    ranked = [(topic, chances[f"t:{topic}"]) for topic in topics if f"t:{topic}" in chances]
    return sorted(ranked, key=lambda pair: -pair[1])
