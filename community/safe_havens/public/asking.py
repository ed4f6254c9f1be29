"""What somebody asks the list for, read from the address: bounded, checked, and understood or said to be wrong."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Protocol
from urllib.parse import urlencode

from community.safe_havens.directory import Wanted, wanted_by
from community.safe_havens.kinds import OFFERED
from community.support.bank_holidays import is_bank_holiday

AHEAD_DAYS: Final = 14
HOLIDAYS_AHEAD_DAYS: Final = 60
"""Of these days the bank holidays may be asked for too: people plan Christmas before it is two weeks away."""
MOST_TYPED: Final = 100
_TIME: Final = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s*(am|pm)?\Z", re.ASCII | re.IGNORECASE)
_NUMBER: Final = re.compile(r"[1-9]\d{0,4}\Z", re.ASCII)


class Args(Protocol):
    """An address's query."""

    def get(self, key: str, default: str, /) -> str: ...
    def getlist(self, key: str, /) -> Sequence[str]: ...


@dataclass(frozen=True)
class Asked:
    """near: where, as typed. is_now: only those open now. day, time: as they were sent. at: the moment they name; None
    for now. offers: keys of kinds.OFFERED. everything: on one page. shut_too: also those that are shut then, for a page
    that looks for the next to open. wrong: "day" or "time", if one cannot be read."""

    near: str
    is_now: bool
    day: str
    time: str
    at: datetime | None
    offers: tuple[str, ...]
    languages: tuple[str, ...]
    page: int
    everything: bool
    shut_too: bool = False
    wrong: str = ""

    @property
    def only_open(self) -> bool:
        return (self.is_now or self.at is not None) and not self.shut_too

    @property
    def is_narrowed(self) -> bool:
        """Whether something is asked for that is kept out of sight until it is."""
        return bool(self.day or self.time or self.offers or self.languages)

    @property
    def wanted(self) -> Wanted | None:
        return wanted_by(self.offers, self.languages) if self.offers or self.languages else None

    def query(self, **changed: object) -> str:
        """The same as part of an address, with some of it changed; what is changed to "" is left out."""
        asks = [("near", self.near), ("open", "now" if self.is_now else ""), ("day", self.day), ("time", self.time)]
        asks += [("offers", key) for key in self.offers] + [("speaks", name) for name in self.languages]
        told = [pair for pair in asks if pair[0] not in changed]
        told += [(name, str(value)) for name, value in changed.items()]
        return urlencode([pair for pair in told if pair[1]])


def read(args: Args, now: datetime, spoken: Collection[str]) -> Asked:
    """What an address asks for. now: aware, in London. spoken: languages that may be asked for."""
    near = " ".join(_printable(args.get("near", "")[: MOST_TYPED * 4]).split())[:MOST_TYPED]
    day, at_time = args.get("day", "")[:10].strip(), args.get("time", "")[:10].strip()
    at, wrong = _moment(day, at_time, now)
    page = args.get("page", "")
    offers, languages = set(args.getlist("offers")[:50]), set(args.getlist("speaks")[:50])
    return Asked(
        near=near,
        is_now=args.get("open", "") == "now" and not (day or at_time),
        day=_printable(day),
        time=_printable(at_time),
        at=at,
        offers=tuple(key for key in OFFERED if key in offers),
        languages=tuple(sorted(languages & set(spoken))),
        page=int(page) if _NUMBER.match(page) else 1,
        everything=args.get("all", "") == "1",
        shut_too=args.get("shut", "") == "1",
        wrong=wrong,
    )


def days_ahead(today: date) -> list[date]:
    """The days that may be asked for."""
    days = [today + timedelta(days=n) for n in range(HOLIDAYS_AHEAD_DAYS)]
    return [day for n, day in enumerate(days) if n < AHEAD_DAYS or is_bank_holiday(day)]


def _moment(day: str, at_time: str, now: datetime) -> tuple[datetime | None, str]:
    """(the moment that is meant, which of the two is wrong). A time alone is the next: of tomorrow, where today's is
    over."""
    if not day and not at_time:
        return None, ""
    try:
        chosen = date.fromisoformat(day) if day else now.date()
    except ValueError:
        return None, "day"
    if chosen not in days_ahead(now.date()):
        return None, "day"
    told = _time(at_time)
    if told is None:
        return None, "time"
    if not day and (told.hour, told.minute) < (now.hour, now.minute):
        chosen += timedelta(days=1)
    return datetime.combine(chosen, told, now.tzinfo), ""


def _time(text: str) -> time | None:
    """A time of day as people type it.

    >>> _time("21:30"), _time("9.30 PM"), _time("12am"), _time("25:00")
    (datetime.time(21, 30), datetime.time(21, 30), datetime.time(0, 0), None)
    """
    found = _TIME.match(text)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
