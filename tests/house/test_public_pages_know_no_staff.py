"""Nothing of sign-in happens on a public page: no hook, no session, no question about a person, no cookie."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import Engine, event

from tests.house.access import PUBLIC
from tests.rig.client import Client
from tests.rig.staff import client_of

OURS = ("community.", "flask.", "flask_wtf.")


def test_sign_in_hangs_nothing_on_every_request(shared_app: Flask) -> None:
    hooks: tuple[dict[Any, Any], ...] = (
        shared_app.before_request_funcs,
        shared_app.after_request_funcs,
        shared_app.teardown_request_funcs,
        shared_app.template_context_processors,
    )
    for hook in hooks:
        for function in hook.get(None, ()):
            assert function.__module__.startswith(OURS), function
            assert not function.__module__.startswith("community.staff"), function


def test_of_flask_securitys_own_pages_there_is_none(shared_app: Flask) -> None:
    assert not [rule.rule for rule in shared_app.url_map.iter_rules() if rule.endpoint.startswith("security.")]
    assert not [view for view in shared_app.view_functions.values() if view.__module__.startswith("flask_security")]


def test_a_public_page_asks_nothing_of_an_account_even_with_a_cookie_of_staff(fresh_app: Flask) -> None:
    app = fresh_app
    client = client_of(app, "analyst")
    cookie = client.get_cookie("staff", path="/staff")
    assert cookie is not None
    plain = Client(app)
    plain.set_cookie("staff", cookie.value, path="/")  # as a browser that forgot the cookie's path would
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        for rule in app.url_map.iter_rules():
            if rule.endpoint in PUBLIC and "GET" in (rule.methods or ()) and not rule.arguments:
                assert "Set-Cookie" not in plain.get(rule.rule).headers, rule.rule
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert not [statement for statement in asked if "account" in statement]
    assert asked, "the watch sees questions to the database"


def test_a_token_in_the_address_or_a_header_opens_nothing(client: Client) -> None:
    for options in ({"query_string": {"auth_token": "x"}}, {"headers": {"Authentication-Token": "x"}}):
        answer = client.get("/staff", **options)
        assert answer.headers["Location"].startswith("/staff/sign-in")
