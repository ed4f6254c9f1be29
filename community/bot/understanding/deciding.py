"""From what rules and model say of a message to one meaning: danger first, then commands, then the likeliest, then
doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import EllipsisType
from typing import Final

from community.bot.meaning import ERRANDS, FACETS, HARMLESS, NEEDS, Meaning, Urgency
from community.bot.understanding.ages import Age, age_in
from community.bot.understanding.commands import command_in
from community.bot.understanding.concepts import classes_of
from community.bot.understanding.features import features_of
from community.bot.understanding.languages import language_of
from community.bot.understanding.model import Model, shipped
from community.bot.understanding.narrowing import narrowed
from community.bot.understanding.normalising import plain
from community.bot.understanding.rules import Found, found_in

ALARM: Final = (0.4, 0.025)
"""How likely an emergency must be, beside talk without harm and beside harm that can wait, to be told as one. The
second is low: a needless 999 costs less than a missing one."""
ALARM_OF_FEW: Final = (0.5, 0.06)
"""Instead of ALARM for a message of FEW words."""
PLAIN_ALARM: Final = (0.9, 0.3)
"""Instead of both where a saying, a game, a film or a denial stands in the message."""
SURELY_NOW: Final = 0.8
"""Below this an emergency is told with `sure` false: its reply should name who helps with the need as well as 999."""
NO_ALARM: Final = 0.2
"""Below this, and with harm below NO_HARM, what is only a sign of danger counts for nothing."""
NO_HARM: Final = 0.35
_SAID_OTHERWISE: Final = frozenset({"saying", "elsewhere", "denied", "past"})
HARM: Final = 0.6
DOUBT: Final = 0.35
"""From here on a message taken for harmless might not be: what it may be about is told as well."""
SURE: Final = 0.5
TELLING: Final = 0.8
"""So likely must a need be, were the message one of harm, to leave a doubt where harm itself is not likely."""
HARDLY: Final = 0.15
"""Less likely than this, harm leaves no doubt at all."""
TOLD: Final = 0.85
"""So likely must harm be to outweigh an errand that stands there in plain words."""
ASKED: Final = 0.35
"""From here on an errand is told even where the words may also be of harm."""
WATCHED: Final = "phone_watched"
ALSO: Final = 0.4
"""From here on a second need is named as one the message is about."""
MAYBE: Final = 0.02
"""From here on a need is worth naming when unsure."""
BESIDE: Final = 0.08
"""From here on where a rule tells of another need for certain. Whether a child is in it, narrowing tells by its
words."""
CHILD: Final = "child_safety"
FACET: Final = 0.5
OLD: Final = 65
"""Years from which on those who help older people are named."""
SHORT: Final = 30
"""Words. In a longer message an errand in passing does not settle what it is about."""
FEW: Final = 5
"""Words. Of no more than these the model knows too little: no second reader is asked, and no sign is taken back."""
QUESTION: Final = 8
"""Words. A question of who answers here that is no longer is nothing else."""
_MOST_MAYBE: Final = 3
_MOST_TOPICS: Final = 3

Chances = Mapping[str, float]


def understand(text: str, *, media: int = 0, model: Model | EllipsisType | None = ...) -> Meaning:
    """What a message means. media: how many pictures came with it; they are not looked at. model: the shipped one
    unless given; None: rules alone. Deterministic; keeps nothing; takes bounded time and never fails."""
    message = plain(text)
    language = language_of(message)
    if not any(word != "." for word in message.words):
        return Meaning(("menu",), language=language, sure=False)
    command = command_in(message)
    if command is not None:
        return Meaning((command,), language=language)
    classes = classes_of(message.words)
    known = shipped() if model is ... else model
    length = sum(word != "." for word in message.words)
    chances = known.chances(*features_of(message, classes), together=length > FEW) if known else {}
    rules = found_in(message.words, classes)
    taken_back = rules.signs and _all_but_harmless(length, chances)
    if taken_back:
        rules = found_in(message.words, classes, signs=False)
    meaning = _decided(length, rules, chances, age_in(message), language)
    meaning = narrowed(meaning, rules, message.words, classes, chances)
    doubtful = meaning.urgency is Urgency.none and (media > 0 or taken_back)
    return replace(meaning, sure=False) if doubtful else meaning


def _decided(length: int, rules: Found, chances: Chances, age: Age, language: str) -> Meaning:
    urgency = _urgency(length, rules, chances)
    if rules.errands[:1] == ("menu",) and length <= QUESTION and not (rules.danger or rules.perhaps or rules.harm):
        return Meaning(rules.errands[:1], Urgency.none, _facets(rules, chances, age), age.years, language)
    plainly = rules.harm or rules.harmed or urgency is Urgency.emergency
    if rules.unclear and not plainly and not _tells_of_harm(chances):
        return Meaning(("menu",), Urgency.none, _facets(rules, chances, age), age.years, language, sure=False)
    errand = _errand(rules, chances) if length <= SHORT else ()
    if not plainly and errand and not _tells_of_harm(chances):
        sure = errand[0] != "stop"
        return Meaning(errand, Urgency.none, _facets(rules, chances, age), age.years, language, sure)
    topics, sure = _topics(rules, chances, urgency)
    if urgency is Urgency.emergency:
        sure = bool(rules.danger or rules.silent) or (not rules.perhaps and chances.get("now", 0.0) >= SURELY_NOW)
    ranked = _likeliest(chances, "need", NEEDS)
    maybe = tuple(need for need, chance in ranked if chance >= MAYBE and need not in topics)[:_MOST_MAYBE]
    if rules.harm:  # beside plain words a faint guess would name people who have nothing to do with it
        maybe = tuple(need for need, chance in ranked if need in maybe and (chance >= BESIDE or need == CHILD))
    if urgency is Urgency.none and not _might_be_harm(chances):
        maybe = ()
    return Meaning(topics, urgency, _facets(rules, chances, age), age.years, language, sure, maybe)


def _all_but_harmless(length: int, chances: Chances) -> bool:
    """Whether the model is all but certain that no harm is meant; of few words it never is."""
    return length > FEW and bool(chances) and chances["alarm"] < NO_ALARM and chances["harm"] < NO_HARM


def _urgency(length: int, rules: Found, chances: Chances) -> Urgency:
    if rules.danger or rules.silent or rules.perhaps:
        return Urgency.emergency
    least = Urgency.urgent if rules.harm or rules.harmed else Urgency.none
    if not chances:
        return least
    alarm, now = ALARM_OF_FEW if length <= FEW else ALARM
    if rules.ordinary & _SAID_OTHERWISE:
        alarm, now = PLAIN_ALARM
    if chances["alarm"] >= alarm and chances["now"] >= now:
        return Urgency.emergency
    return Urgency.urgent if chances["harm"] >= HARM else least


def _errand(rules: Found, chances: Chances) -> tuple[str, ...]:
    """What is wanted of this service, said in plain words or told by the model; at most one. That somebody wants no
    more texts is not the model's to tell: who begs to be left alone must not be met with silence."""
    if rules.errands:
        return rules.errands[:1]
    likely = _likeliest(chances, "errand", tuple(errand for errand in ERRANDS if errand != "stop"))[:1]
    return tuple(errand for errand, chance in likely if chance >= ASKED)


