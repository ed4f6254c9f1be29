"""The phrases that teach the bot, read from their files (their README tells the form)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from community.bot.meaning import LEARNED_FACETS, TOPICS, Urgency
from community.bot.training.alternatives import messages_of

FOLDER: Final = Path(__file__).parents[1] / "phrases"
STYLES: Final = ("ordinary", "slang", "indirect", "other_language")
_HEADING: Final = re.compile(r"\[([^|\]]+)\|([^|\]]+)\]\Z")


class BadPhrases(ValueError):
    """A heading that means nothing, or braces that do not; says which file and line."""


@dataclass(frozen=True)
class Phrase:
    """One message and what it means. source: the file it stands in, without its ending."""

    text: str
    topics: tuple[str, ...]
    urgency: Urgency
    facets: frozenset[str]
    language: str
    style: str
    source: str


def read_phrases(folder: Path = FOLDER) -> list[Phrase]:
    """All phrases of a folder, by file name, each text and meaning once. Raises BadPhrases."""
    found: dict[tuple[str, tuple[str, ...]], Phrase] = {}
    for path in sorted(folder.glob("*.txt")):
        for phrase in read_file(path):
            found.setdefault((phrase.text.casefold(), phrase.topics), phrase)
    return list(found.values())


def read_file(path: Path) -> list[Phrase]:
    """The phrases of one file, in order; a line with alternatives is several. Raises BadPhrases."""
    meaning: Phrase | None = None
    phrases = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        if text.startswith("[") and text.endswith("]"):
            meaning = _heading(text, path, number)
        elif meaning is None:
            raise BadPhrases(f"{path.name}:{number}: a phrase before the first heading")
        else:
            phrases += [replace(meaning, text=message) for message in _messages(text, path, number)]
    return phrases


def _messages(text: str, path: Path, number: int) -> list[str]:
    try:
        return messages_of(text)
    except ValueError as exc:
        raise BadPhrases(f"{path.name}:{number}: {exc}") from exc


def _heading(text: str, path: Path, number: int) -> Phrase:
    match = _HEADING.match(text)
    if match is None:
        raise BadPhrases(f"{path.name}:{number}: a heading is [topics urgency facets | language style]")
    said, told = match[1].split(), match[2].split()
    topics = tuple(word for word in said if word in TOPICS)
    urgencies = [word for word in said if word in Urgency.__members__]
    facets = frozenset(word for word in said if word in LEARNED_FACETS)
    unknown = [word for word in said if word not in (*topics, *urgencies, *facets)]
    if unknown or not topics or len(urgencies) != 1 or len(told) != 2 or told[1] not in STYLES:
        raise BadPhrases(
            f"{path.name}:{number}: {text} ({' '.join(unknown) or 'topics, one urgency, language and style'})"
        )
    return Phrase("", topics, Urgency(urgencies[0]), facets, told[0], told[1], path.stem)


def digest_of(paths: Iterable[Path]) -> str:
    """Of what these files hold, whatever folder they are in: tells whether a model was made from them."""
    whole = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.name):
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()
