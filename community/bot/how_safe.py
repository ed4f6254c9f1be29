"""How safe somebody says they feel, in words of their own, while they are asked just that: "not very safe". Pure.

Whole messages or nothing: "im not safe he is here" is a cry for help and no answer. "Im not safe", which says nothing
of a place and no "feel", is none either: danger comes first. What leaves open how much is a side, and is asked once
more."""

from __future__ import annotations

import re
from typing import Final

from community.bot.answers_in_words import MEANS, said

VERY_SAFE, FAIRLY_SAFE, NEITHER, FAIRLY_UNSAFE, VERY_UNSAFE = SCALE = (
    "very_safe", "fairly_safe", "neither", "fairly_unsafe", "very_unsafe",
)  # fmt: skip
"""Option keys of the scale that such questions share."""
SAFE: Final = (VERY_SAFE, FAIRLY_SAFE)
UNSAFE: Final = (FAIRLY_UNSAFE, VERY_UNSAFE)

_VERY: Final = (
    "very|really|so|extremely|totally|completely|absolutely|proper|super|entirely|100|very very|really really"
)
_FAIRLY: Final = (
    "fairly|quite|pretty|mostly|reasonably|relatively|kind of|kinda|sort of|a bit|bit|a little|a little bit|"
    "little|slightly|somewhat|rather|generally|usually"
)
_NOT_VERY: Final = "very|really|so|that|too|all that|particularly|overly|exactly|much"
_TAIL: Final = (
    r"(?: (?:here|there|round here|around here|in this place|at this place|at this station|at the station|tbh|"
    r"to be honest|honestly|really|i guess|i think|i suppose|sorry|thanks|please))*"
)
_HEAD: Final = r"(?:(?:well|um|erm|honestly|tbh|sorry|i think|i guess|i would say|id say|i suppose|we) )*"
_FEELS: Final = (
    r"(?:i feel|i do feel|we feel|feel|feels|feeling|im feeling|it is|its|it feels|here is|this is|this place is|"
    r"the place is|this place feels|here feels|it)"
)
_FEELS_NOT: Final = (
    r"(?:i dont feel|i do not feel|i dont|we dont feel|dont feel|do not feel|doesnt feel|it doesnt feel|it isnt|isnt|"
    r"its not|it is not|this place isnt|i feel not|i never feel|never feel|not feeling|im not feeling|not|never)"
)
_AT_ALL: Final = r"(?: (?:at all|one bit|in the slightest|in the least))"
_YES: Final = rf"(?:{MEANS['yes']}|yes i do|i do|yes it is|it is)"
_NO: Final = rf"(?:{MEANS['no']}|no i dont|no i do not|i dont|no it isnt|no its not)"
_FINE: Final = (
    "ok|okay|k|alright|all right|fine|good|its ok|its okay|its fine|its alright|im ok|im okay|im fine|not bad"
)

_WAYS: Final[tuple[tuple[tuple[str, ...], str], ...]] = (
    ((VERY_UNSAFE,), rf"(?:{_NO} )?(?:{_FEELS} )?(?:{_VERY}) (?:unsafe|un safe)"),
    ((VERY_UNSAFE,), rf"(?:{_NO} )?{_FEELS_NOT} (?:(?:at all|one bit|even slightly|even a bit) safe|safe{_AT_ALL})"),
    ((VERY_UNSAFE,), rf"(?:{_NO} )?not{_AT_ALL}|(?:{_NO}){_AT_ALL}"),
    ((FAIRLY_UNSAFE,), rf"(?:{_NO} )?(?:{_FEELS} )?(?:{_FAIRLY}) (?:unsafe|un safe)"),
    ((FAIRLY_UNSAFE,), rf"(?:{_NO} )?{_FEELS_NOT} (?:{_NOT_VERY}) safe"),
    ((FAIRLY_UNSAFE,), r"(?:no )?(?:i )?dont (?:really|particularly|exactly) feel (?:very |that |too |so )?safe"),
    ((FAIRLY_UNSAFE,), rf"(?:{_NO} )?not (?:{_NOT_VERY})|(?:{_NO}) (?:not )?(?:really|much)"),
    (UNSAFE, rf"(?:{_NO} )?{_FEELS_NOT} safe"),
    (UNSAFE, rf"(?:{_NO} )?(?:{_FEELS} )?(?:unsafe|un safe)"),
    (UNSAFE, _NO),
    ((VERY_SAFE,), rf"(?:{_YES} )?(?:{_FEELS} )?(?:{_VERY}) safe|(?:{_YES}) (?:very|really|totally|100|definitely)"),
    ((FAIRLY_SAFE,), rf"(?:{_YES} )?(?:{_FEELS} )?(?:(?:{_FAIRLY}) safe|safe enough|safe ish|safeish)"),
    ((FAIRLY_SAFE,), rf"(?:{_YES}) (?:{_FAIRLY})|(?:{_FAIRLY}) (?:{_YES})|mostly"),
    ((NEITHER,), "so so|in between|in the middle|middle|somewhere in between|neutral|average|bit of both|50 50"),
    (SAFE, rf"(?:{_YES} )?(?:{_FEELS} )?safe|{_YES}|{_FINE}"),
)  # fmt: skip
"""(what it may mean, how it is said), the narrower first."""
_PATTERNS: Final = tuple((keys, re.compile(rf"{_HEAD}(?:{way}){_TAIL}")) for keys, way in _WAYS)
_MUCH: Final = re.compile(rf"(?:{_VERY}|very much|much)(?: (?:so|safe|unsafe))?{_TAIL}")
_SOME: Final = re.compile(rf"(?:{_FAIRLY}|fair)(?: (?:so|safe|unsafe))?{_TAIL}")
_MOST: Final = 80


def how_safe(text: str) -> tuple[str, ...]:
    """Keys of SCALE that a message means: one; two, where it leaves open how much; none.

    >>> how_safe("Not very safe"), how_safe("i feel unsafe here")
    (('fairly_unsafe',), ('fairly_unsafe', 'very_unsafe'))
    >>> how_safe("im not safe he is here"), how_safe("help")
    ((), ())
    """
    words = said(text) if len(text) <= _MOST else ""
    return next((keys for keys, pattern in _PATTERNS if pattern.fullmatch(words)), ())


def how_much(text: str, side: tuple[str, ...]) -> str | None:
    """Which of a side is meant, once that was asked: "very", "fairly", "a bit"; None when it does not say."""
    words = said(text) if len(text) <= _MOST else ""
    known = {"very" if "very" in key else "fairly": key for key in side}
    if _SOME.fullmatch(words):
        return known.get("fairly")
    return known.get("very") if _MUCH.fullmatch(words) else None
