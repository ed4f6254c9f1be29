"""Every form on every page is sent to an address that takes it."""

from __future__ import annotations

from flask import Flask
from werkzeug.exceptions import HTTPException

from community.staff.roles import ROLES
from tests.house.access import STAFF
from tests.house.journeys import addresses
from tests.rig.client import Client, Runner
from tests.rig.staff import client_of


def test_every_form_is_sent_to_an_address_that_takes_it(fresh_app: Flask) -> None:
    Runner(fresh_app)("demo", "load", "--responses", "50")
    public, staff = Client(fresh_app), client_of(fresh_app, *ROLES)
    router = fresh_app.url_map.bind("localhost")
    forms = 0
    for page, address in addresses(fresh_app).items():
        answer = (staff if page.partition(" ")[0] in STAFF else public).get(address)
        if answer.mimetype != "text/html" or answer.status_code == 302:
            continue
        for form in answer.page.all("form"):
            method, action = (form.get("method") or "get").upper(), form.get("action") or address
            forms += 1
            if method == "DIALOG":  # sent nowhere: a survey's screen as it is shown to officers
                continue
            try:
                router.match(action.partition("?")[0], method=method)
            except HTTPException as exc:
                raise AssertionError(
                    f"{address}: a form is sent to {method} {action}, which answers {exc.code}"
                ) from exc
    assert forms >= 4


def test_a_typed_poster_code_leads_to_its_page(client: Client) -> None:
    answer = client.get("/poster", query_string={"code": " ab-/<b>"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/poster/ab-b"
