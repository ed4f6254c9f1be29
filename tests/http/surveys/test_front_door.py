"""The first page that a worker has ready is the page that Flask makes, to the last header; anything else is Flask's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask

from community.extensions import db
from community.places.service import posters
from community.surveys import front_door
from tests.http.surveys.walking import Clock, Respondent
from tests.rig.client import Client
from tests.rig.databases import Databases, dispose
from tests.service.surveys.world import World, make_world

PACKED = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture
def remembering(engine_name: str, databases: Databases, clock: Clock) -> Iterator[tuple[Flask, World]]:
    address = databases.migrated(engine_name)
    app = databases.app(address, CACHE_SECONDS="60")
    with app.app_context():
        world = make_world()
        db.session.commit()
        for row in (world.place, world.poster):
            db.session.refresh(row)
        db.session.expunge_all()
    yield app, world
    dispose(app)
    databases.drop(address)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each GET, whether it was answered at the door."""
    found: list[bool] = []
    ready = front_door._ready

    def noting(*given: Any) -> bytes | None:
        page = ready(*given)
        found.append(page is not None)
        return page

    monkeypatch.setattr(front_door, "_ready", noting)
    return found


def without_ticket(html: str) -> str:
    return re.sub(r'value="2026-[^"]*"', "", html)


@pytest.mark.parametrize("language", [None, "ro", "ur,en;q=0.5", "de", "x" * 600])
def test_the_page_at_the_door_is_the_page_that_flask_makes(
    remembering: tuple[Flask, World], asked: list[bool], language: str | None
) -> None:
    app, world = remembering
    headers = PACKED | ({"Accept-Language": language} if language else {})
    made, ready = (Client(app).get(f"/q/{world.poster.code}", headers=headers) for _ in range(2))
    assert asked == [False, True]
    assert without_ticket(ready.html) == without_ticket(made.html) and ready.html != made.html
    assert dict(ready.headers) == {**made.headers, "Content-Length": ready.headers["Content-Length"]}
    assert len(ready.data) == int(ready.headers["Content-Length"])


def test_a_tap_on_a_page_from_the_door_is_counted_and_each_scan_too(
    remembering: tuple[Flask, World], asked: list[bool], clock: Clock
) -> None:
    app, world = remembering
    Client(app).get(f"/q/{world.poster.code}", headers=PACKED)
    someone = Respondent(Client(app), world, clock).scan(accept_encoding="gzip")
    assert asked[-1]
    someone.press("Very unsafe")
    assert someone.status == 200
    with app.app_context():
        (found,) = db.session.connection().exec_driver_sql("select count(*) from response").one()
        assert found == 1
    counters = app.extensions["community"].counters
    counters.flush()
    assert counters.total("scans", world.poster.id, "2026-11-20") == 2


@pytest.mark.parametrize(
    ("address", "headers"),
    [("", {}), ("", {"Accept-Encoding": "gzip;q=0"}), ("?lang=ur", PACKED), ("/", PACKED), ("x", PACKED)],
)
def test_what_is_asked_in_any_other_way_is_for_flask(
    remembering: tuple[Flask, World], asked: list[bool], address: str, headers: dict[str, str]
) -> None:
    app, world = remembering
    for _ in range(2):
        Client(app).get(f"/q/{world.poster.code}", headers=PACKED)
        Client(app).get(f"/q/{world.poster.code}{address}", headers=headers)
    assert asked == [False, False, True, False]
    head = Client(app).head(f"/q/{world.poster.code}", headers=PACKED)
    assert head.status_code == 200 and not head.data and len(asked) == 4


def test_a_page_is_not_kept_beyond_its_moment(remembering: tuple[Flask, World], asked: list[bool]) -> None:
    app, world = remembering
    for _ in range(2):
        Client(app).get(f"/q/{world.poster.code}", headers=PACKED)
    with app.app_context():
        posters.take_down(posters.get(world.poster.code), date(2026, 11, 20))
        db.session.commit()
    app.extensions["community"].recent.seconds = 0  # as if the moment had passed
    assert Client(app).get(f"/q/{world.poster.code}", headers=PACKED).status_code == 410
    assert asked == [False, True, False]


def test_a_page_of_yesterday_is_not_handed_out_today(
    remembering: tuple[Flask, World], asked: list[bool], clock: Clock
) -> None:
    app, world = remembering
    Client(app).get(f"/q/{world.poster.code}", headers=PACKED)
    clock.go_on(hours=10)
    assert 'value="2026-11-21' in Client(app).get(f"/q/{world.poster.code}", headers=PACKED).html
    assert asked == [False, False]


def test_where_the_days_key_cannot_be_read_flask_says_what_is_wrong(
    remembering: tuple[Flask, World], asked: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    app, world = remembering
    Client(app).get(f"/q/{world.poster.code}", headers=PACKED)

    def broken(*_: object, **__: object) -> str:
        raise OSError("no such disk")

    monkeypatch.setattr(front_door, "seal", broken)
    assert Client(app).get(f"/q/{world.poster.code}", headers=PACKED).status_code == 200
    assert asked == [False, False]
