"""One line of phrases that says much the same in several ways: `my {dad|mum} {hits|slaps} me {|again}`.

Of all that a line could say a bounded sample is taken, seeded by the line, in which each alternative has its turn."""

from __future__ import annotations

import random
import re
from math import prod
from typing import Final
from zlib import crc32

MOST: Final = 12
"""Messages made of one line at most."""
_GROUP: Final = re.compile(r"\{([^{}]*)\}")


def messages_of(line: str) -> list[str]:
    """The messages a line stands for, itself where it offers no alternatives; none twice. An alternative may be empty.
    Raises ValueError for braces that do not pair, groups inside groups and a group of fewer than two."""
    groups = [inside.split("|") for inside in _GROUP.findall(line)]
    around = _GROUP.split(line)[::2]
    if any(brace in part for part in around for brace in "{}"):
        raise ValueError("braces that do not pair, or groups inside groups")
    if any(len({choice.strip() for choice in group}) < len(group) or len(group) < 2 for group in groups):
        raise ValueError("a group offers two alternatives or more, all different")
    if not groups:
        return [line]
    chance = random.Random(crc32(line.encode()))  # noqa: S311 -- variety, not secrecy
    wanted = min(MOST, prod(len(group) for group in groups))
    turns: list[list[str]] = [[] for _ in groups]
    found: dict[str, None] = {}
    for _ in range(wanted * 8):
        said = [around[0]]
        for turn, group, after in zip(turns, groups, around[1:], strict=True):
            if not turn:
                turn.extend(chance.sample(group, len(group)))
            said += [turn.pop(), after]
        found["".join(said)] = None
        if len(found) == wanted:
            break
    return [text for text in dict.fromkeys(_tidy(text) for text in found) if text]


def _tidy(text: str) -> str:
    """Without the spaces that an empty alternative leaves."""
    return re.sub(r" +([.,?!])", r"\1", " ".join(text.split()))
