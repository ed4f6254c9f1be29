"""People who sign in as people do: a password, then a code from an app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask_security.proxies import _security

from community.extensions import db
from community.staff.service import second_step
from tests.rig.client import Client
from tests.rig.staff import PASSWORD, officer


@dataclass
class Person:
    """An officer with a phone. Each code of the phone is the next one: the page takes none twice."""

    app: Flask
    email: str
    secret: str

    def code(self, *, at: int = 0) -> str:
        """The code of this half minute, or of one so many before or after it."""
        import time

        with self.app.app_context():
            totp = _security.totp_factory._totp.from_source(self.secret)
            return str(totp.generate(time=int(time.time()) + 30 * at).token)

    def give_password(self, client: Client, password: str = PASSWORD, *, to: str = "/staff/sign-in") -> Any:
        return client.press(client.get(to), "Sign in", {"email": self.email, "password": password})

    def sign_in(self, client: Client, *, to: str = "/staff/sign-in", at: int = 0) -> Any:
        """Through both steps; the answer to the second."""
        answer = self.give_password(client, to=to)
        page = client.get(answer.headers["Location"])
        return client.press(page, "Continue", {"code": self.code(at=at)})


@pytest.fixture
def person(app: Flask) -> Callable[..., Person]:
    """Makes somebody with a password, and with an app unless `phone=False`."""

    def make(*roles: str, phone: bool = True, email: str = "") -> Person:
        with app.app_context():
            account = officer(app, *roles, email=email, password=PASSWORD)
            secret = second_step.new_secret() if phone else ""
            account.totp_secret = secret or None
            db.session.commit()
            return Person(app, account.email, secret)

    return make
