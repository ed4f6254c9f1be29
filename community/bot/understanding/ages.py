"""How old the writer says they are, and whether they are a child: "im 14", "year 9", "14f", "I turn 12 in May".

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
_NUMBER: Final = r"(?P<age>\d{1,2}|" + "|".join([*_UNITS[1:], *_TENS]) + r")"
_NOT_YEARS: Final = (
    r"(?! (?:minutes?|hours?|days?|weeks?|months?|miles?|percent|stone|metres?|pounds?|quid|k|times?|of|people|men|lads|boys|"
    r"girls|pm|am|oclock|per|in the|at the|kids|children|steps|feet|stops|th|st|nd|rd|-)\b)"
)
_OWN: Final = tuple(
    re.compile(pattern.replace("AGE", _NUMBER + _NOT_YEARS))
    for pattern in (
        r"\b(?:im|i be|me im|am|i am|were|im only|im just|im like|im nearly|im almost|im about|im barely|i was|i turned|"
        r"ive just turned|just turned|i turn|i just turned|ive turned) (?:only |just |nearly |almost |about |like |still |gonna be |turned |a )?AGE",
        r"\bim (?:only |just |still )?(?:a |an )?(?:lad|girl|boy|guy|fella|woman|man|bloke|kid|female|male|lady|mum|dad)(?: of| aged)? AGE",
        r"\b(?:my age is|aged?|age is|i m) AGE",
        r"\bas (?:a|an) AGE year old",
        r"\bi (?:a|an|be) AGE(?: year old| years old)",
        r"(?:^|\. )AGE(?: years?)?(?: old)?(?: here| btw)?(?= \.| and |$)",
        r"\bim (?:a |an )?AGE ?(?:year|years|yo)",
        r"\b(?:and|btw|only|tho) (?:im )?AGE(?: (?:years old|year old|yo|m|f))?(?= \.|$)",
    )
)
_JOINED: Final = re.compile(r"(?<![\w])(?:m|f)?(?P<age>[1-9]\d)(?:yo|yrs?|f|m)(?![\w])")
_YEAR: Final = re.compile(
    r"\b(?:im (?:only |just |still |now )?in |im |i go |me in |in my |girls in |boys in |lads in |in )?(?:year|yr|y) ?(?P<year>\d{1,2}|seven|eight|nine|ten|eleven|twelve|thirteen)\b(?! old| ago)"
)
_OTHERS: Final = re.compile(
    r"\b(?:son|daughter|boy|girl|kid|child|grandson|granddaughter|nephew|niece|brother|sister|cousin|pupil|student|lad|friend|"
    r"mate|neighbour|he|she|hes|shes|theyre|lodger|stepson|stepdaughter|grandchild|twin|twins|baby|toddler)(?: \w+){0,2}$"
)  # fmt: skip


@dataclass(frozen=True)
class Age:
    """years: the writer's own, when said. child: the writer is under 18. others: a child's age is said, not the
    writer's."""

    years: int | None = None
    child: bool = False
    others: bool = False


def age_in(message: Plain) -> Age:
    """The last age that the writer says is their own; a school year otherwise."""
    text = message.text
    others = False
    for pattern in (*_OWN, _JOINED):
        for match in pattern.finditer(text):
            years = _number(match["age"])
            if years is None or not _YOUNGEST <= years <= _OLDEST:
                continue
            before = text[: match.start()].removesuffix(" ")
            if match[0].startswith(("im", "i ", "am ", "my", "as ", ". ")) or not _OTHERS.search(before):
                if "i was" in match[0]:
                    continue
                return Age(years, years < GROWN)
            others = others or years < GROWN
    return Age(others=others)


def _number(said: str) -> int | None:
    if said.isdigit():
        return int(said)
    return _TENS.get(said) or (_UNITS.index(said) if said in _UNITS else None)
