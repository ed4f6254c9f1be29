"""Which posters are out of the ordinary; see poster_health.py for what that is."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from community.places import queries
from community.places.poster_health import LOOK_BACK_DAYS, Alert, alerts
from community.shared.clock import days_before


def alerts_on(today: date) -> dict[int, list[Alert]]:
    """poster id -> why to go and look, of the posters that hang; those there is nothing to say of are absent."""
    scans: dict[int, dict[date, int]] = defaultdict(dict)
    hanging = {id: since for id, since in queries.hanging() if since is not None}
    for poster_id, day, n in queries.scans_since(days_before(today, LOOK_BACK_DAYS)):
        if poster_id in hanging:
            scans[poster_id][day] = n
    found = {id: alerts(scans.get(id, {}), hung_on=since, today=today) for id, since in hanging.items()}
    return {id: told for id, told in found.items() if told}
