"""How old the writer says they are, and whether they are a child: "im 14", "I'm in year 9", "14f", "10 yrs old".

An age that belongs to somebody else ("my son is 14", "he's 13") is not the writer's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from community.bot.understanding.normalising import Plain

GROWN: Final = 18
_YOUNGEST: Final = 5
_OLDEST: Final = 99
_UNITS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_NOT_YEARS: Final = (
    "minutes", "minute", "hours", "hour", "days", "day", "weeks", "week", "months", "month", "miles", "percent",
    "stone", "metres", "pounds", "quid", "k", "times", "of", "people", "men", "lads", "boys", "girls", "pm", "am",
    "oclock", "per", "kids", "children", "steps", "feet", "stops", "or", "stories", "floors", "doors", "streets",
)  # fmt: skip
"""What follows a number that is no age."""
_AGE: Final = rf"(?P<age>\d{{1,2}}|{'|'.join([*_UNITS[1:], *_TENS])})\b(?! (?:{'|'.join(_NOT_YEARS)})\b)"
_HARDLY: Final = r"(?:only|just|nearly|almost|about|like|still|barely|turned|turnin|gonna be|a|an)"
_PERSON: Final = r"(?:lad|girl|boy|guy|fella|woman|man|bloke|kid|female|male|lady|mum|dad)"
_OWN: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:im|am|i turned|i turn|i just turned|ive turned|ive just turned)(?: {_HARDLY})* {_AGE}",
        rf"\bim(?: {_HARDLY})* {_PERSON}(?: of| aged)? {_AGE}",
        rf"\b(?:my age is|i be|me im|as an?) {_AGE}",
        rf"(?:^|\. ){_AGE}(?: years?)?(?: old)?(?: here| btw| girl| boy| female| male| f| m)?(?= \.| and |$)",
        rf"\b(?:and|btw|tho) {_AGE}(?: years? old| yo| m| f)?(?= \.|$)",
        r"(?<!\w)[mf]?(?P<age>[1-9]\d)(?:yo|yrs|f|m)(?!\w)",
    )
)
_YEAR: Final = re.compile(
    r"\b(?:im|im in|me in|i go|i go to|im only in|im just in|im still in) (?:year|y) ?"
    rf"(?:\d{{1,2}}|{'|'.join(_UNITS[7:14])})\b"
    r"(?! (?:old|ago))|\bim in sixth form\b|\bin my gcse year\b|\bim in (?:primary|secondary) school\b"
)
_OTHERS: Final = re.compile(
    r"\b(?:sons?|daughters?|boys?|girls?|kids?|child|children|grandson|granddaughter|nephew|niece|brother|sister|cousin|pupil|student|lad|"
    r"friend|mate|neighbour|he|she|hes|shes|theyre|lodger|stepson|stepdaughter|grandchild|twins?|baby|toddler)"
    r"(?: \w+){0,2}$"
)


@dataclass(frozen=True)
class Age:
    """years: the writer's own, when said. child: the writer is under 18."""

    years: int | None = None
    child: bool = False


def age_in(message: Plain) -> Age:
    """The age that the writer says is their own, or the school year they say they are in."""
    text = message.text
    for pattern in _OWN:
        for match in pattern.finditer(text):
            years = _number(match["age"])
            if years is not None and _YOUNGEST <= years <= _OLDEST and not _is_of_another(text, match):
                return Age(years, years < GROWN)
    return Age(child=bool(_YEAR.search(text)))


def _is_of_another(text: str, match: re.Match[str]) -> bool:
    """ "my son, 14" and "he and his mate, 14": no word before it says that it is the writer's."""
    begins_anew = match[0].startswith(("im ", "i ", "am ", "my ", "as ", "me ", "ive ", ". "))
    return not begins_anew and bool(_OTHERS.search(text[: match.start()].rstrip()))


def _number(said: str) -> int | None:
    if said.isdigit():
        return int(said)
    return _TENS.get(said) or (_UNITS.index(said) if said in _UNITS else None)
