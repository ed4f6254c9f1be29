"""Signing in and out, and what the cookie is."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from tests.rig.client import Client
from tests.rig.staff import PASSWORD, client_of, officer


def test_somebody_who_is_not_signed_in_is_led_to_the_sign_in_page_and_back(
    app: Flask, client: Client, db_session: scoped_session[Session]
) -> None:
    officer(app, "viewer", password=PASSWORD)
    asked = client.get("/staff")
    assert asked.headers["Location"] == "/staff/sign-in"
    page = client.get("/staff/sign-in?next=/staff%3Fa%3D1")
    done = client.press(page, "Sign in", {"email": "Viewer@council.example", "password": PASSWORD})
    assert (done.status_code, done.headers["Location"]) == (302, "/staff?a=1")
    assert client.get("/staff").page.h1 == "Today"


def test_signing_out_ends_the_session_for_a_copy_of_its_cookie_too(app: Flask) -> None:
    client = client_of(app, "viewer")
    copy = client.get_cookie("staff", path="/staff").value
    client.press(client.get("/staff"), "Sign out")
    client.set_cookie("staff", copy, path="/staff")
    assert client.get("/staff").headers["Location"] == "/staff/sign-in"