def _tells_of_harm(chances: Chances) -> bool:
    """Whether a need is told as surely as an errand that stands there in plain words."""
    likeliest = max((chances.get(f"need:{need}", 0.0) for need in NEEDS), default=0.0)
    return chances.get("harm", 0.0) >= TOLD and likeliest >= SURE


def _might_be_harm(chances: Chances) -> bool:
    """Whether what is taken for harmless leaves a doubt: harm not far from likely, or a need so likely among messages
    of harm that little harm is enough."""
    harm = chances.get("harm", 0.0)
    likeliest = max((chances.get(f"need:{need}", 0.0) for need in NEEDS), default=0.0)
    return harm >= DOUBT or (harm >= HARDLY and likeliest >= TELLING)


def _topics(rules: Found, chances: Chances, urgency: Urgency) -> tuple[tuple[str, ...], bool]:
    """(topics, surest first; whether to be sure of them)."""
    if urgency is Urgency.none:
        ranked = _likeliest(chances, "talk", (*ERRANDS, *HARMLESS))
        if not ranked:
            return ("menu",), False
        is_sure = ranked[0][1] >= SURE and ranked[0][0] != "stop" and not _might_be_harm(chances)
        return (ranked[0][0],), is_sure
    ranked = _likeliest(chances, "need", (*NEEDS, "menu"))
    if rules.harmed and not rules.harm and not rules.danger:
        return ("menu",), False
    if rules.perhaps and not rules.danger:
        return _perhaps(rules, ranked), False
    guessed = () if rules.danger and not rules.harm else ranked[:1]
    likely = [need for need, chance in ranked if chance >= ALSO] or [need for need, _ in guessed]
    sure = bool(rules.harm) or (bool(ranked) and ranked[0][1] >= SURE)
    if rules.harm:
        likely = _with_rules(rules, likely, dict(ranked))
    if likely[:1] == ["menu"] and not rules.danger:
        return ("menu",), sure
    if WATCHED in _errand(rules, chances):
        likely = [*likely[: _MOST_TOPICS - 1], WATCHED]
    named = [need for need in dict.fromkeys([*likely, *rules.danger]) if need != "menu"]
    return tuple(named[:_MOST_TOPICS]) or ("menu",), sure


def _perhaps(rules: Found, ranked: list[tuple[str, float]]) -> tuple[str, ...]:
    """What may be danger now: what rules tell it is, then what the model is sure of."""
    told = dict.fromkeys((*rules.perhaps, *rules.harm, *(need for need, chance in ranked if chance >= SURE)))
    return tuple(topic for topic in told if topic != "menu")[:_MOST_TOPICS] or ("menu",)


def _with_rules(rules: Found, likely: list[str], known: dict[str, float]) -> list[str]:
    """What rules tell, likeliest first, and beside it only what the model is sure of."""
    told = (*rules.danger, *rules.harm)
    beside = [need for need in likely if known[need] >= SURE]
    named = [need for need in dict.fromkeys([*told, *beside]) if need != "menu"]
    return sorted(named, key=lambda need: -known.get(need, 0.0) - (need in told))


def _facets(rules: Found, chances: Chances, age: Age) -> frozenset[str]:
    facets = {facet for facet in FACETS if chances.get(f"facet:{facet}", 0.0) >= FACET}
    facets |= rules.facets
    if rules.silent:
        facets.add("cannot_speak")
    if age.child:
        facets = facets - {"about_child", "childhood"} | {"child"}
        facets |= {"at_school"} if age.years is None else set()
    elif age.years is not None or rules.about & {"grown", "by_child"}:
        facets.discard("child")
    if age.years is not None and age.years >= OLD:
        facets.add("older")
    elif age.child or "young" in rules.about or ("disabled" in facets and "older" not in rules.facets):
        facets.discard("older")
    if "knows" in facets:
        facets.discard("hurt")
    return frozenset(facets)


def _likeliest(chances: Chances, kind: str, names: tuple[str, ...]) -> list[tuple[str, float]]:
    ranked = [(name, chances[f"{kind}:{name}"]) for name in names if f"{kind}:{name}" in chances]
    return sorted(ranked, key=lambda pair: -pair[1])
