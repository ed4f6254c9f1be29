"""What a live page is asked for, as it stands in the address: which question, where, when, split by what. Pure.

Whether a name is known is not decided here; see `service/live.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

Fault = tuple[str, str]
"""(id of the field, what is wrong and how to put it right)."""
IN, OUT = "in", "out"
_LONGEST_NAME: Final = 80


@dataclass(frozen=True)
class Filters:
    """None: not narrowed, or the default. question, by, place: names as the commands take them. flagged: whether
    flagged answers are counted. answer: what the charts show, a measure's key."""

    question: str | None = None
    by: str | None = None
    place: str | None = None
    wave: int | None = None
    first: date | None = None
    last: date | None = None
    flagged: bool = True
    answer: str | None = None

    def query(self, **changes: Any) -> dict[str, str]:
        """What stands in the address, with some of it changed; defaults are left out."""
        now = replace(self, **changes)
        named = {
            "question": now.question,
            "by": now.by,
            "place": now.place,
            "wave": now.wave,
            "from": now.first,
            "to": now.last,
            "flagged": None if now.flagged else OUT,
            "answer": now.answer,
        }
        return {name: str(value) for name, value in named.items() if value is not None}

    @property
    def narrowed(self) -> bool:
        """Whether some answers are left out."""
        return any((self.place, self.wave, self.first, self.last)) or not self.flagged


def read(address: Mapping[str, str]) -> tuple[Filters, tuple[Fault, ...]]:
    """The filters in an address, and what is wrong with it; a part that is wrong is left out. Empty parts are none."""
    given = {name: value.strip() for name, value in address.items() if value.strip()}
    faults: list[Fault] = []
    wave = _wave(given.get("wave"), faults)
    first, last = (_day(given.get(name), name, faults) for name in ("from", "to"))
    if first and last and first > last:
        faults.append(("from", f"The first day, {first}, comes after the last, {last}. Change them round."))
        first = last = None
    flagged = given.get("flagged", IN)
    if flagged not in (IN, OUT):
        faults.append(("flagged", "Choose whether flagged answers are counted or left out."))
    names = {name: given[name][:_LONGEST_NAME] for name in ("question", "by", "place", "answer") if name in given}
    return Filters(**names, wave=wave, first=first, last=last, flagged=flagged != OUT), tuple(faults)


def _wave(text: str | None, faults: list[Fault]) -> int | None:
    if text is None:
        return None
    if text.isascii() and text.isdecimal() and len(text) <= 6:
        return int(text)
    faults.append(("wave", f"“{text[:20]}” is not the number of a wave. Choose one from the list."))
    return None


def _day(text: str | None, name: str, faults: list[Fault]) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        which = {"from": "first", "to": "last"}[name]
        faults.append((name, f"The {which} day is “{text[:20]}”. Write it as 2026-11-20: year, month, day."))
        return None
