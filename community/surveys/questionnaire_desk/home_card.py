"""What the home page says of questionnaires."""

from __future__ import annotations

from datetime import datetime, timedelta

from community.staff.home import Card, Link
from community.staff.models import Account
from community.surveys.service import drafts, waves

LINKS = [Link("Questionnaires", "/staff/questionnaires", "see_questionnaires")]
SOON_DAYS = 7


def card(user: Account, now: datetime) -> Card | None:
    """Waves that end within a week, and drafts that wait; None when there is neither."""
    today = now.date()
    until = today + timedelta(days=SOON_DAYS)
    lines = [
        f"{wave.survey}, wave {wave.number} ({wave.title}) takes its last answers on {wave.closes_on:%-d %B}."
        for wave in waves.open_since(today)
        if wave.is_open(today) and wave.closes_on and wave.closes_on <= until
    ]
    waiting = len(drafts.kept(today)) if user.may("manage_questionnaires") else 0
    if waiting:
        lines.append("1 draft is not published yet." if waiting == 1 else f"{waiting} drafts are not published yet.")
    return Card("Questionnaires", lines, "/staff/questionnaires", "see_questionnaires") if lines else None
