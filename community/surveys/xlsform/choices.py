"""The choices sheet: lists of options by name; and the choices of a `range`, which are numbers. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from community.surveys.questionnaire import PREFER_NOT
from community.surveys.xlsform.book import CHOICES, Notes
from community.surveys.xlsform.relevance import CannotRead
from community.surveys.xlsform.tables import Line, Table
from community.surveys.yaml_source import Plain

MOST_STEPS: Final = 11
MARKS: Final = ("harm", "exclusive", "missing", "min_age", "last")
RATHER_NOT: Final = {"en": "I'd rather not say", "ro": "Prefer să nu spun", "ur": "میں نہیں بتانا چاہتا / چاہتی"}
"""As in the questionnaires that ship with the service."""

Lists = dict[str, list[Line]]


def lists(table: Table, notes: Notes) -> Lists:
    """Name of a list -> its rows, in order."""
    found: Lists = {}
    for line in table.lines:
        if not line["list_name"]:
            notes.problem(line.spot("list_name"), "the choice belongs to no list", "write the list's name")
        elif not line["name"]:
            notes.problem(line.spot("name"), "the choice has no name", "write a short name for it, such as very_safe")
        else:
            found.setdefault(line["list_name"], []).append(line)
    return found


def option(line: Line) -> dict[str, Plain]:
    """One row as an option of a definition."""
    entry: dict[str, Plain] = {"key": line["name"]}
    if "label" in line.texts:
        entry["label"] = dict(line.texts["label"])
    entry |= {mark: line[mark] for mark in MARKS if line[mark]}
    return entry


def no_such_list(name: str, known: Iterable[str]) -> tuple[str, str]:
    """What is wrong, what to do."""
    near = get_close_matches(name, list(known), n=1)
    fix = f"did you mean {near[0]!r}?" if near else f"add its choices to the sheet {CHOICES}, with {name} as list_name"
    return f"there is no list of choices called {name!r}", fix


def numbers(parameters: str, languages: Iterable[str]) -> list[dict[str, Plain]]:
    """The options of a range, and the right to say nothing. Raises CannotRead."""
    said = settings(parameters)
    start, end, step = (
        _whole(said.get(name, usual), name) for name, usual in (("start", "1"), ("end", "5"), ("step", "1"))
    )
    if step < 1 or start < 0 or end <= start or (end - start) % step:
        raise CannotRead("the range does not go up in even steps from 0 or more", "write it like start=1 end=5 step=1")
    steps = range(start, end + 1, step)
    if len(steps) > MOST_STEPS:
        raise CannotRead(f"the range has {len(steps)} steps", f"use at most {MOST_STEPS}, or ask for an integer")
    spoken = set(languages)
    rather_not: Plain = {tag: words for tag, words in RATHER_NOT.items() if tag in spoken}
    each: list[dict[str, Plain]] = [{"key": str(number), "label": {"en": str(number)}} for number in steps]
    return [*each, {"key": PREFER_NOT, "label": rather_not}]


def shuffled(parameters: str) -> bool:
    return settings(parameters).get("randomize", "").lower() in ("true", "yes", "1")


def settings(parameters: str) -> dict[str, str]:
    """`start=1 end=5` or `start=1, end=5`; without regard to case."""
    pairs = re.findall(r"([A-Za-z-]+)\s*=\s*([^\s,;]+)", parameters)
    return {name.lower(): value for name, value in pairs}


def _whole(words: str, name: str) -> int:
    if not re.fullmatch(r"-?\d{1,4}", words):
        raise CannotRead(f"{name} of the range is {words!r}", "write whole numbers, such as start=1 end=5 step=1")
    return int(words)
