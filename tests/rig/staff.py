"""Somebody who is signed in already, for tests that are not about signing in."""

from __future__ import annotations

import secrets
from datetime import date
from functools import cache
from typing import Any

from flask import Flask

from community.extensions import db
from community.shared.clock import london_now
from community.staff.access import SESSION_KEY
from community.staff.here import here
from community.staff.models import Account
from community.staff.service import accounts, passwords, second_step
from tests.rig.client import Client

PASSWORD = "correct horse battery staple"


def officer(app: Flask, *roles: str, email: str = "", password: str | None = None) -> Account:
    """An account with these roles; committed. Call it inside an application context."""
    address = email or f"{'-'.join(roles)}@council.example"
    account = accounts.create(address, roles=roles, password=password, on=date(2027, 1, 4), kept=_kept(app, password))
    db.session.commit()
    return account


@cache
def _kept(_app: Flask, password: str | None) -> str:
    """The hash of a password, made once for an application: it takes long so that guessing does."""
    return passwords.made(password or secrets.token_urlsafe(32))


def client_of(app: Flask, *roles: str) -> Client:
    """A browser in which somebody with these roles is signed in."""
    client = Client(app)
    with app.app_context():
        account = officer(app, *roles)
        account.totp_secret = second_step.new_secret()  # as if an app had been set up
        db.session.commit()
        token = here().sessions.begin(account.id, account.fs_uniquifier, london_now())
    with client.session_transaction(path="/staff") as session:
        session[SESSION_KEY] = token
    return client


def form_token(response: Any) -> str:
    """The token that the forms of a page carry."""
    field = next(f for f in response.page.all("input") if f.get("name") == "csrf_token")
    return field.get("value") or ""


def send_file(client: Client, address: str, data: bytes, name: str) -> Any:
    """Choose a file in the form at an address, and send it."""
    token = form_token(client.get(address))
    parts = [
        b'--cut\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n' + token.encode(),
        f'--cut\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'.encode()
        + b"Content-Type: application/octet-stream\r\n\r\n"
        + data,
        b"--cut--\r\n",
    ]
    body = b"\r\n".join(parts)
    return client.post(address, data=body, content_type="multipart/form-data; boundary=cut")
