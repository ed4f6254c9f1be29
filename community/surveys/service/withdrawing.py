"""Taking answers back: rows, words and tallies go together, and a retry cannot bring them back."""

from __future__ import annotations

from datetime import date

from community.surveys import queries
from community.surveys.service import storing
from community.surveys.service.waves import fielding


def withdraw(response_id: bytes, *, today: date) -> bool:
    """Delete a response; False when there is none of this id. Flushed, not committed."""
    stored = queries.snapshot(response_id, lock=True)
    if stored is None:
        return queries.is_deleted(response_id)
    storing.delete_response(response_id, today)
    storing.move_tallies(response_id, stored, None, fielding(stored.wave_id).counting, today=today)
    return True
