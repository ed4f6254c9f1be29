"""What is out of the ordinary about a poster is said with its figures and with what to do."""

from __future__ import annotations

from datetime import date

import pytest

from community.places.poster_health import Alert
from community.surveys.poster_desk.told import explained, heading

DAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("alert", "tag", "figures"),
    [
        (Alert("silent", DAY, days=3, usual=12.3), "Fallen silent", ["18 November", "3 whole days", "12 a day"]),
        (Alert("silent", DAY, days=9, usual=1.1), "Fallen silent", ["9 whole days", "8 a week"]),
        (Alert("jump", DAY, scans=140, usual=5, limit=30), "Sudden rush", ["140 scans", "5 a day", "more than 30"]),
        (Alert("unseen", DAY, days=20), "Never scanned", ["20 days", "18 November"]),
    ],
)
def test_an_alert_is_said_with_its_figures(alert: Alert, tag: str, figures: list[str]) -> None:
    assert heading(alert) == tag
    for figure in figures:
        assert figure in explained(alert)
    assert explained(alert).endswith((".", "?"))
