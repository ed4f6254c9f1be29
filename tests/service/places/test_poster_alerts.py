"""Which hanging posters are out of the ordinary, from the scans that are stored."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from community.places.models import Poster
from community.places.service.health import alerts_on
from community.places.service.scans import add_scans
from tests.factories.places import PosterFactory

TODAY = date(2026, 11, 20)


def hung(**more: object) -> Poster:
    poster: Poster = PosterFactory(**{"status": "up", "up_on": date(2026, 9, 1), **more})
    return poster


def scan(poster: Poster, n: int, *, first: int, last: int) -> None:
    """So many scans on each day from `first` days ago to `last` days ago."""
    add_scans({(poster.id, TODAY - timedelta(days=ago)): n for ago in range(last, first + 1)})


def test_each_poster_is_held_against_its_own_days(db_session: Session) -> None:
    silent, rushed, usual, unseen = hung(), hung(), hung(), hung(up_on=TODAY - timedelta(days=20))
    scan(silent, 12, first=60, last=4)
    scan(rushed, 6, first=60, last=1)
    scan(rushed, 300, first=0, last=0)
    scan(usual, 40, first=60, last=0)
    found = alerts_on(TODAY)
    assert {id: [alert.kind for alert in told] for id, told in found.items()} == {
        silent.id: ["silent"],
        rushed.id: ["jump"],
        unseen.id: ["unseen"],
    }
    assert found[silent.id][0].day == TODAY - timedelta(days=3)


def test_a_poster_that_does_not_hang_is_no_cause_for_alarm(db_session: Session) -> None:
    planned = PosterFactory(created_on=date(2026, 1, 1))
    down = hung(status="taken-down", down_on=TODAY - timedelta(days=10))
    scan(planned, 10, first=60, last=10)
    scan(down, 10, first=60, last=10)
    assert alerts_on(TODAY) == {}


def test_a_reported_poster_still_hangs(db_session: Session) -> None:
    scan(reported := hung(status="reported"), 10, first=60, last=10)
    assert list(alerts_on(TODAY)) == [reported.id]
