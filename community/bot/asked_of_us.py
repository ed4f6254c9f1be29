"""What people ask of this service in whole sentences that no model is trusted with: the police through us, an end to
the texts; and whether they say that they are not safe, or speak of a parent. Pure."""

from __future__ import annotations

import re
from typing import Final

from community.bot.understanding.commands import command_in
from community.bot.understanding.normalising import plain

_POLICE: Final = r"(?:the )?(?:police|polic|cops?|feds|old bill|met police|politia|policja|polis)"
_ASK: Final = r"(?:please |pls |plz )*(?:(?:can|could|will|would) (?:you|u|ya) )?(?:please |pls |plz )*"
_POLITE: Final = r"(?: (?:please|pls|plz|now|asap|quick|quickly|here|to me|help|for me))*"
_SEND: Final = re.compile(
    rf"{_ASK}(?:send|call|ring|phone|get|tell|contact|alert|inform|bring|message) (?:for )?(?:me )?{_POLICE}\b.{{0,80}}"
    rf"|(?:have|did|has|are) (?:you|u|ya|anyone) (?:sent|send|called|call|told|tell|rung|sending|calling) "
    rf"{_POLICE}\b.{{0,40}}"
    rf"|(?:i |we )?(?:need|want) {_POLICE}{_POLITE}|{_POLICE}{_POLITE}|when (?:will|are|is) {_POLICE}\b.{{0,30}}"
)
_WHETHER: Final = re.compile(
    rf"(?:are|r) (?:you|u|ya|these|this) {_POLICE}|is this {_POLICE}|am i (?:talking|texting|speaking) to {_POLICE}"
    rf"|(?:will|do|would) (?:you|u|ya) (?:tell|call|send|contact|inform|work with|work for) {_POLICE}\b.{{0,30}}"
    rf"|(?:do|can|will) {_POLICE} (?:see|read|get|know|come|hear)\b.{{0,30}}"
    rf"|(?:does|will|do) (?:this|it|my text|my texts|texts) (?:go|get|reach)(?: to)? {_POLICE}"
)
_UNSAFE: Final = re.compile(
    r"(?:no )?(?:i am |im |its |it is |feel(?:ing)? |i feel )?(?:not (?:very )?safe|unsafe)"
    r"(?: (?:here|now|at home|right now))*|i dont feel safe"
)
_PLEA: Final = re.compile(
    r"(?:(?:please|pls|plz|ok|okay|now|just|can you|could you|will you|there|mate|bro|fam|guys) )*(?:stop|stopp)"
    r"(?: (?:please|pls|plz|now|ok|okay|just|there|mate|bro|fam|guys))*"
)
_PARENT: Final = re.compile(
    r"\bmy (?:\w+ )?(?:dad|daddy|dads|mum|mums|mummy|mom|moms|stepdad|stepmum|step dad|step mum|father|mother|"
    r"stepfather|stepmother|papa|parents?)\b|\b(?:mum|dad)s?\b"
)
_SIGNS: Final = re.compile(r"[^\w\s]+")
_MOST: Final = 160


def asks_to_stop(text: str) -> bool:
    """Whether the whole message asks for no more texts. Nothing else may be met with silence, but a no to "Safe to
    text?".

    >>> asks_to_stop("STOP"), asks_to_stop("please stop hurting me")
    (True, False)
    """
    return command_in(plain(text)) == "stop"


def may_plead(text: str) -> bool:
    """Whether "stop" stands beside no more than a please or a now: said to us, or to somebody who does harm.

    >>> may_plead("stop please"), may_plead("please stop"), may_plead("STOP"), may_plead("stop all")
    (True, True, False, False)
    """
    said = _said(text)
    return len(said.split()) > 1 and _PLEA.fullmatch(said) is not None


def says_stop_now(text: str) -> bool:
    """Whether the whole message is "stop now": no more texts, from somebody with whom we have not talked."""
    return _said(text) == "stop now"


def asks_for_police(text: str) -> bool:
    """Whether the police are asked for, as if we could send them.

    >>> asks_for_police("can u send the police to 12 Oak Road"), asks_for_police("i told the police")
    (True, False)
    """
    return _SEND.fullmatch(_said(text)) is not None


def asks_about_police(text: str) -> bool:
    """Whether somebody asks if this is the police, or if they hear of it."""
    return _WHETHER.fullmatch(_said(text)) is not None


def says_not_safe(text: str) -> bool:
    """Whether the whole message says so and no more."""
    return len(text.strip()) > len("no") and _UNSAFE.fullmatch(_said(text)) is not None


def names_a_parent(text: str) -> bool:
    return _PARENT.search(_said(text, most=len(text))) is not None


def _said(text: str, *, most: int = _MOST) -> str:
    """The words alone; "" for more than anybody asks in."""
    if len(text) > most:
        return ""
    return " ".join(_SIGNS.sub(" ", text.replace("'", "").replace("’", "").casefold()).split())
