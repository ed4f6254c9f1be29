"""Questionnaires as files and as stored definitions: load, dump, to_definition, from_definition, digest.

The YAML a person writes and the JSON a version stores have one shape; `docs/how-to/` tells writers about it. What
comes out of here has been checked whole: every rule of `rules` holds. Parsing costs milliseconds; keep the result.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

import yaml

from community.surveys.building import build
from community.surveys.problems import Problem, QuestionnaireError
from community.surveys.questionnaire import (
    SENSITIVE_FROM,
    AnyOf,
    Condition,
    Option,
    Question,
    Questionnaire,
    Screen,
)
from community.surveys.reading import Reader
from community.surveys.rules import broken_rules
from community.surveys.yaml_source import Plain, read

__all__ = ["Problem", "QuestionnaireError", "checked", "digest", "dump", "from_definition", "load", "to_definition"]

Definition = dict[str, Any]
"""Only str, int, bool, list and dict: what JSON can hold."""

_QUESTION_PARTS: Final = (
    "wording_anywhere", "hint", "options", "shuffled", "attribute", "min_age", "sensitive", "ask_if", "source",
    "report_note", "minimum", "maximum", "max_length", "frozen",
)  # fmt: skip


def load(text: str, *, name: str) -> Questionnaire:
    """The questionnaire in a YAML text. name: the file's, for messages. Raises QuestionnaireError with all problems."""
    source = read(text, name=name)
    return checked(source.data, Reader(source.lines), list(source.problems), name)


def dump(questionnaire: Questionnaire) -> str:
    """YAML that loads as an equal questionnaire, for export."""
    return yaml.safe_dump(to_definition(questionnaire), allow_unicode=True, sort_keys=False, width=110)


def from_definition(definition: Definition) -> Questionnaire:
    """The questionnaire of a stored definition. Raises QuestionnaireError, without lines."""
    return checked(definition, Reader(None), [], str(definition.get("slug", "definition")))


def to_definition(questionnaire: Questionnaire) -> Definition:
    """Everything that makes the questionnaire, for storing as JSON; what is empty or as usual is left out."""
    definition: Definition = {
        "slug": questionnaire.slug,
        "title": dict(questionnaire.title),
        "languages": {
            tag: {"direction": language.direction, "reviewed": language.reviewed}
            for tag, language in questionnaire.languages.items()
        },
    }
    if questionnaire.free_text_from_age != SENSITIVE_FROM:
        definition["free_text_from_age"] = questionnaire.free_text_from_age
    definition["screens"] = [_screen(questionnaire, screen) for screen in questionnaire.screens]
    return definition


def digest(questionnaire: Questionnaire) -> str:
    """SHA-256 of the definition, 64 hex digits; equal questionnaires have equal digests."""
    text = json.dumps(to_definition(questionnaire), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def checked(data: Plain, reader: Reader, problems: list[Problem], name: str) -> Questionnaire:
    """The questionnaire that plain values say, read and held to every rule. problems: what was wrong before. Raises
    QuestionnaireError."""
    draft = build(data, reader)
    for where, message, fix in broken_rules(draft):
        reader.note(where, message, fix)
    problems += reader.problems
    if problems:
        raise QuestionnaireError(name, problems)
    return draft.questionnaire


def _screen(questionnaire: Questionnaire, screen: Screen) -> Definition:
    entry: Definition = {"key": screen.key, "style": screen.style.value}
    if screen.heading:
        entry["heading"] = dict(screen.heading)
    entry["questions"] = [_question(questionnaire.question(key)) for key in screen.questions]
    return entry


def _question(question: Question) -> Definition:
    entry: Definition = {"key": question.key, "kind": question.kind.value, "wording": dict(question.wording)}
    for name in _QUESTION_PARTS:
        value = getattr(question, name)
        if value is None or value is False or value == ():
            continue
        if name == "options":
            value = [_option(option) for option in question.options]
        elif name == "ask_if":
            value = [_part(part) for part in question.ask_if]
        elif name in ("hint", "wording_anywhere"):
            value = dict(value)
        entry[name] = value
    return entry


def _option(option: Option) -> Definition:
    entry: Definition = {"key": option.key, "label": dict(option.label)}
    for name in ("harm", "exclusive", "missing", "min_age", "last"):
        value = getattr(option, name)
        if value is not None and value is not False:
            entry[name] = value
    return entry


def _part(part: Condition | AnyOf) -> Definition:
    if isinstance(part, AnyOf):
        return {"any": [_part(condition) for condition in part.conditions]}
    name = "any_of" if part.any_of else "not_any_of"
    return {"question": part.question, name: list(part.any_of or part.not_any_of)}
