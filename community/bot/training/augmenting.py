"""The same phrase as other thumbs would type it: no capitals, no signs, a slip, a vowel dropped, a name for a name.

Seeded by the phrase itself, so that training twice gives the same model."""

from __future__ import annotations

import random
import re
from functools import cache
from zlib import crc32

from community.bot.understanding.concepts import lexicon

_KEYS = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
_TYPED = {
    "you": "u", "your": "ur", "are": "r", "please": "pls", "because": "cos", "with": "wiv", "and": "n", "to": "2",
    "the": "da", "that": "dat", "this": "dis", "just": "jus", "know": "kno", "what": "wot", "my": "ma", "going": "goin",
    "boyfriend": "bf", "girlfriend": "gf", "something": "sumfin", "nothing": "nuffin", "anything": "anyfin",
    "think": "fink", "someone": "sum1", "people": "ppl", "right now": "rn", "always": "alwys", "was": "woz",
    "them": "dem", "they": "dey", "is": "iz", "have": "av", "when": "wen", "there": "ther", "about": "bout",
}  # fmt: skip

_SWAPPED = ("PARTNER", "PARENT", "RELATIVE", "FRIEND", "CHILD", "WEAPON", "PLACE", "THINGS")


def variants(text: str, count: int) -> list[str]:
    """Up to `count` other ways to type it; none of them the text itself."""
    chance = random.Random(crc32(text.encode()))  # noqa: S311 -- variety, not secrecy
    ways = [_bare, _slips, _short, _vowels_dropped, _cut, _thinned, _thinned, _others_named, _others_named]
    found: dict[str, None] = {}
    for _ in range(count * 3):
        said = chance.choice(ways)(text, chance)
        if said and said != text:
            found[said] = None
        if len(found) == count:
            break
    return list(found)


def _bare(text: str, _: random.Random) -> str:
    return re.sub(r"[^\w\s']", "", text).lower()


def _slips(text: str, chance: random.Random) -> str:
    """One or two letters doubled, missed, swapped or from the next key."""
    letters = list(text.lower())
    for _ in range(1 + len(letters) // 60):
        at = chance.randrange(len(letters))
        if not letters[at].isalpha():
            continue
        way = chance.randrange(4)
        if way == 0:
            letters[at] = ""
        elif way == 1 and at + 1 < len(letters):
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
        elif way == 2:
            letters[at] = chance.choice(_KEYS.get(letters[at], letters[at]))
        else:
            letters[at] *= 2
    return "".join(letters)


def _short(text: str, chance: random.Random) -> str:
    words = _bare(text, chance).split()
    return " ".join(_TYPED[word] if word in _TYPED and chance.random() < 0.6 else word for word in words)


def _vowels_dropped(text: str, chance: random.Random) -> str:
    words = text.lower().split()
    long = [at for at, word in enumerate(words) if len(word) > 5 and word.isascii()]
    for at in chance.sample(long, min(1, len(long))):
        words[at] = words[at][0] + re.sub(r"[aeiou](?=\w)", "", words[at][1:], count=2)
    return " ".join(words)


def _thinned(text: str, chance: random.Random) -> str:
    """Without one word in five: no single word should carry it all."""
    words = text.split()
    if len(words) < 5:
        return _bare(text, chance)
    return " ".join(word for word in words if chance.random() > 0.2)


def _others_named(text: str, chance: random.Random) -> str:
    """Another word of the same class for people, weapons, things and places."""
    classes = _swapped()
    words = text.lower().split()
    for at, word in enumerate(words):
        others = classes.get(word.strip(".,!?'"))
        if others and chance.random() < 0.6:
            words[at] = chance.choice(others)
    return " ".join(words)


@cache
def _swapped() -> dict[str, tuple[str, ...]]:
    """A word -> the words of its class, itself among them."""
    members: dict[str, list[str]] = {}
    for word, classes in sorted(lexicon().words.items()):
        if word.isascii():
            for name in sorted(classes.intersection(_SWAPPED)):
                members.setdefault(name, []).append(word)
    return {word: tuple(words) for name in reversed(_SWAPPED) for words in [members.get(name, [])] for word in words}


def _cut(text: str, chance: random.Random) -> str:
    """Without one word of a long phrase."""
    words = text.split()
    if len(words) < 8:
        return _bare(text, chance)
    del words[chance.randrange(len(words))]
    return " ".join(words)
