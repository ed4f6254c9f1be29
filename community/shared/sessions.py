"""The only cookie there is belongs to /staff: outside it there is no session to open, so none can be set."""

from __future__ import annotations

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

STAFF = "/staff"


class StaffSession(SecureCookieSessionInterface):
    """Flask's signed cookie, for /staff alone. Elsewhere `session` cannot be written: that raises, in tests too."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if request.path == STAFF or request.path.startswith(STAFF + "/"):
            return super().open_session(app, request)
        return None

    def get_cookie_path(self, app: Flask) -> str:  # noqa: ARG002
        return STAFF
