"""Every route declares who may open it, and keeps to it."""

from __future__ import annotations

from flask import Flask

from tests.house.access import ACCESS, UNDER
from tests.rig.client import Client


def test_every_endpoint_declares_its_access_and_no_other_does(shared_app: Flask) -> None:
    assert {rule.endpoint for rule in shared_app.url_map.iter_rules()} == set(ACCESS)


def test_staff_pages_and_webhooks_lie_where_their_guards_stand(shared_app: Flask) -> None:
    for rule in shared_app.url_map.iter_rules():
        for access, folder in UNDER.items():
            assert rule.rule.startswith(folder) == (ACCESS[rule.endpoint] == access), rule.rule


def test_a_page_nobody_has_is_a_kind_404_with_999_on_it(client: Client) -> None:
    answer = client.get("/no-such-page")
    assert answer.status_code == 404
    assert "999" in answer.page.text
