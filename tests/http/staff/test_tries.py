"""Wrong passwords and codes slow down whoever gives them, and nobody else; the page says how long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from community.staff.models import AuditEntry
from community.staff.service import passwords
from tests.rig.client import Client
from tests.rig.staff import PASSWORD

Make = Callable[..., Any]


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    """A wait of two seconds must not be over before the next try is made, however slow the machine is."""
    with time_machine.travel(datetime.now(UTC), tick=False):
        yield


def _from(app: Flask, address: str) -> Client:
    client = Client(app)
    client.environ_base = {**client.environ_base, "REMOTE_ADDR": address}
    return client


def test_who_hammers_an_account_waits_and_its_owner_elsewhere_does_not(app: Flask, person: Make) -> None:
    officer, cafe, office = person("viewer", phone=False), _from(app, "198.51.100.7"), _from(app, "192.0.2.1")
    answers = [officer.give_password(cafe, "wrong wrong wrong") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) >= 1
    assert "then try again" in answers[-1].page.text
    assert officer.give_password(cafe).status_code == 429, "the right one waits as well: nobody learns that it is right"
    assert officer.give_password(office).status_code == 302


def test_two_addresses_that_try_all_the_time_do_not_shut_somebody_out_elsewhere(app: Flask, person: Make) -> None:
    officer, hotel = person("viewer", phone=False), _from(app, "203.0.113.50")
    for n in range(40):
        nobody = type(officer)(app, f"nobody{n}@council.example", "")
        nobody.give_password(_from(app, f"198.51.100.{n % 2}"), "wrong wrong wrong")
    assert officer.give_password(hotel).status_code == 302


def test_that_somebody_tries_passwords_is_recorded_once(
    app: Flask, person: Make, db_session: scoped_session[Session]
) -> None:
    officer, cafe = person("viewer", phone=False), _from(app, "198.51.100.7")
    nobody = type(officer)(app, "nobody@council.example", "")
    for _ in range(6):
        officer.give_password(cafe, "wrong wrong wrong")
        nobody.give_password(cafe, "wrong wrong wrong")
    actions = [entry.action for entry in db_session.query(AuditEntry)]
    assert actions.count("account.many-wrong-passwords") == 1


def test_wrong_codes_wait_longer_and_longer(client: Client, person: Make) -> None:
    officer = person("analyst")
    page = client.get(officer.give_password(client).headers["Location"])
    answers = [client.press(page, "Continue", {"code": "123456"}).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]
    assert client.press(page, "Continue", {"code": officer.code()}).status_code == 429


def test_when_others_are_signing_in_the_page_says_so(app: Flask, client: Client, person: Make) -> None:
    officer = person("viewer", phone=False)
    held = [passwords._ROOM.acquire(blocking=False) for _ in range(2)]
    try:
        assert all(held)
        answer = officer.give_password(client)
    finally:
        for _ in held:
            passwords._ROOM.release()
    assert answer.status_code == 429
    assert "Many people are signing in" in answer.page.text
    assert officer.give_password(client, PASSWORD).status_code == 302
