"""Reading words as they are meant: a small language for phrases, and the text made plain enough to look for them.

Both sides go through `plain`, so lists are written as people spell. Time grows with the length of the text only: gaps
are bounded and no phrase runs across the end of a sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

_GAP_WORDS = 3
_DROPPED = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u0640\u200b-\u200f\u2060\ufeff\ufe0f]|['’‘ʼ`´]")
_SAME_LETTER = str.maketrans("łđøıəيىكهةھە", "ldoieییکہہہہ")
_LEET = str.maketrans("013457@$!", "oieastasi")
_MEASURE = re.compile(r"\d+[a-z]{1,3}\Z|[a-z]{1,2}\d+[a-z]?\Z")
_LEET_TOKEN = re.compile(r"[a-z0-9@$!*#]{3,}")
_BLOTTED = re.compile(r"(?<=[a-z0-9])[*#]+(?=[a-z0-9])")
_STOP = re.compile(r"[.!?;:\n।۔؟]+")
_DOUBLED = re.compile(r"([a-z])\1+")
_SPELT_OUT = re.compile(r"(?<![a-z0-9])[a-z](?: [a-z]){3,15}(?![a-z0-9])")
_LETTER = re.compile("[a-z]")


def plain(text: str) -> str:
    """Words in lower case with single spaces between and around them, " . " where a sentence begins or ends; no
    accents, apostrophes or doubled letters; signs and digits that stand for letters read as letters, blots as _."""
    lower = _fold(text)
    joined = _SPELT_OUT.sub(lambda match: match.group().replace(" ", ""), lower)
    readable = _LEET_TOKEN.sub(lambda match: _read_leet(match.group()), joined)
    stopped = _STOP.sub(" . ", readable)
    kept = "".join(char if char in "._ " or unicodedata.category(char)[0] in "LMN" else " " for char in stopped)
    words = _DOUBLED.sub(lambda match: match[1], kept).split()
    return f" {' '.join(['.', *words, '.'])} "


def _fold(text: str) -> str:
    # Letters such as a double-struck H have a capital only once they are taken apart.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return _DROPPED.sub("", decomposed).translate(_SAME_LETTER)


def _read_leet(token: str) -> str:
    """r4pe -> rape, k!ll -> kill, r*pe -> r_pe; 3pm, a13 and plain numbers stay."""
    core = token.strip("!*#$@")
    if core.isalpha() or _MEASURE.match(core) or not _LETTER.search(core):
        return token
    blotted = _BLOTTED.sub(lambda match: "_" * len(match.group()), core)
    return blotted.translate(_LEET)


def compile_phrases(phrases: Iterable[str], lists: Mapping[str, str]) -> re.Pattern[str]:
    """One pattern for many phrases, to be searched in a `plain` text. Raises KeyError for a list that is not there."""
    sets = {name: _either(words.split("|"), {}) for name, words in lists.items()}
    return re.compile("(?<= )(?:" + "|".join(_phrase(phrase, sets) for phrase in phrases) + ")")


def _phrase(phrase: str, sets: Mapping[str, str]) -> str:
    return "|".join("".join(_part(part, sets) for part in either.split()) for either in phrase.split(" / "))


def _part(part: str, sets: Mapping[str, str]) -> str:
    """One part of a phrase as a pattern that ends with the space after its last word."""
    if part == "~":
        return rf"(?:[^ .]+ ){{0,{_GAP_WORDS}}}"
    may_be_missing = part.endswith("?")
    return _either([word.replace("+", " ") for word in part.removesuffix("?").split("|")], sets) + "?" * may_be_missing


def _either(choices: Iterable[str], sets: Mapping[str, str]) -> str:
    return "(?:" + "|".join(dict.fromkeys(_words(choice.strip(), sets) for choice in choices)) + ")"


def _words(choice: str, sets: Mapping[str, str]) -> str:
    """A word, several, the beginning of one, or a whole list."""
    if choice.startswith("<"):
        return sets[choice[1:-1]]
    pattern = ""
    for word in choice.split():
        spelt = "." if word == "." else " ".join(plain(word.rstrip("*")).split()[1:-1])
        pattern += re.escape(spelt) + ("[^ .]* " if word.endswith("*") else " ")
    return pattern
