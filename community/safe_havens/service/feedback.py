"""Whether a venue helped, as visitors say by the sticker's code: a count by day, nothing of who said it.

At most 200 of an answer are counted for a venue in a day; what comes after that is not even written."""

from __future__ import annotations

from datetime import date
from typing import Final

from community.safe_havens import queries
from community.safe_havens.kinds import FEEDBACK
from community.safe_havens.models import HavenFeedback
from community.shared.database import count_one
from community.shared.errors import UserError

MOST_A_DAY: Final = 200


class BadFeedback(UserError):
    """None of our answers."""


def is_counted(haven_id: int, said: str, on: date) -> bool:
    """Whether one more would be counted. Only reads. Raises BadFeedback."""
    if said not in FEEDBACK:
        raise BadFeedback("Choose whether they helped.")
    return queries.feedback_on(haven_id, said, on) < MOST_A_DAY


def say(haven_id: int, said: str, on: date) -> None:
    """Count one answer; flushed."""
    count_one(HavenFeedback.__table__, {"haven_id": haven_id, "said_on": on, "said": said}, most=MOST_A_DAY)
