"""A new password: by email, by the link of a new account, or by somebody who knows the old one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from community.shared.clock import london_now
from community.staff.views.blueprint import SENDER
from tests.rig.client import Client, Runner
from tests.rig.staff import PASSWORD

Make = Callable[..., Any]
NEW = "purple staircase lemon"
Letter = tuple[str, str, str]


@pytest.fixture
def letters(app: Flask) -> Iterator[list[Letter]]:
    """What is sent instead of leaving."""
    sent: list[Letter] = []
    before = app.extensions[SENDER]
    app.extensions[SENDER] = lambda *letter: sent.append(letter) if letter[0] else None
    yield sent
    app.extensions[SENDER] = before


def _link(letter: Letter) -> str:
    found = re.search(r"https://voice\.example(/staff/new-password/\S+)", letter[2])
    assert found
    return found[1]


def _ask(client: Client, email: str) -> Any:
    return client.press(client.get("/staff/forgot-password"), "Send me a link", {"email": email})


def _set(client: Client, link: str, password: str = NEW) -> Any:
    return client.press(client.get(link), "Set this password", {"password": password, "again": password})


def test_a_forgotten_password_is_set_anew_by_a_link(client: Client, person: Make, letters: list[Letter]) -> None:
    officer = person("viewer", phone=False)
    assert _ask(client, officer.email.upper()).page.h1 == "Look in your inbox"
    assert letters[0][0] == officer.email
    done = _set(client, _link(letters[0]))
    assert "Sign in with it" in client.get(done.headers["Location"]).page.text
    assert officer.give_password(client).status_code == 422, "the old one no longer works"
    assert officer.give_password(client, NEW).status_code == 302
    assert letters[1][1] == "Your password was changed"


def test_a_link_works_once_and_for_a_day(client: Client, person: Make, letters: list[Letter]) -> None:
    officer = person("viewer", phone=False)
    _ask(client, officer.email)
    link = _link(letters[0])
    with time_machine.travel(london_now() + timedelta(hours=25)):
        assert client.get(link).status_code == 410
    assert _set(client, link).status_code == 302
    assert client.get(link).status_code == 410
    assert client.get(link[:-1]).status_code == 410


def test_an_address_without_an_account_is_answered_alike_and_gets_nothing(
    client: Client, person: Make, letters: list[Letter]
) -> None:
    known, unknown = _ask(client, person("viewer", phone=False).email), _ask(client, "nobody@council.example")
    assert len(letters) == 1
    assert known.status_code == unknown.status_code == 200
    assert known.page.text == unknown.page.text


def test_nobody_can_fill_somebodys_inbox(client: Client, person: Make, letters: list[Letter]) -> None:
    officer = person("viewer", phone=False)
    for _ in range(6):
        assert _ask(client, officer.email).status_code == 200
    assert len(letters) == 2


def test_a_new_password_by_link_still_needs_the_app(client: Client, person: Make, letters: list[Letter]) -> None:
    officer = person("analyst")
    _ask(client, officer.email)
    _set(client, _link(letters[0]))
    assert officer.give_password(client, NEW).headers["Location"] == "/staff/sign-in/code"
    assert client.get("/staff").status_code == 302


def test_where_no_email_can_leave_the_page_says_whom_to_ask(app: Flask, client: Client) -> None:
    before, app.extensions[SENDER] = app.extensions[SENDER], None
    try:
        assert "cannot send email" in client.get("/staff/forgot-password").page.text
    finally:
        app.extensions[SENDER] = before


def test_a_new_account_sets_its_password_by_the_link_it_was_given(client: Client, runner: Runner) -> None:
    made = runner.json("staff", "create-user", "New@Council.example", "--role", "viewer")
    link = made["link"].removeprefix("https://voice.example")
    _set(client, link)
    page = client.get("/staff/sign-in")
    done = client.press(page, "Sign in", {"email": "new@council.example", "password": NEW})
    assert done.headers["Location"] == "/staff"


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [("", "", "Enter a new password"), ("short", "short", "at least 12"), (NEW, NEW + "x", "not the same")],
)
def test_a_password_that_will_not_do_is_refused_with_what_to_do(
    client: Client, runner: Runner, password: str, again: str, said: str
) -> None:
    link = runner.json("staff", "create-user", "new@council.example", "--role", "viewer")["link"]
    page = client.get(link.removeprefix("https://voice.example"))
    answer = client.press(page, "Set this password", {"password": password, "again": again})
    assert answer.status_code == 422
    assert said in answer.page.text


def test_changing_a_password_signs_out_everywhere_else(app: Flask, client: Client, person: Make) -> None:
    officer, phone = person("viewer", phone=False), Client(app)
    officer.give_password(client)
    officer.give_password(phone)
    page = client.get("/staff/account/password")
    wrong = client.press(page, "Change it", {"now": "not it at all", "password": NEW, "again": NEW})
    assert (wrong.status_code, "not your password" in wrong.page.text) == (422, True)
    done = client.press(page, "Change it", {"now": PASSWORD, "password": NEW, "again": NEW})
    assert "signed out everywhere but here" in client.get(done.headers["Location"]).page.text
    assert phone.get("/staff").status_code == 302


def test_fresh_recovery_codes_need_the_password_and_replace_the_old_ones(client: Client, person: Make) -> None:
    officer = person("analyst")
    officer.sign_in(client)
    assert client.press(client.get("/staff/account"), "Make new", {"password": "wrong wrong"}).status_code == 422
    first = client.press(client.get("/staff/account"), "Make new", {"password": PASSWORD})
    second = client.press(client.get("/staff/account"), "Make new", {"password": PASSWORD})
    codes = [{item.text for item in page.page.all("li") if item.text.count("-") == 2} for page in (first, second)]
    assert [len(found) for found in codes] == [10, 10]
    assert not codes[0] & codes[1]
    assert "10 of them left" in client.get("/staff/account").page.text


def test_another_app_takes_the_place_of_the_first(client: Client, app: Flask, person: Make) -> None:
    officer = person("analyst")
    officer.sign_in(client)
    page = client.get("/staff/account/app")
    typed = next(p.text for p in page.page.all("p") if "app-code" in (p.get("class") or ""))
    new = type(officer)(app, officer.email, '{"v":1,"type":"totp","key":"' + typed.replace("-", "") + '"}')
    assert client.press(page, "Continue", {"code": new.code(), "password": "wrong wrong"}).status_code == 422
    assert client.press(page, "Continue", {"code": new.code(), "password": PASSWORD}).page.h1.startswith("Keep")
    other = Client(app)
    assert officer.sign_in(other, at=1).status_code == 422
    assert new.sign_in(other, at=1).status_code == 302
