"""A message made plain: the same words for the same meaning, however they were typed.

Emoji become words, digits that stand for letters become letters, text-message spellings become words, slips in the
words that matter most are put right, endings are written one way (`hittin` for hitting). What is left is what lists and
the model know."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from community.bot.understanding.lists import read
from community.bot.understanding.slips import is_meant, put_right

MOST_READ: Final = 1_800
"""Characters that are looked at: the beginning and the end of what is longer. A text message ends at 1,600."""
_HEAD: Final = 1_300

_APOSTROPHE = re.compile("['’‘ʼ`´]")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\ufe0f\u00ad]")
_ACCENT = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u0640]")
_SAME_LETTER = str.maketrans("łđøıɛɔəيىكهةھە", "ldoieoeییکہہہہ")
"""One letter for those that are typed for each other; accents are left off as often as not."""
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_WORD = re.compile(r"\w+")
_SPELT_OUT = re.compile(r"(?<![^\W_])[a-z](?:[ .\-][a-z]){3,11}(?![^\W_])")
_TOKEN = re.compile("[\\w\u0900-\u0963\u0966-\u0dff\u0e00-\u0e7f@$*#£%&]+|[?!.,;:।۔؟]+")
"""Words, with the marks that stand above and below the letters of many scripts."""
_LEET = str.maketrans("013457@$", "oieastas")
_READS_AS_LETTERS = re.compile(r"(?=.*[a-z].*[a-z])(?=.*[0-9@$*#])[a-z0-9@$*#]+\Z")
_MEASURE = re.compile(r"(?:\d+[a-z]{1,3}|[a-z]{1,2}\d{1,3}[a-z]?)\Z")
_ENDS = re.compile(r"[?!.;:।۔؟]")


@dataclass(frozen=True)
class Plain:
    """words: plain words in order, with "." where a sentence ends. asked: a question mark was there. raw: folded to
    lower
    case, spelling as it was."""

    words: tuple[str, ...]
    raw: str
    asked: bool

    @property
    def text(self) -> str:
        return " ".join(self.words)


def plain(text: str) -> Plain:
    """Never fails and takes bounded time, whatever is sent."""
    raw = _INVISIBLE.sub("", unicodedata.normalize("NFKC", _shortened(text)).casefold())
    tokens = [word for token in _TOKEN.findall(_SPELT_OUT.sub(_joined, _fold(raw))) for word in _read(token)]
    return Plain(tuple(_said_one_way(tokens)), raw, "?" in raw or "؟" in raw)


def _shortened(text: str) -> str:
    return text if len(text) <= MOST_READ else text[:_HEAD] + " . " + text[-(MOST_READ - _HEAD) :]


def _fold(raw: str) -> str:
    """Without accents, apostrophes, links and letters typed thrice; emoji as words."""
    lower = raw
    if not lower.isascii():
        bare = _ACCENT.sub("", unicodedata.normalize("NFD", lower)).translate(_SAME_LETTER)
        emoji = read("emoji")
        lower = "".join(f" {emoji[char]} " if char in emoji else char for char in unicodedata.normalize("NFC", bare))
    return _WORD.sub(_once, _LINK.sub(" weblink ", _APOSTROPHE.sub("", lower)))


def _once(match: re.Match[str]) -> str:
    """A letter typed thrice stands once, or twice where that makes a word of danger: robbbed is robbed."""
    if not _REPEATED.search(match.group()):
        return match.group()
    twice = _REPEATED.sub(r"\1\1", match.group())
    return twice if is_meant(twice) else _REPEATED.sub(r"\1", match.group())


def _joined(match: re.Match[str]) -> str:
    return re.sub(r"[ .\-]", "", match.group())


def _read(token: str) -> list[str]:
    """One token as the words it stands for."""
    if token[0] in "?!.,;:।۔؟":
        return ["."] if _ENDS.search(token) else []
    token = token.strip("*#_&%")
    if not token:
        return []
    spelt = _spellings().get(token)
    if spelt is None and _READS_AS_LETTERS.match(token) and not _MEASURE.match(token):
        token = token.translate(_LEET)
        spelt = _spellings().get(token)
    return spelt.split() if spelt is not None else [put_right(token)]


def _said_one_way(tokens: list[str]) -> list[str]:
    """Pairs such as "i am" as one word, then every ending one way."""
    pairs, said, skip = _pairs(), [], False
    for first, second in zip(tokens, [*tokens[1:], ""], strict=False):
        if skip:
            skip = False
            continue
        together = pairs.get((first, second))
        skip = together is not None
        said.append(_ending(together or first))
    return said


def _ending(word: str) -> str:
    """hitting, hittin -> hittin: the g is dropped so often that it tells nothing."""
    return word[:-1] if len(word) > 5 and word.endswith("ing") else word


@cache
def _spellings() -> dict[str, str]:
    """What is typed -> what it stands for; the file lists, for each word, the ways it is typed."""
    return {typed: word for word, ways in read("spellings").items() for typed in str(ways).split()}


@cache
def _pairs() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for word, ways in read("pairs").items():
        for way in str(ways).split("|"):
            first, second = way.split()
            found[first, second] = word
    return found
