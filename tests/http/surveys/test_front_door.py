"""The first page that a worker has ready is the page that Flask makes, to the last header; anything else is Flask's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete
from sqlalchemy.exc import OperationalError

from community.extensions import db
from community.places.service import posters
from community.surveys import burst, front_door
from community.surveys.flags import Flag
from community.surveys.models import Tally
from community.surveys.service import storing
from tests.http.surveys.walking import Clock, Respondent, hidden, ids
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


def noted(monkeypatch: pytest.MonkeyPatch, name: str) -> list[bool]:
    """For each call of a function of the front door, whether it had a page."""
    found: list[bool] = []
    really = getattr(front_door, name)

    def noting(*given: Any) -> bytes | None:
        page: bytes | None = really(*given)
        found.append(page is not None)
        return page

    monkeypatch.setattr(front_door, name, noting)
    return found


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each GET, whether it was answered at the door."""
    return noted(monkeypatch, "_ready")


def without_ticket(html: str) -> str:
    return re.sub(r'value="2026-[^"]*"', "", html)


@pytest.mark.parametrize("language", [None, "ro", "ur,en;q=0.5", "de"])
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


def test_more_languages_than_anybody_speaks_are_for_flask_to_read(
    remembering: tuple[Flask, World], asked: list[bool]
) -> None:
    app, world = remembering
    headers = PACKED | {"Accept-Language": "ur," + ",".join(["x000-yy;q=0.1"] * 60)}
    pages = [Client(app).get(f"/q/{world.poster.code}", headers=headers).html for _ in range(2)]
    assert asked == [False, False] and all('lang="ur"' in page for page in pages)


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


# the first tap


