"""What somebody means who answers a question by text: a number, a label, a part of one, with slips. Pure.

Exact or clearly near, or nothing: a message that might be about something else is left to the rest of the bot."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from community.surveys.questionnaire import AGE_FROM, DONT_KNOW, PREFER_NOT

NEAR_ENOUGH: Final = 0.84
AHEAD_BY: Final = 0.05
"""How much likelier than the next a label must be: "safe" and "unsafe" are two letters apart."""
MOST_LETTERS: Final = 160
YOUNGEST, OLDEST = 10, 120
"""Ages that are taken as typed. Below, a figure is likelier the number of an answer to the question before."""

MEANS: Final = {
    "yes": "y|yes|yeah|yep|yea|ye|yh|yup|ya|da|haan|han|ha|جی|ہاں",
    "no": "n|no|nah|nope|na|nu|nahi|nahin|نہیں",
    DONT_KNOW: "dont know|i dont know|do not know|idk|dunno|i dunno|not sure|im not sure|unsure|no idea|nu stiu|nustiu",
    PREFER_NOT: "rather not say|id rather not say|i would rather not say|rather not|prefer not to say|prefer not|"
    "i prefer not to say|id prefer not to say|not saying|not telling|no comment|prefer sa nu spun|nu spun",
}
"""Option keys that mean the same in every survey -> other words for them."""
_FILLER: Final = frozenset(
    ("it", "is", "its", "a", "an", "the", "of", "i", "im", "just", "mostly", "maybe", "like", "to", "option",
     "number", "answer", "please", "pls", "for")
)  # fmt: skip
_NOT_ALONE: Final = frozenset(
    ("help", "more", "stop", "talk", "menu", "who", "yes", "no", "start", "safe", "unsafe", "police", "not",
     "know", "say", "need", "robbed")
)  # fmt: skip
"""Words that do not choose an answer by themselves: they may be a command or a call for help."""
_NUMBERS: Final = {
    word: str(number)
    for number, words in enumerate(
        ("zero", "one unu", "two doi", "three trei", "four patru", "five cinci", "six sase", "seven sapte", "eight opt",
         "nine noua", "ten zece", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
         "eighteen", "nineteen", "twenty")
    )
    for word in words.split()
}  # fmt: skip
_AGE: Final = re.compile(
    r"(?:(?:i ?a?m|my age is|age|aged|am|eu am|meri umar) )?(\d{1,3})"
    r"(?: (?:years?|yrs?|yr|years? old|yrs? old|yr old|yo|y o|old|ani|saal|سال))?"
)
_SPAN: Final = re.compile(r"(\d\d) (?:to|and|or|sau|la|سے|یا)? ?(\d\d)")
_NEVER_BEFORE: Final = ("under", "below", "less than", "younger than", "sub")
_NUMBER: Final = re.compile(r"(?:(?:option|number|no|nr|answer|ans|its|it is|i choose|choose) )?(\d{1,3})")


@dataclass(frozen=True)
class Shown:
    """An option as it stands in a text. marker: what to send for it, "" where it has none. labels: every wording of it,
    the one shown first."""

    key: str
    marker: str
    labels: tuple[str, ...]
    exclusive: bool = False


@dataclass(frozen=True)
class Heard:
    """chosen: option keys; none where words leave open which of `between` is meant. exact: a number, a whole label or a
    word that can mean nothing else. unsafe: told in words of one's own, which elsewhere might be a cry for help."""

    chosen: tuple[str, ...]
    exact: bool = True
    between: tuple[str, ...] = ()
    unsafe: bool = False


def choice(text: str, shown: Sequence[Shown], *, several: bool = False) -> Heard | None:
    """The options that a text chooses; several only where several may be. None when it does not read like an answer."""
    words = said(text)
    if not words or len(text) > MOST_LETTERS:
        return None
    if (one := _exact(words, shown)) is not None:
        return one
    if several and (more := _several(text, shown)) is not None:
        return more
    return _guess(words, shown)


def age_band(text: str) -> str | None:
    """The age band that a text tells in years ("34", "im 12", "25-34", "under 13"); None when it tells none."""
    words = " ".join(_NUMBERS.get(word, word) for word in said(text).split())
    if words in {f"{before} 13" for before in _NEVER_BEFORE} or words == "not 13 yet":
        return "under_13"
    if re.fullmatch(r"65 ?(?:plus|or (?:over|more|older)|and (?:over|above)|sau peste)?|over 65", words):
        return "65+"
    if span := _SPAN.fullmatch(words):
        band = _band(int(span[1]))
        return band if band == _band(int(span[2])) else None
    found = _AGE.fullmatch(words)
    return _band(int(found[1])) if found and YOUNGEST <= int(found[1]) <= OLDEST else None


