"""The home page shows each person what needs them; a page that asks by itself keeps nobody signed in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Blueprint, Flask, Response

from community.shared.clock import london_now
from community.staff import home
from community.staff.access import needs
from community.staff.home import Card, Link
from community.staff.models import Account
from tests.rig.client import Client, Runner
from tests.rig.databases import Databases, dispose
from tests.rig.staff import client_of


@pytest.fixture
def desk_app(databases: Databases) -> Iterator[Flask]:
    """The application with a room more: cards, a place in the navigation, and a page that asks by itself."""
    app = databases.app(databases.migrated("sqlite"))
    room = Blueprint("room", __name__, url_prefix="/staff/room")

    @room.get("/pulse")
    @needs("see_answers", counts_as_activity=False)
    def pulse() -> Response:
        return Response("nothing new", content_type="text/plain")

    app.register_blueprint(room)

    def fakes(user: Account, now: datetime) -> Card | None:
        return Card("Fake posters", [f"2 reports for {user.email}", f"{now:%Y}"], "/staff/room", "manage_posters")

    def nothing(user: Account, now: datetime) -> Card | None:
        return None

    home.register(app, cards=[nothing, fakes], links=[Link("Room", "/staff/room", "manage_posters")])
    yield app
    dispose(app)


def test_a_card_and_a_link_are_for_those_who_may_go_there(desk_app: Flask) -> None:
    analyst, viewer = client_of(desk_app, "analyst").get("/staff"), client_of(desk_app, "viewer").get("/staff")
    assert analyst.page.link("Fake posters") == analyst.page.link("Room") == "/staff/room"
    assert "2 reports for analyst@council.example" in analyst.page.text
    for words in ("Fake posters", "Room"):
        with pytest.raises(LookupError):
            viewer.page.link(words)


def test_whoever_looks_after_accounts_sees_who_has_no_app_yet(app: Flask) -> None:
    admin = client_of(app, "admin")
    Runner(app)("staff", "create-user", "new@council.example", "--role", "analyst")
    assert "new@council.example has not set up an app yet" in admin.get("/staff").page.text
    assert "new@council.example" in admin.get("/staff/accounts").page.text


def test_what_a_page_asks_by_itself_keeps_nobody_signed_in(desk_app: Flask) -> None:
    client, start = client_of(desk_app, "analyst"), london_now()
    with time_machine.travel(start, tick=False) as clock:
        for _ in range(14):
            clock.shift(timedelta(minutes=1))
            assert client.get("/staff/room/pulse").status_code == 200
        clock.shift(timedelta(minutes=1))
        over = client.get("/staff/room/pulse")
        assert (over.status_code, over.mimetype, over.get_data()) == (401, "text/plain", b"")
        assert client.get("/staff").status_code == 302


def test_nobody_who_is_not_signed_in_learns_anything_from_it(desk_app: Flask) -> None:
    assert Client(desk_app).get("/staff/room/pulse").status_code == 401
    assert client_of(desk_app, "viewer").get("/staff/room/pulse").status_code == 403


def test_the_trail_is_read_a_page_at_a_time(app: Flask) -> None:
    reader, run = client_of(app, "safeguarding"), Runner(app)
    run("staff", "create-user", "a@council.example", "--role", "viewer")
    for _ in range(25):
        run("staff", "disable", "a@council.example")
        run("staff", "enable", "a@council.example")
    newest = reader.get("/staff/audit")
    assert "a command" in newest.page.text
    assert "Entries 4 to 53" in newest.page.text
    assert "Entries 1 to 3" in reader.follow(newest, "Older entries").page.text


def test_a_permission_that_is_not_in_the_table_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="see_everything"):
        needs("see_everything")
