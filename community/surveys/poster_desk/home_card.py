"""What the home page says of posters."""

from __future__ import annotations

from datetime import datetime

from community.places.models import Poster
from community.places.service import health, posters, reports
from community.staff.home import Card, Link
from community.staff.models import Account
from community.surveys.poster_desk import told

MOST_LINES = 4
ORDER = ("jump", "silent", "unseen")
"""What may be somebody's game comes before what may be rain."""
LINKS = [Link("Posters", "/staff/posters", "see_posters")]


def card(_user: Account, now: datetime) -> Card | None:
    """Reports that nobody looked at, then posters that are out of the ordinary; None when all is well."""
    waiting, strange = reports.waiting(), health.alerts_on(now.date())
    lines = []
    if waiting:
        number = sum(one.n for one in waiting)
        codes = "one poster" if len(waiting) == 1 else f"{len(waiting)} posters"
        said = "report says" if number == 1 else "reports say"
        lines.append(f"{number} {said} that {codes} may be fake or damaged.")
    if strange:
        names: dict[int, Poster] = {poster.id: poster for poster in posters.list_posters()}
        first = sorted(strange.items(), key=lambda one: (ORDER.index(one[1][0].kind), one[0]))[:MOST_LINES]
        lines += [
            f"{told.heading(alerts[0])}: {names[id].place_name}{', ' + names[id].spot if names[id].spot else ''}."
            for id, alerts in first
        ]
        if len(strange) > MOST_LINES:
            lines.append(f"And {len(strange) - MOST_LINES} more.")
    href = "/staff/posters/reports" if waiting else "/staff/posters?status=attention"
    return Card("Posters to look at", lines, href, "see_posters") if lines else None
