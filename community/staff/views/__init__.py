"""The pages of this room: signing in, one's own account, accounts, the audit trail, and the home page."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from community.staff import cards, home
from community.staff.access import signed_in
from community.staff.engine import init_engine
from community.staff.views import desk, new_password, own_account, second_step, signing_in
from community.staff.views.blueprint import SENDER, bp

__all__ = ["bp", "desk", "init_staff", "new_password", "own_account", "second_step", "signing_in"]


def init_staff(app: Flask, send: Callable[[str, str, str], None] | None) -> None:
    """Set sign-in up, and what templates under staff/ may ask for. send: (to, subject, words) posts a letter; None
    where none would arrive."""
    settings = app.extensions["community"].settings
    app.config.update(
        SESSION_COOKIE_NAME="staff",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_production,
        WTF_CSRF_TIME_LIMIT=None,  # a form is good as long as its session
        WTF_CSRF_SSL_STRICT=False,  # it asks for a referrer, which our own pages tell the browser not to send
    )
    init_engine(app)
    app.extensions[SENDER] = send
    app.jinja_env.globals.update(staff_links=home.links_for, staff_person=signed_in)
    home.register(
        app,
        cards=[cards.own_codes, cards.accounts_without_app],
        links=[
            home.Link("Accounts", "/staff/accounts", "manage_accounts"),
            home.Link("Audit trail", "/staff/audit", "read_audit"),
        ],
    )
