"""How often a venue helped somebody: counted by day and daypart, without a name or a word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select

from community.extensions import db
from community.safe_havens.kinds import HELP_GIVEN, USE_OUTCOMES, WHO
from community.safe_havens.models import HavenUse, SafeHaven
from community.shared.clock import Daypart
from community.shared.database import count_one
from community.shared.errors import UserError

MOST_A_DAY: Final = 200
"""Uses of one venue that are counted in a day: a flood fills nothing."""


class TooMany(UserError):
    """More uses came in a day than a venue can have had."""

    def __init__(self) -> None:
        super().__init__("So many were noted for this day that no more are counted. Please tell the council.")


@dataclass(frozen=True)
class Use:
    """help: of kinds.HELP_GIVEN. outcome: of USE_OUTCOMES. who: of WHO."""

    day: date
    daypart: Daypart
    help: str
    outcome: str
    who: str


def count(haven: SafeHaven, use: Use) -> None:
    """Count one use; flushed. Raises TooMany; KeyError for words that are not ours."""
    for chosen, words in ((use.help, HELP_GIVEN), (use.outcome, USE_OUTCOMES), (use.who, WHO)):
        words[chosen]
    table: Any = HavenUse.__table__
    so_far = select(func.coalesce(func.sum(table.c.n), 0)).where(table.c.haven_id == haven.id)
    if (db.session.scalar(so_far.where(table.c.used_on == use.day)) or 0) >= MOST_A_DAY:
        raise TooMany
    keys = {"haven_id": haven.id, "used_on": use.day, "daypart": use.daypart.value, "help": use.help,
            "outcome": use.outcome, "who": use.who}  # fmt: skip
    count_one(table, keys)
