"""YAML text into plain lists, mappings and strings, each with its line; nothing a file says can build an object.

Scalars stay as they are written, so an option key `no` is the word no and not False; an empty value or null is None.
Size, depth and the number of values are bounded, aliases counted as often as they are used: a file that unfolds into
millions of values is refused, and so is one that holds itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from community.surveys.problems import Path, Problem, QuestionnaireError

MAX_BYTES = 200_000
MAX_DEPTH = 20
MAX_VALUES = 40_000

Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]
"""Text files give str and None as their only scalars; a stored definition gives int and bool too."""

_SCALAR_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "int", "bool", "null", "float", "timestamp"))


@dataclass(frozen=True)
class Source:
    """data: what the file says. lines: path -> line from 1. problems: what could not be read; the rest stands."""

    data: Plain
    lines: Mapping[Path, int]
    problems: tuple[Problem, ...] = ()


def read(text: str, *, name: str) -> Source:
    """Raises QuestionnaireError when it is no YAML or goes beyond the bounds; finer problems come with the Source."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        fix = f"keep it under {MAX_BYTES // 1000} KB, or split it into two questionnaires"
        raise QuestionnaireError(name, [Problem(None, "the file is too long", fix)])
    try:
        _check_depth(text)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        if root is None:
            raise _Refused(1, "the file is empty", "start from one of the questionnaires that ship with this system")
        return _Walk().run(root)
    except _Refused as refused:
        raise QuestionnaireError(name, [refused.problem]) from None
    except yaml.YAMLError as error:
        raise QuestionnaireError(name, [_yaml_problem(error)]) from None


class _Refused(Exception):
    def __init__(self, line: int, message: str, fix: str) -> None:
        super().__init__(message)
        self.problem = Problem(line, message, fix)


def _check_depth(text: str) -> None:
    """Before composing, which recurses: thousands of brackets would exhaust the stack."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise _Refused(line, "lists inside lists go too deep", f"use at most {MAX_DEPTH} levels")


def _yaml_problem(error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    told = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    fix = "check the spaces at the start of the line, quotes, and that '- ' begins each item"
    return Problem(None if mark is None else mark.line + 1, f"this is not YAML ({told})", fix)


class _Walk:
    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []
        self.values = 0

    def run(self, root: yaml.Node) -> Source:
        self.lines[()] = _line(root)
        data = self.plain(root, ())
        return Source(data, self.lines, tuple(self.problems))

    def plain(self, node: yaml.Node, path: Path) -> Plain:
        self.values += 1
        if self.values > MAX_VALUES or len(path) > MAX_DEPTH:
            fix = "write the values out, use fewer '*' references, and none that lead back to themselves"
            raise _Refused(_line(node), "the file unfolds into too many values", fix)
        if isinstance(node, yaml.SequenceNode) and node.tag == "tag:yaml.org,2002:seq":
            return [self.item(child, (*path, index)) for index, child in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode) and node.tag == "tag:yaml.org,2002:map":
            return self.mapping(node, path)
        if isinstance(node, yaml.ScalarNode) and node.tag in _SCALAR_TAGS:
            return None if node.tag.endswith(":null") else str(node.value)
        self.problems.append(Problem(_line(node), f"the tag {node.tag!r} is not allowed", "take it out"))
        return None

    def item(self, node: yaml.Node, path: Path) -> Plain:
        self.lines[path] = _line(node)
        return self.plain(node, path)

    def mapping(self, node: yaml.MappingNode, path: Path) -> Plain:
        found: dict[str, Plain] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.problems.append(Problem(_line(key), "a name is a list here", "write 'name: value'"))
                continue
            word = str(key.value)
            if word in found:
                fix = f"keep one of them (the first is on line {self.lines[(*path, word)]})"
                self.problems.append(Problem(_line(key), f"{word!r} stands twice", fix))
                continue
            self.lines[(*path, word)] = _line(key)
            found[word] = self.plain(value, (*path, word))
        return found


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
