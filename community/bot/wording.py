"""Every sentence the bot can say, read from `wording.yaml` and `survey_wording.yaml` once and held in memory.

A reply is one of those sentences with facts in its gaps. It is kept, where it must be said again, as id, version and
those facts, sealed: never as words."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import yaml

FILE: Final = Path(__file__).with_name("wording.yaml")
SURVEYS: Final = Path(__file__).with_name("survey_wording.yaml")
"""The sentences of a survey by text and of the finder."""
KINDS: Final = ("first", "later", "part")
REVIEWERS: Final = 2
STANDING: Final = "In danger? Call 999."
"""The one safety line of ordinary replies, the same everywhere, so that a call to act now is never mistaken for it."""


class WordingError(ValueError):
    """The wording cannot be used. Names the sentence."""


@dataclass(frozen=True)
class Sentence:
    """kind: one of KINDS. reviewed: language tag -> whether two people have read it; what is not is never sent."""

    id: str
    version: int
    kind: str
    text: str
    reviewed_by: tuple[str, ...] = ()
    translations: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    drafts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def gaps(self) -> frozenset[str]:
        return frozenset(name for _, name, _, _ in string.Formatter().parse(self.text) if name)

    def in_language(self, language: str) -> str:
        """The text in a language that two people have reviewed, or in English."""
        return self.translations.get(language.partition("-")[0], self.text)


@dataclass(frozen=True)
class Reply:
    """One text back. facts: what filled the gaps, such as numbers, a place or a withdrawal code; `lang` among them when
    it was not English."""

    id: str
    version: int
    facts: Mapping[str, str]
    text: str


def say(id: str, language: str = "en", /, **facts: str) -> Reply:
    """The reply of this id, its gaps filled. Raises WordingError for an id or a gap that is not there."""
    sentence = sentence_of(id)
    if sentence.gaps != facts.keys():
        raise WordingError(f"{id} has the gaps {sorted(sentence.gaps)}, and was given {sorted(facts)}")
    text = sentence.in_language(language)
    if text != sentence.text:
        return Reply(id, sentence.version, {**facts, "lang": language}, text.format(**facts))
    return Reply(id, sentence.version, facts, text.format(**facts))


def say_again(id: str, version: int, facts: Mapping[str, str]) -> Reply | None:
    """The same reply once more; None when its wording has changed since."""
    sentence = sentences().get(id)
    if sentence is None or sentence.version != version:
        return None
    kept = dict(facts)
    return say(id, kept.pop("lang", "en"), **kept)


def part(id: str, /, **facts: str) -> str:
    """A piece that others are built of."""
    return say(id, **facts).text


def sentence_of(id: str) -> Sentence:
    if id not in sentences():
        raise WordingError(f"there is no sentence {id!r} in {FILE.name}")
    return sentences()[id]


def sentences() -> Mapping[str, Sentence]:
    """id -> sentence, in the order of the file."""
    return _read()[0]


def labels() -> Mapping[str, str]:
    """Service id -> who it is for, in a word or three."""
    return _read()[1]


def gives_away(text: str) -> bool:
    """Whether a text holds a word that tells what somebody wrote about, were it read on a locked screen."""
    return _read()[2].search(text) is not None


Wording = tuple[Mapping[str, Sentence], Mapping[str, str], re.Pattern[str]]


@cache
def _read() -> Wording:
    found, labels, telling = parse(FILE.read_text("utf-8"))
    of_surveys = sentences_of(yaml.safe_load(SURVEYS.read_text("utf-8")))
    if twice := found.keys() & of_surveys.keys():
        raise WordingError(f"{', '.join(sorted(twice))}: in {FILE.name} and in {SURVEYS.name}")
    return MappingProxyType({**found, **of_surveys}), labels, telling


def parse(text: str) -> Wording:
    """(sentences, labels, telling words) of a wording file's text. Raises WordingError."""
    loaded = yaml.safe_load(text)
    found = sentences_of(loaded)
    labels = MappingProxyType({str(id): str(label) for id, label in loaded["labels"].items()})
    return found, labels, re.compile("|".join(map(re.escape, loaded["telling"])), re.I)


def sentences_of(loaded: Mapping[str, Any]) -> dict[str, Sentence]:
    """id -> sentence of a wording file. Raises WordingError."""
    found: dict[str, Sentence] = {}
    for entry in loaded["sentences"]:
        sentence = _sentence(entry)
        if sentence.id in found:
            raise WordingError(f"{sentence.id} stands twice")
        found[sentence.id] = sentence
    return found


def _sentence(entry: Mapping[str, Any]) -> Sentence:
    who = entry.get("id", "a sentence without id")
    unknown = entry.keys() - {"id", "version", "kind", "text", "reviewed_by", "translations"}
    if unknown or not isinstance(entry.get("version"), int) or entry.get("kind") not in KINDS or not entry.get("text"):
        raise WordingError(f"{who}: give id, version, kind ({', '.join(KINDS)}) and text, and only what is known")
    told = entry.get("translations", {})
    sentence = Sentence(
        str(who),
        entry["version"],
        entry["kind"],
        entry["text"],
        tuple(entry.get("reviewed_by", ())),
        {tag: words["text"] for tag, words in told.items() if words["reviewed"] is True},
        {tag: words["text"] for tag, words in told.items() if words["reviewed"] is not True},
    )
    for tag, words in told.items():
        if words["reviewed"] is True and len(set(words.get("reviewed_by", ()))) < REVIEWERS:
            raise WordingError(f"{who}: two people must have read {tag!r} before it is sent")
    for tag, words in {**sentence.translations, **sentence.drafts}.items():
        if Sentence(who, 0, "part", words).gaps != sentence.gaps:
            raise WordingError(f"{who}: the gaps in {tag!r} are not those of the English")
    return sentence
