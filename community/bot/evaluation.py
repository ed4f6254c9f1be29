"""Trying the bot on a set of messages: each by itself, from somebody new, as `tests/bot_sets/score.py` does over
HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from community.bot.score_sheet import sheet
from community.bot.scoring import Judged, Row, Services, judge, plain_text, read_rows, read_services

Say = Callable[[str, str], str]
"""(who writes, what) -> the reply; one who writes twice goes on with the same talk."""

_ASKS_WHETHER_SAFE: Final = re.compile(
    r"\b(safe|ok|okay|alright|alone|private)\b[^.?!\n]{0,40}\b(text|talk|read|message|reply|chat|go on|now)\b"
)
_GO_ON: Final = re.compile(r"(?<!\d)1(?!\d)|\byes\b|\by\b")


def evaluate(files: Iterable[Path], services_file: Path, say: Say, *, misses: int = 0) -> str:
    """The printed figures. misses: how many wrong answers to print. Raises OSError, ValueError for files that do not
    fit."""
    judged, services = judged_replies(files, services_file, say)
    return sheet(judged, services, misses=misses)


def judged_replies(files: Iterable[Path], services_file: Path, say: Say) -> tuple[list[Judged], Services]:
    """What the bot answered, judged, and what it was judged by. Raises OSError, ValueError."""
    services = read_services(services_file)
    rows = [row for path in files for row in read_rows(path, services)]
    replies, further = answers(rows, say, lambda row, reply: all(services.meets(reply, must) for must in row.must))
    return judge(rows, replies, services, further), services


def answers(
    rows: Sequence[Row], say: Say, is_met: Callable[[Row, str], bool]
) -> tuple[dict[str, str | None], dict[str, str]]:
    """(first replies, second replies) by id. Where a reply asks whether it is safe to text and something is missing,
    the writer goes on once."""
    first: dict[str, str | None] = {}
    second: dict[str, str] = {}
    for row in rows:
        reply = say(row.id, row.text)
        first[row.id] = reply
        word = go_on(reply)
        if word is not None and row.urgency != "none" and not is_met(row, reply):
            second[row.id] = say(row.id, word)
    return first, second


def go_on(reply: str) -> str | None:
    """What to answer where a reply asks whether it is safe to text, or None."""
    text = plain_text(reply).lower()
    if not _ASKS_WHETHER_SAFE.search(text):
        return None
    match = _GO_ON.search(text)
    return match[0] if match else None
