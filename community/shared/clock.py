"""London's date and daypart: the only times a respondent's row may hold."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class Daypart(StrEnum):
    """Parts of a London day, cut so that after-school hours and 3pm to 9pm can be added up."""

    NIGHT = "00-06"
    EARLY = "06-09"
    MORNING = "09-12"
    MIDDAY = "12-15"
    AFTER_SCHOOL = "15-19"
    EVENING = "19-21"
    LATE = "21-24"


def daypart_of(hour: int) -> Daypart:
    """The daypart that holds an hour, 0 to 23."""
    return next(part for part in Daypart if int(part[:2]) <= hour < int(part[3:]))


def london_now() -> datetime:
    """Now, aware, in London."""
    return datetime.now(UTC).astimezone(LONDON)


def london_today() -> date:
    return london_now().date()


def now_ms() -> int:
    """Milliseconds since 1970, for the age of a form. Never stored."""
    return time.time_ns() // 1_000_000


def days_before(day: date, days: int) -> date:
    return day - timedelta(days=days)