@pytest.fixture
def tapped(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each POST, whether it was answered at the door."""
    return noted(monkeypatch, "_answered")


class Phone:
    """Scans and taps as a browser does, and reads what comes back."""

    def __init__(self, app: Flask, world: World, language: str = "") -> None:
        self.client = Client(app)
        page = self.client.get(
            f"/q/{world.poster.code}", headers=PACKED | ({"Accept-Language": language} if language else {})
        ).page
        self.address, self.ticket = next(iter(page.all("form"))).get("action") or "", hidden(page, "_ticket")

    def tap(self, option: str = "very_unsafe", headers: dict[str, str] | None = None, **more: str) -> Any:
        form = {"_ticket": self.ticket, "safe_here": option, **more}
        return self.client.post(self.address, data=form, headers={**PACKED, **(headers or {})})


def stored(app: Flask) -> list[tuple[Any, ...]]:
    """(flags, option) of each response to the opening question, and that tallies agree with the rows."""
    with app.app_context():
        on = db.session.connection()
        rows = on.exec_driver_sql(
            "select flags, \"option\" from response join answer on response_id = id where question = 'safe_here'"
        ).all()
        told = on.exec_driver_sql(
            "select \"option\", sum(n) from tally where question = 'safe_here' and attribute = 'channel' group by 1"
        ).all()
    assert {option: n for option, n in told if n} == Counter(option for _, option in rows)
    return [tuple(row) for row in rows]


def test_what_answers_a_tap_at_the_door_is_what_flask_would_have_answered(
    remembering: tuple[Flask, World], tapped: list[bool], clock: Clock
) -> None:
    app, world = remembering
    made, ready = Phone(app, world).tap(), Phone(app, world).tap()
    assert tapped == [False, True]
    assert without_ticket(ready.html) == without_ticket(made.html) and ready.html != made.html
    assert dict(ready.headers) == {**made.headers, "Content-Length": ready.headers["Content-Length"]}
    assert stored(app) == [(Flag.TOO_FAST, "very_unsafe")] * 2
    age = hidden(ready.page, "_ticket")
    on = Client(app).post(f"/q/{world.poster.code}", data={"_ticket": age, "age": "18-21"}, headers=PACKED)
    assert on.status_code == 200 and tapped == [False, True, False], "later screens are for Flask"


def test_a_tap_is_stored_for_good_also_where_something_had_to_be_looked_up_first(
    remembering: tuple[Flask, World], tapped: list[bool], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, world = remembering
    Phone(app, world).tap()
    first, beyond = Phone(app, world), Phone(app, world)
    app.extensions["community"].recent.seconds = 0  # the wave is looked up anew
    assert first.tap().status_code == 200
    monkeypatch.setattr(burst, "BURST_FLOOR", 1)  # and the poster's limit
    assert beyond.tap().status_code == 200
    assert tapped == [False, True, True]
    assert len(stored(app)) == 3


@pytest.mark.parametrize("language", ["", "ro", "ur"])
def test_a_tap_goes_to_the_address_that_the_page_says_and_is_answered_in_its_language(
    remembering: tuple[Flask, World], tapped: list[bool], clock: Clock, language: str
) -> None:
    app, world = remembering
    for _ in range(2):
        phone = Phone(app, world, language)
        assert "?next" in phone.address
        assert f'lang="{language or "en"}"' in phone.tap().html
    assert tapped == [False, True]
    assert len(stored(app)) == 2


def test_who_waited_long_for_a_database_does_not_wait_twice(
    remembering: tuple[Flask, World], tapped: list[bool], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, world = remembering
    Phone(app, world).tap()
    phone, tries = Phone(app, world), []

    def hang(*_: object, **__: object) -> None:
        tries.append(True)
        raise OperationalError("insert", None, Exception("timeout"))

    monkeypatch.setattr(storing, "store_new", hang)
    monkeypatch.setattr(front_door, "_LONG_SECONDS", 0.0)
    refused = phone.tap()
    assert refused.status_code == 503 and "999" in refused.html and len(tries) == 1


def test_a_tap_whose_limit_cannot_be_looked_up_leaves_no_count(
    remembering: tuple[Flask, World], tapped: list[bool], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, world = remembering
    Phone(app, world).tap()

    def broken(*_: object, **__: object) -> int:
        raise OperationalError("select", None, Exception("gone"))

    with monkeypatch.context() as broke:
        broke.setattr(burst, "BURST_FLOOR", 0)
        broke.setattr(burst, "burst_limit", broken)
        for _ in range(3):
            assert Phone(app, world).tap().status_code == 503
    app.extensions["community"].counters.flush()
    assert app.extensions["community"].counters.total("taps safety", world.poster.id, "2026-11-20T16") == 1


def test_the_same_tap_again_and_another_on_the_same_page_count_once(
    remembering: tuple[Flask, World], tapped: list[bool], clock: Clock
) -> None:
    app, world = remembering
    Phone(app, world).tap()
    clock.go_on(seconds=20)
    phone = Phone(app, world)
    for option in ("very_safe", "very_safe", "fairly_safe"):
        assert phone.tap(option).status_code == 200
    assert tapped == [False, True, False, False]
    assert sorted(option for _, option in stored(app)) == ["fairly_safe", "very_unsafe"]
    app.extensions["community"].counters.flush()
    assert app.extensions["community"].counters.total("taps safety", world.poster.id, "2026-11-20T16") == 2


@pytest.mark.parametrize(
    ("status", "sent", "headers"),
    [
        (422, {"option": "perhaps"}, {}),
        (422, {"option": ""}, {}),
        (422, {"option": " \u3000"}, {}),
        (422, {"option": "_skipped"}, {}),
        (200, {"_finish": ""}, {}),
        (200, {"_language": "ro"}, {}),
        (400, {"_ticket": "2026-11-20.x"}, {}),
        (403, {}, {"Sec-Fetch-Site": "cross-site"}),
        (403, {}, {"Origin": "https://elsewhere.example"}),
        (200, {}, {"Sec-Fetch-Site": "none", "Origin": "null"}),
        (200, {}, {"Accept-Encoding": "identity"}),
        (200, {"another": "x" * 5_000}, {}),
        (200, {}, {"Content-Type": "multipart/form-data"}),
    ],
)
def test_what_is_sent_in_any_other_way_is_answered_by_flask(
    remembering: tuple[Flask, World], tapped: list[bool], status: int, sent: dict[str, str], headers: dict[str, str]
) -> None:
    app, world = remembering
    Phone(app, world).tap()
    assert Phone(app, world).tap(headers=headers, **sent).status_code == status
    assert tapped == [False, False]
    assert len(stored(app)) <= 2


def test_what_was_deleted_does_not_come_back_by_a_second_tap(
    remembering: tuple[Flask, World], tapped: list[bool], clock: Clock
) -> None:
    app, world = remembering
    Phone(app, world).tap()
    phone = Phone(app, world)
    assert phone.tap("very_safe").status_code == 200
    with app.app_context():
        for id in ids():
            storing.delete_response(id, date(2026, 11, 20))
            db.session.execute(delete(Tally))
        db.session.commit()
    assert phone.tap("very_safe").status_code == 410
    assert tapped == [False, True, False] and stored(app) == []


def test_with_the_database_gone_a_tap_is_refused_in_words_and_can_be_sent_again(
    remembering: tuple[Flask, World], tapped: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    app, world = remembering
    Phone(app, world).tap()
    phone = Phone(app, world)

    def broken(*_: object, **__: object) -> None:
        raise OperationalError("insert", None, Exception("no such disk"))

    with monkeypatch.context() as broke:
        broke.setattr(storing, "store_new", broken)
        refused = phone.tap()
    assert refused.status_code == 503 and "999" in refused.html
    assert phone.tap().status_code == 200
    assert tapped == [False, False, True]
    assert len(stored(app)) == 2
    app.extensions["community"].counters.flush()
    assert app.extensions["community"].counters.total("taps safety", world.poster.id, "2026-11-20T16") == 2
