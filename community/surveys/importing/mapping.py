"""What a person says about a file whose words are not ours: a small YAML file beside it. Pure.

columns: {"Timestamp": date, "Your age?": age, "Email": ignore}
values: {age: {"Teenager": 13-17}, safe_in_borough: {"Not really": no, "N/A": null}}
date_format: "%d %B %Y"
separator: ","
defaults: {place: barking-station, daypart: 15-19, language: en}
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from community.surveys.importing.faults import Fault, FileRefused, nearest, shown
from community.surveys.importing.words import plain
from community.surveys.problems import Path, QuestionnaireError
from community.surveys.questionnaire import AGE, IMPORTED_AGE, Kind, Questionnaire
from community.surveys.reading import Reader
from community.surveys.yaml_source import read

MAX_BYTES: Final = 200_000
DATE: Final = "date"
DAYPART: Final = "daypart"
PLACE: Final = "place"
LANGUAGE: Final = "language"
IGNORE: Final = "ignore"
ROLES: Final = (DATE, DAYPART, PLACE, LANGUAGE)
"""What a column may say of a response besides its answers; the words mean this even where a question is called so."""
TIME: Final = "time"
"""Another word for daypart: a time of day is made a daypart as it is read."""
_PARTS: Final = ("columns", "values", "date_format", "separator", "defaults")
_EVERY_PART: Final = "one of " + ", ".join(_PARTS)


@dataclass(frozen=True)
class Mapping:
    """columns: heading -> role, question key or IGNORE. values: role or question -> {their word: ours, or None for
    no answer}. Headings and their words are `plain`. separator: between several options in one cell."""

    columns: Map[str, str] = field(default_factory=dict)
    values: Map[str, Map[str, str | None]] = field(default_factory=dict)
    date_format: str | None = None
    separator: str = ";"
    defaults: Map[str, str] = field(default_factory=dict)


def load(text: str, *, name: str) -> Mapping:
    """The mapping in a YAML text. Raises FileRefused with every problem; whether its keys are questions of the survey
    and its columns stand in the file is asked by `faults_with` and `layout`."""
    try:
        source = read(text, name=name)
    except QuestionnaireError as error:
        raise FileRefused(name, [Fault(p.line, None, p.message, p.fix) for p in error.problems]) from None
    reader = Reader(source.lines)
    entry = reader.mapping(source.data, (), "the mapping", required=(), optional=_PARTS)
    mapping = Mapping(
        columns={plain(k): _target(v or IGNORE) for k, v in _words(reader, entry.get("columns"), ("columns",)).items()},
        values={
            _target(target): {plain(k): v for k, v in _words(reader, words, ("values", target)).items()}
            for target, words in _tables(reader, entry.get("values")).items()
        },
        date_format=_word(reader, entry.get("date_format"), "date_format"),
        separator=_word(reader, entry.get("separator"), "separator") or ";",
        defaults={
            _target(k): v for k, v in _words(reader, entry.get("defaults"), ("defaults",)).items() if v is not None
        },
    )
    for role in mapping.defaults.keys() - {DAYPART, PLACE, LANGUAGE}:
        fix = "give defaults for daypart, place or language only; answers are never made up"
        reader.note(("defaults", role), f"there is no default for {shown(role)}", fix)
    if mapping.date_format is not None and not _tells_the_day(mapping.date_format):
        fix = "write day, month and year, such as '%d %B %Y' for 25 November 2023"
        reader.note(("date_format",), f"date_format {shown(mapping.date_format)} does not tell a day", fix)
    problems = [*source.problems, *reader.problems]
    if problems:
        raise FileRefused(name, [Fault(p.line, None, p.message, p.fix) for p in problems])
    return mapping


def faults_with(mapping: Mapping, questionnaire: Questionnaire) -> list[Fault]:
    """What the mapping says of questions or options that this questionnaire does not have."""
    known = (*ROLES, IGNORE, *(question.key for question in questionnaire.questions))
    faults = []
    for target in dict.fromkeys([*mapping.columns.values(), *mapping.values]):
        if target not in known:
            message = f"the mapping names {shown(target)}, which is no question"
            faults.append(Fault(None, None, message, nearest(target, known)))
    for target, words in mapping.values.items():
        if target in ROLES or not questionnaire.has_question(target):
            continue
        question = questionnaire.question(target)
        options = [option.key for option in question.options] + ([IMPORTED_AGE] if target == AGE else [])
        if question.kind is Kind.text:
            message = f"the mapping gives values for {target}, which is free text"
            faults.append(Fault(None, None, message, "take them out"))
        for ours in dict.fromkeys(words.values()):
            if question.kind.has_options and ours is not None and ours not in options:
                message = f"the mapping gives {target} the value {shown(ours)}, which is none of its options"
                faults.append(Fault(None, None, message, nearest(ours, options)))
    return faults


def _tells_the_day(date_format: str) -> bool:
    """Whether strptime reads back what strftime writes, to the day."""
    day = datetime(2023, 11, 25, 14, 20, tzinfo=UTC)
    try:
        read_back = datetime.strptime(day.strftime(date_format), date_format)  # noqa: DTZ007
        return read_back.date() == day.date()
    except (ValueError, re.error):
        return False


def _target(word: str) -> str:
    return DAYPART if word == TIME else word


def _tables(reader: Reader, value: object) -> Map[str, object]:
    if value is None or isinstance(value, dict):
        return value or {}
    fix = "write 'age:' with lines 'their word: ours' under it"
    reader.note(("values",), "'values' is not a list of questions", fix)
    return {}


def _words(reader: Reader, value: object, path: Path) -> dict[str, str | None]:
    """Word -> word; null stays None."""
    where = " > ".join(map(str, path))
    if value is None:
        return {}
    if not isinstance(value, dict):
        reader.note(path, f"'{where}' is not a list of 'theirs: ours' lines", "write one such line for each")
        return {}
    found: dict[str, str | None] = {}
    for key, word in value.items():
        if word is None or isinstance(word, str):
            found[key] = word
        else:
            reader.note((*path, key), f"'{where} > {key}' is not one word", "write one key of ours after the ':'")
    return found


def _word(reader: Reader, value: object, name: str) -> str | None:
    if value is None or (isinstance(value, str) and 0 < len(value) <= 40):
        return value
    reader.note((name,), f"'{name}' is not a short word", "write up to 40 characters")
    return None
