"""Days and times as files write them, into a London date and a daypart; nothing finer leaves this module. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from community.shared.clock import LONDON, Daypart, daypart_of
from community.surveys.importing.faults import BadCell, shown
from community.surveys.importing.words import plain

NOT_KNOWN: Final = ""
"""The daypart of a response whose file does not tell the time of day; a group of its own in results."""
EARLIEST: Final = date(2000, 1, 1)
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_BRITISH: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_CLOCK: Final = re.compile(r"(\d{1,2})(?:[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?)?\s*([ap]\.?m\.?)?", re.ASCII)
_DAYPART: Final = re.compile(r"(\d{1,2})(?::00)?-(\d{1,2})(?::00)?", re.ASCII)
_ZONED: Final = re.compile(r".*\d(?:Z|[+-]\d{2}:?\d{2})", re.ASCII)
_WRITE_DATE: Final = "write 2023-11-25 or 25/11/2023"
_WRITE_DAYPART: Final = f"write a time such as 16:30, or one of {', '.join(Daypart)}"


def moment(cell: str, *, date_format: str | None, today: date) -> tuple[date, str] | BadCell:
    """(London day, daypart or NOT_KNOWN) of a date, or of a date and time as survey tools write them.

    Accepted: 2023-11-25 and 25/11/2023 (day first), with a time after a space or T if there is one; with date_format
    (of strptime) that and nothing else. A time with an offset is brought to London; one without is London's."""
    try:
        if date_format is not None:
            day, part = _by_format(cell, date_format)
        elif _ZONED.fullmatch(cell) and not _ISO.fullmatch(cell):
            moved = datetime.fromisoformat(cell).astimezone(LONDON)
            day, part = moved.date(), daypart_of(moved.hour)
        else:
            day, part = _by_eye(cell)
    except (ValueError, OverflowError):
        return BadCell(f"{shown(cell)} is not a date we can read" if cell else "there is no date", _fix(date_format))
    if not EARLIEST <= day <= today:
        off = "after today" if day > today else "before the year 2000"
        return BadCell(f"{shown(cell)} is {off}", "correct the date")
    return day, part


def daypart(cell: str) -> str | BadCell:
    """A daypart from one (15-19, 15 to 19) or from a time of day (16:30, 4.30 pm); NOT_KNOWN for an empty cell."""
    if not cell:
        return NOT_KNOWN
    words = plain(cell)
    if found := _DAYPART.fullmatch(words):
        part = f"{int(found[1]):02}-{int(found[2]):02}"
        if part in list(Daypart):
            return part
    elif (hour := _hour(words)) is not None:
        return daypart_of(hour)
    fix = _WRITE_DAYPART
    if re.search(r"sep|dec", words):
        fix = "a spreadsheet has made a date of a daypart; write it with words, such as '09 to 12'"
    return BadCell(f"{shown(cell)} is no time of day we can read", fix)


def _by_eye(cell: str) -> tuple[date, str]:
    head, _, tail = cell.replace("T", " ", 1).partition(" ")
    if found := _ISO.fullmatch(head):
        day = date(int(found[1]), int(found[2]), int(found[3]))
    elif found := _BRITISH.fullmatch(head):
        day = date(int(found[3]), int(found[2]), int(found[1]))
    else:
        raise ValueError
    if not tail.strip():
        return day, NOT_KNOWN
    hour = _hour(plain(tail))
    if hour is None:
        raise ValueError
    return day, daypart_of(hour)


def _by_format(cell: str, date_format: str) -> tuple[date, str]:
    found = datetime.strptime(cell, date_format)  # noqa: DTZ007  (London's, unless the format says otherwise)
    if found.tzinfo is not None:
        found = found.astimezone(LONDON)
    tells_time = any(mark in date_format for mark in ("%H", "%I", "%X", "%c"))
    return found.date(), daypart_of(found.hour) if tells_time else NOT_KNOWN


def _hour(words: str) -> int | None:
    found = _CLOCK.fullmatch(words)
    if found is None or (found[2] is None and found[4] is None):
        return None  # a bare number could be anything
    hour, half = int(found[1]), (found[4] or "").replace(".", "")
    if int(found[2] or 0) > 59 or int(found[3] or 0) > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        return None
    return hour % 12 + 12 * (half == "pm") if half else hour


def _fix(date_format: str | None) -> str:
    return _WRITE_DATE if date_format is None else f"write it as the mapping says: {shown(date_format)}"
