"""`/api/v1/services`: pages of the directory, one service, and kind refusals."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

from tests.rig.client import Client


@time_machine.travel(datetime(2026, 11, 24, 12, tzinfo=UTC), tick=False)
def test_the_list_is_paged_and_leads_to_each_service(client: Client) -> None:
    first = client.get("/api/v1/services?per_page=10").json
    assert (first["page_number"], first["size"], first["first_page"], first["last_page"]) == (1, 10, True, False)
    assert first["total_items"] > 50
    one = client.get(f"/api/v1/services/{first['contents'][0]['id']}").json
    assert first["contents"][0].items() <= one.items()
    assert one["contacts"][0]["phones"][0]["number"] == "999"
    last = client.get(f"/api/v1/services?per_page=10&page={first['total_pages']}").json
    assert last["last_page"] is True


def test_what_nobody_confirmed_is_in_neither(client: Client) -> None:
    names = {one["name"] for one in client.get("/api/v1/services?per_page=100").json["contents"]}
    assert "Childline" in names
    assert "Kooth" not in names


def test_a_search_narrows_the_list(client: Client) -> None:
    found = client.get("/api/v1/services?search=samaritans").json
    assert [one["name"] for one in found["contents"]] == ["Samaritans"]


def test_a_page_beyond_the_last_is_empty(client: Client) -> None:
    beyond = client.get("/api/v1/services?page=999").json
    assert (beyond["empty"], beyond["contents"]) == (True, [])


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=x", "per_page=101", "per_page=0", "minimum_age=old", "page=٣"]
)
def test_a_number_that_is_none_is_refused_in_words(client: Client, query: str) -> None:
    answer = client.get(f"/api/v1/services?{query}")
    assert answer.status_code == 400
    assert "must be a whole number" in answer.json["message"]


def test_an_unknown_service_is_a_404_that_says_where_the_list_is(client: Client) -> None:
    answer = client.get("/api/v1/services/childline")
    assert answer.status_code == 404
    assert "/api/v1/services" in answer.json["message"]


def test_other_sites_may_read_it_and_keep_it_for_an_hour(client: Client) -> None:
    headers = client.get("/api/v1/services").headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Cache-Control"] == "public, max-age=3600"