def said(text: str) -> str:
    """A message as it is compared: small letters without marks or signs, figures of any script as 0 to 9.

    >>> said("  1) Very SAFE!! "), said("۳")
    ('1 very safe', '3')
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace("’", "")
    plain = unicodedata.normalize("NFKD", folded)
    kept = (char for char in plain if not unicodedata.combining(char))
    spaced = "".join(_figure(char) if char.isalnum() else " " for char in kept)
    return " ".join(spaced.split())


def _figure(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else char


def _band(age: int) -> str:
    return max((least, band) for band, least in AGE_FROM.items() if least <= age)[1]


def _exact(words: str, shown: Sequence[Shown]) -> Heard | None:
    """The one option whose number, label or both these words are."""
    spelled = " ".join(_NUMBERS.get(word, word) for word in words.split())
    if number := _NUMBER.fullmatch(spelled):
        return next((Heard((option.key,)) for option in shown if option.marker == str(int(number[1]))), None)
    for option, label in _labelled(shown):
        if words in (label, f"{option.marker} {label}", f"{label} {option.marker}"):
            return Heard((option.key,))
    return next((Heard((option.key,)) for option in shown if words in MEANS.get(option.key, "").split("|")), None)


def _guess(words: str, shown: Sequence[Shown]) -> Heard | None:
    """The one option of whose label these words are a part, or a slip away."""
    return _part(words, shown) or _near(words, _labelled(shown))


def _labelled(shown: Sequence[Shown]) -> list[tuple[Shown, str]]:
    return [(option, said(label)) for option in shown for label in option.labels]


def _part(words: str, shown: Sequence[Shown]) -> Heard | None:
    """Some words of one option's label, and of no other's."""
    kept = [word for word in words.split() if word not in _FILLER]
    if not kept or len(kept) > 5 or set(kept) <= _NOT_ALONE or max(map(len, kept)) < 2:
        return None
    holding = [option.key for option in shown if any(set(kept) <= set(said(label).split()) for label in option.labels)]
    return Heard((holding[0],), exact=False) if len(holding) == 1 else None


def _near(words: str, labelled: Sequence[tuple[Shown, str]]) -> Heard | None:
    """The label that these words are a slip away from."""
    if len(words) < 4:
        return None
    best: dict[str, float] = {}
    for option, label in labelled:
        ratio = SequenceMatcher(None, words, label, autojunk=False).ratio()
        best[option.key] = max(best.get(option.key, 0.0), ratio)
    (first, score), *others = sorted(best.items(), key=lambda entry: -entry[1])
    ahead = all(score - other >= AHEAD_BY for _, other in others[:1])
    return Heard((first,), exact=False) if score >= NEAR_ENOUGH and ahead else None


def _several(text: str, shown: Sequence[Shown]) -> Heard | None:
    """ "1 3 4", "1,3", "1 and 3", "134", "cctv, lighting": each part must be an answer by itself."""
    words = said(text)
    if re.fullmatch(r"[\d ]+|(?:\d+(?: and| si| اور)? ?)+", words):
        chosen = [_marked(part, shown) for part in re.findall(r"\d+", words)]
        return (
            None if None in chosen else _in_order([key for keys in chosen if keys for key in keys], shown, exact=True)
        )
    parts = [part for part in re.split(r"[,;\n/&+،]| and | și | si | اور ", text.casefold()) if said(part)]
    if len(parts) < 2:
        return None
    heard = [_exact(said(part), shown) or _guess(said(part), shown) for part in parts]
    if any(one is None for one in heard):
        return None
    found = [one for one in heard if one is not None]
    return _in_order([key for one in found for key in one.chosen], shown, exact=all(one.exact for one in found))


def _marked(figures: str, shown: Sequence[Shown]) -> tuple[str, ...] | None:
    """The options of a number, or of each of its figures where no option has the whole."""
    by_marker = {option.marker: option.key for option in shown}
    if (whole := by_marker.get(str(int(figures)))) is not None:
        return (whole,)
    each = [by_marker.get(figure) for figure in figures]
    return tuple(key for key in each if key) if all(each) and len(set(figures)) == len(figures) else None


def _in_order(keys: Sequence[str], shown: Sequence[Shown], *, exact: bool) -> Heard | None:
    """Each once, in the order shown; None where one of several only stands alone."""
    chosen = tuple(_each_once(option.key for option in shown if option.key in keys))
    alone = any(option.exclusive for option in shown if option.key in chosen)
    return None if len(chosen) > 1 and alone else Heard(chosen, exact)


def _each_once(keys: Iterator[str]) -> Iterator[str]:
    return iter(dict.fromkeys(keys))
