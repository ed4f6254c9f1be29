"""The course for teams: words/course.yaml, with the council's own rule put in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from community.safe_havens.agreement import as_said, keep_out_rule

FILE: Final = Path(__file__).parent / "words" / "course.yaml"


@dataclass(frozen=True)
class Option:
    """An answer to choose: its words, whether it is right, and what is said to whoever chose it."""

    words: str
    is_right: bool
    says: str


@dataclass(frozen=True)
class Screen:
    """Some plain words, then a question about something that may happen."""

    key: str
    heading: str
    says: Sequence[str]
    question: str
    options: Sequence[Option]

    @property
    def right(self) -> Option:
        return next(option for option in self.options if option.is_right)


@dataclass(frozen=True)
class Course:
    """version: stored with each finish."""

    version: str
    screens: Sequence[Screen]


def course(*, keeps_out: bool) -> Course:
    """The course of today. keeps_out: whether the council lets a venue keep a threatening person out."""
    read = _read()
    rule = keep_out_rule(keeps_out=keeps_out)
    screens = [
        Screen(
            one["key"],
            one["heading"],
            [as_said(line, keeps_out=keeps_out).replace("{keep_out}", rule) for line in one["says"]],
            one["question"],
            [
                Option(option["words"], option.get("right", False), as_said(option["says"], keeps_out=keeps_out))
                for option in one["options"]
            ],
        )
        for one in read["screens"]
    ]
    return Course(f"{read['version']}{'-k' if keeps_out else ''}", screens)


@cache
def _read() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found
