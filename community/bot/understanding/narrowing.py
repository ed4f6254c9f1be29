"""Who must not be named on a guess: help for those who hurt others, to somebody hurt; help for children, to somebody
grown up. Named wrongly they do harm, and take the place of who would help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from community.bot.meaning import Meaning, Urgency
from community.bot.understanding.rules import Found

_OWN: Final = "own_behaviour"
_CHILD: Final = "child_safety"
_OF_CHILDREN: Final = frozenset({"PARENT", "CHILD", "SCHOOL", "BULLY", "NEGLECT"})
_ABOUT_CHILDREN: Final = frozenset({"child", "about_child", "childhood"})
_I: Final = frozenset({"i", "im", "ive", "ill", "id", "myself", "ima"})
_SURELY: Final = 0.35
"""So sure must the model be that a child is harmed where no word is of children."""
_RATHER: Final = 0.25
"""So likely must it be that writers speak of what they do themselves, where no rule tells."""
_CERTAINLY: Final = 0.6
"""And so likely where rules tell of another need."""
_LIKELY: Final = 0.2
"""So likely must a need be to stand beside what is only perhaps danger."""

Chances = Mapping[str, float]
Classes = Sequence[frozenset[str]]


def narrowed(meaning: Meaning, rules: Found, words: Sequence[str], classes: Classes, chances: Chances) -> Meaning:
    """The meaning without the needs that would be named on a guess; what is told in plain words stays."""
    of_children = any(not _OF_CHILDREN.isdisjoint(found) for found in classes)
    facets = meaning.facets
    if "child" in facets and not (of_children or meaning.age is not None):
        facets -= {"child"}
    dropped = set()
    if not _is_own(meaning, rules, words, chances):
        dropped.add(_OWN)
    if not _concerns_a_child(replace(meaning, facets=facets), rules, chances, of_children=of_children):
        dropped.add(_CHILD)
    maybe = tuple(need for need in meaning.maybe if need not in dropped and need != _OWN)
    if rules.harmed or (rules.perhaps and not rules.danger):
        maybe = tuple(need for need in maybe if chances.get(f"need:{need}", 0.0) >= _LIKELY)
    topics = tuple(topic for topic in meaning.topics if topic not in dropped)
    if topics:
        return replace(meaning, topics=topics, maybe=maybe, facets=facets)
    is_now = meaning.urgency is Urgency.emergency
    if meaning.urgency is not Urgency.none and maybe:
        topics, maybe = maybe[:1], maybe[1:]
    return replace(meaning, topics=topics or ("menu",), maybe=maybe, facets=facets, sure=meaning.sure and is_now)


def _is_own(meaning: Meaning, rules: Found, words: Sequence[str], chances: Chances) -> bool:
    """Whether the writer speaks of themselves as the one who hurts."""
    told, likely = _OWN in rules.harm, chances.get(f"need:{_OWN}", 0.0)
    if "own" in rules.about:
        return told or likely >= _RATHER
    if "victim" in rules.about:
        return False
    if told:
        return True
    if rules.danger or (meaning.language == "en" and _I.isdisjoint(words)):
        return False
    return likely >= (_CERTAINLY if rules.harm else _RATHER)


def _concerns_a_child(meaning: Meaning, rules: Found, chances: Chances, *, of_children: bool) -> bool:
    """Whether a child is harmed, or writes."""
    if "by_child" in rules.about or ("older" in meaning.facets and not _ABOUT_CHILDREN & meaning.facets):
        return False
    if of_children or "young" in rules.about or _ABOUT_CHILDREN & meaning.facets or _CHILD in rules.danger:
        return True
    if meaning.age is not None or "grown" in rules.about or rules.danger or rules.perhaps or rules.harmed:
        return False
    return _CHILD in rules.harm or chances.get(f"need:{_CHILD}", 0.0) >= _SURELY
