"""Signing in and out, and what the cookie is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from community.shared.clock import london_now
from community.staff.access import safe_next
from community.staff.audit_check import verify
from community.staff.models import AuditEntry
from tests.rig.client import Client
from tests.rig.staff import client_of

DbSession = scoped_session[Session]
Make = Callable[..., Any]


def test_somebody_who_is_not_signed_in_is_led_to_the_sign_in_page_and_back(client: Client, person: Make) -> None:
    assert client.get("/staff").headers["Location"] == "/staff/sign-in"
    asked = client.get("/staff/account?a=1")
    assert asked.headers["Location"] == "/staff/sign-in?next=/staff/account?a%3D1"
    done = person("viewer", phone=False).give_password(client, to=asked.headers["Location"])
    assert (done.status_code, done.headers["Location"]) == (302, "/staff/account?a=1")
    assert client.get("/staff/account").page.h1 == "Your account"


def test_an_analyst_gives_a_password_and_a_code(client: Client, person: Make) -> None:
    half = person("analyst").give_password(client)
    assert half.headers["Location"] == "/staff/sign-in/code"
    assert client.get("/staff").status_code == 302, "a password alone opens nothing"
    done = person("analyst", email="b@council.example").sign_in(client)
    assert done.headers["Location"] == "/staff"
    assert client.get("/staff").page.h1 == "Today"


def test_a_code_is_good_once(app: Flask, person: Make) -> None:
    officer = person("analyst")
    assert officer.sign_in(Client(app)).status_code == 302
    again = officer.sign_in(Client(app))
    assert again.status_code == 422
    assert "used already" in again.page.text
    assert officer.sign_in(Client(app), at=1).status_code == 302


@pytest.mark.parametrize("code", ["000000", "12345", "abcdef", "１２３４５６"])
def test_a_wrong_code_is_not_good(client: Client, person: Make, code: str) -> None:
    page = client.get(person("analyst").give_password(client).headers["Location"])
    answer = client.press(page, "Continue", {"code": code})
    assert answer.status_code == 422
    assert client.get("/staff").status_code == 302


def test_an_app_is_set_up_the_first_time_and_recovery_codes_are_shown_once(client: Client, person: Make) -> None:
    officer = person("admin", phone=False)
    page = client.get(officer.give_password(client).headers["Location"])
    assert page.page.h1 == "Set up your app"
    picture = page.page.all("img")[0].get("src") or ""
    assert picture.startswith("data:image/svg+xml;base64,")
    typed = next(p.text for p in page.page.all("p") if "app-code" in (p.get("class") or ""))
    officer.secret = '{"v":1,"type":"totp","key":"' + typed.replace("-", "").replace(" ", "") + '"}'
    shown = client.press(page, "Continue", {"code": officer.code()})
    assert shown.page.h1 == "Keep your recovery codes"
    codes = [item.text for item in shown.page.all("li") if item.text.count("-") == 2]
    assert len(set(codes)) == 10
    assert client.follow(shown, "I have kept them").page.h1 == "Today"
    assert codes[0] not in client.get("/staff/account").html

    other = Client(client.application)
    page = other.get(officer.give_password(other).headers["Location"])
    page = other.follow(page, "use a recovery code")
    assert other.press(page, "Continue", {"code": codes[0].upper()}).headers["Location"] == "/staff"
    third = Client(client.application)
    page = third.follow(third.get(officer.give_password(third).headers["Location"]), "use a recovery code")
    assert third.press(page, "Continue", {"code": codes[0]}).status_code == 422


def test_a_wrong_password_an_unknown_address_and_one_switched_off_are_answered_alike(
    client: Client, person: Make, runner: Any
) -> None:
    officer, off = person("viewer", phone=False), person("viewer", phone=False, email="off@council.example")
    runner("staff", "disable", off.email)
    nobody = type(officer)(officer.app, "nobody@council.example", "")
    answers = [
        officer.give_password(client, "not the password"),
        nobody.give_password(client),
        off.give_password(client),
    ]
    assert {answer.status_code for answer in answers} == {422}
    assert len({answer.page.by_id("main-content").text for answer in answers}) == 1


def test_the_cookie_is_for_staff_pages_alone_and_out_of_reach_of_scripts(client: Client, person: Make) -> None:
    done = person("viewer", phone=False).give_password(client)
    parts = {part.strip() for part in done.headers["Set-Cookie"].split(";")[1:]}
    assert parts == {"HttpOnly", "Path=/staff", "SameSite=Lax"}


def test_in_production_the_cookie_goes_over_https_only(databases: Any) -> None:
    app = databases.app(databases.migrated("sqlite"), APP_ENV="production")
    page = Client(app).get("/staff/sign-in")
    assert "Secure" in page.headers["Set-Cookie"]


def test_before_and_after_signing_in_the_cookie_and_the_token_of_forms_are_others(client: Client, person: Make) -> None:
    page = client.get("/staff/sign-in")
    token = page.page.all("form")[0].all("input")
    before = {field.get("name"): field.get("value") for field in token}
    person("viewer", phone=False).give_password(client)
    answer = client.post("/staff/account/sign-out-everywhere", data={"csrf_token": before["csrf_token"]})
    assert answer.status_code == 400


def test_signing_out_ends_the_session_for_a_copy_of_its_cookie_too(app: Flask) -> None:
    client = client_of(app, "viewer")
    copy = client.get_cookie("staff", path="/staff").value
    client.press(client.get("/staff"), "Sign out")
    client.set_cookie("staff", copy, path="/staff")
    assert client.get("/staff").headers["Location"] == "/staff/sign-in"


def test_signing_out_everywhere_ends_every_session(app: Flask, client: Client, person: Make) -> None:
    officer, phone = person("viewer", phone=False), Client(app)
    officer.give_password(client)
    officer.give_password(phone)
    client.press(client.get("/staff/account"), "Sign out everywhere")
    assert client.get("/staff").status_code == phone.get("/staff").status_code == 302
    officer.give_password(client)
    assert client.get("/staff").status_code == 200


def test_fifteen_idle_minutes_end_a_session_and_activity_keeps_it(app: Flask) -> None:
    client, start = client_of(app, "viewer"), london_now()
    with time_machine.travel(start, tick=False) as clock:
        for _ in range(4):
            clock.shift(timedelta(minutes=14))
            assert client.get("/staff").status_code == 200
        clock.shift(timedelta(minutes=15))
        assert client.get("/staff").status_code == 302


def test_after_twelve_hours_a_session_is_over_however_busy(app: Flask) -> None:
    client, start = client_of(app, "viewer"), london_now()
    with time_machine.travel(start, tick=False) as clock:
        for _ in range(71):
            clock.shift(timedelta(minutes=10))
            assert client.get("/staff").status_code == 200
        clock.shift(timedelta(minutes=10))
        assert client.get("/staff").status_code == 302


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/staff/\\..", "/staff//evil", "/q/ABC", "/staffing",
     "/staff\n/x", "javascript:alert(1)", "/staff/../q", None, ""],
)  # fmt: skip
def test_after_signing_in_nobody_is_led_elsewhere(app: Flask, elsewhere: str | None) -> None:
    with app.test_request_context("/staff"):
        assert safe_next(elsewhere) == "/staff"


def test_signing_in_stands_in_the_audit_trail(client: Client, person: Make, db_session: DbSession) -> None:
    person("analyst").sign_in(client)
    actions = [entry.action for entry in db_session.query(AuditEntry).order_by(AuditEntry.number)]
    assert actions == ["account.create", "account.sign-in"]
    assert verify().fault is None


def test_a_role_that_needs_an_app_is_not_let_in_once_the_app_was_taken_away(
    app: Flask, client: Client, person: Make, runner: Any
) -> None:
    officer = person("analyst")
    officer.sign_in(client)
    runner("staff", "reset-totp", officer.email)
    assert client.get("/staff").status_code == 302
    assert officer.give_password(client).headers["Location"] == "/staff/sign-in/set-up"
