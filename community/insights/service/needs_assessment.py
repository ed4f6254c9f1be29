"""Writing the needs assessment's "Community Voice" section: a web page and a Markdown file of the same plain data."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from community.config import ROOT
from community.insights.chapter import Chapter, build
from community.insights.printed import Exact, Released
from community.insights.service import selection
from community.insights.service.gathering import gather
from community.shared.errors import UserError

SURVEY: Final = "safety"
NAMES: Final = {"html": "community-voice.html", "md": "community-voice.md"}
_FACTS: Final = Path(__file__).parent.parent / "facts" / "strategy_2024.yaml"
_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]<>#|])")


class CannotWrite(UserError):
    """The folder does not take the files."""


@dataclass(frozen=True)
class Written:
    """What was written and where."""

    files: tuple[Path, ...]
    chapter: Chapter
    first: date
    last: date

    def document(self) -> dict[str, Any]:
        return {
            "survey": SURVEY,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "released": self.chapter.released,
            "demo": self.chapter.demo,
            "files": [str(file) for file in self.files],
            "paragraphs": list(self.chapter.paragraphs),
        }


def write(first: str | date, last: str | date, out: Path, *, released: bool) -> Written:
    """Write both files into a folder, which is made when it is not there. The same answers give the same bytes.
    Raises UserError when a day is none, nobody answered, or the folder cannot be written to."""
    start, end = selection.stretch(first, last)
    if start is None or end is None:
        raise selection.BadDates("Give both days: --from 2026-01-01 --to 2026-12-31.")
    chapter = build(gather(SURVEY, start, end, released=released), Released() if released else Exact(), _facts())
    files = tuple(_write(out / NAMES[kind], render(chapter, kind)) for kind in NAMES)
    return Written(files, chapter, start, end)


def render(chapter: Chapter, kind: str) -> str:
    """The section as "html" or "md"."""
    return _templates(kind).get_template(f"insights/needs_assessment.{kind}").render(chapter=chapter)


def markdown(words: object) -> str:
    """Words that Markdown must not take for its own signs, on one line."""
    return _MARKDOWN.sub(r"\\\1", " ".join(str(words).split()))


@cache
def _templates(kind: str) -> Environment:
    return Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=markdown if kind == "md" else None,
    )


@cache
def _facts() -> dict[str, Any]:
    facts: dict[str, Any] = yaml.safe_load(_FACTS.read_text(encoding="utf-8"))
    return facts


def _write(file: Path, content: str) -> Path:
    """Whole or not at all."""
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(content, encoding="utf-8", newline="\n")
        fresh.replace(file)
    except OSError as exc:
        with suppress(OSError):
            fresh.unlink()
        raise CannotWrite(f"{file} cannot be written: {exc.strerror}. Choose another folder with --out.") from exc
    return file
