"""Every role, on every page under /staff, by every method: what opens is what tests/house/access.py says, no more."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from community.staff import roles
from tests.house.access import PERMISSIONS, STAFF, WITHOUT_A_CODE
from tests.rig.client import Client
from tests.rig.staff import client_of

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def test_the_table_of_permissions_is_the_one_that_the_pages_follow() -> None:
    assert {name: frozenset(held.split()) for name, held in PERMISSIONS.items()} == roles.PERMISSIONS
    assert set(roles.ROLES) - WITHOUT_A_CODE == roles.NEEDS_A_CODE


def test_a_role_without_a_code_sees_no_answer_no_contact_and_no_account() -> None:
    private = {
        "see_answers",
        "export_answers",
        "read_words",
        "see_contacts",
        "open_safeguarding_box",
        "manage_accounts",
        "read_audit",
    }
    assert not roles.permissions_of(WITHOUT_A_CODE) & private


def test_every_page_under_staff_says_which_permission_it_needs(shared_app: Flask) -> None:
    marks = {
        rule.endpoint: getattr(shared_app.view_functions[rule.endpoint], "staff_access", "nothing: it has no @needs")
        for rule in shared_app.url_map.iter_rules()
        if rule.rule.startswith("/staff")
    }
    assert marks == STAFF


@pytest.mark.parametrize("role", ["nobody", *roles.ROLES])
def test_a_role_opens_what_the_table_says_and_nothing_else(app: Flask, role: str) -> None:
    client = Client(app, surprises=True) if role == "nobody" else client_of(app, role)
    client.surprises = True
    serving = {(rule.rule, method): rule.endpoint for rule in app.url_map.iter_rules() for method in rule.methods or ()}
    for rule, method in sorted(
        {(rule, method) for rule, _ in serving if rule.startswith("/staff") for method in METHODS}
    ):
        answer = client.open(re.sub(r"<[^>]*>", "1", rule), method=method)
        endpoint = serving.get((rule, method))
        wanted = _wanted(role, method, STAFF[endpoint]) if endpoint else {"no such method"}
        assert _happened(answer) in wanted, f"{role}: {method} {rule} answered {answer.status}"


def _wanted(role: str, method: str, needed: str) -> set[str]:
    """What may happen, when a form carries no token."""
    if needed != "anyone" and role == "nobody":
        return {"sign in first"}
    if needed != "anyone" and role not in PERMISSIONS[needed].split():
        return {"not for you"}
    return {"no token"} if method == "POST" else {"opened", "sign in first"} if needed == "anyone" else {"opened"}


def _happened(answer: Any) -> str:
    if answer.status_code == 401 or answer.headers.get("Location", "").partition("?")[0] == "/staff/sign-in":
        return "sign in first"
    return {403: "not for you", 400: "no token", 405: "no such method"}.get(answer.status_code, "opened")


def test_no_page_under_staff_is_kept_by_a_browser(app: Flask) -> None:
    client = client_of(app, "analyst")
    for rule in app.url_map.iter_rules():
        if rule.endpoint in STAFF and "GET" in (rule.methods or ()) and not rule.arguments:
            assert client.get(rule.rule).headers["Cache-Control"] == "no-store", rule.rule
