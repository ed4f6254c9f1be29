"""The agreement a venue accepts, as it stands now: words/agreement.yaml with the council's own rule put in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

FILE: Final = Path(__file__).parent / "words" / "agreement.yaml"


@dataclass(frozen=True)
class Agreement:
    """version: what is stored when it is accepted. parts: (heading, lines)."""

    version: str
    parts: Sequence[tuple[str, Sequence[str]]]


def agreement(*, keeps_out: bool) -> Agreement:
    """The text of today. keeps_out: whether the council lets a venue keep a threatening person out."""
    read = _read()
    rule = keep_out_rule(keeps_out=keeps_out)
    parts = [
        (
            part["heading"],
            [*(as_said(line, keeps_out=keeps_out) for line in part["lines"]), *([rule] if at == 1 else [])],
        )
        for at, part in enumerate(read["parts"])
    ]
    return Agreement(f"{read['version']}{'-k' if keeps_out else ''}", parts)


def as_said(line: str | Mapping[str, str], *, keeps_out: bool) -> str:
    """A line of ours as the council's rule wants it: some have other words where a threatening person may be kept out,
    so that no line forbids what the next one allows."""
    return line if isinstance(line, str) else line["keeps_out" if keeps_out else "line"]


def keep_out_rule(*, keeps_out: bool) -> str:
    """The council's rule about a threatening person, as one sentence or two."""
    words: str = _read()["keeps_out" if keeps_out else "does_not_keep_out"]
    return words


@cache
def _read() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found
