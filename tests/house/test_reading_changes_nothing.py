"""A GET changes nothing, on any page, in any language; and every page keeps the rules for pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event, text

from community.extensions import db
from community.shared.languages import LANGUAGES
from community.staff.roles import ROLES
from tests.house.access import ENGLISH_ONLY, HALF_WAY, STAFF
from tests.house.journeys import addresses
from tests.rig.client import Client, Runner
from tests.rig.staff import client_of

READING = ("select", "with", "pragma", "begin", "show", "savepoint", "release", "rollback")


def test_no_get_of_any_page_writes_to_the_database(fresh_app: Flask) -> None:
    Runner(fresh_app)("demo", "load", "--responses", "50")
    public, staff = Client(fresh_app), client_of(fresh_app, *ROLES)
    for page, address in addresses(fresh_app).items():
        endpoint = page.partition(" ")[0]
        client = staff if endpoint in STAFF else public
        for tag in LANGUAGES if endpoint not in ENGLISH_ONLY.union(STAFF) else ["en"]:
            with _writing(written := []):
                answer = client.get(address, query_string={"lang": tag})
            if endpoint in HALF_WAY:
                assert answer.status_code == 302, f"{page}: {address} answers {answer.status_code}"
            elif page != "health.healthz /healthz":  # 503 here: no consumer runs beside this test
                assert answer.status_code == 200, f"{page}: {address} answers {answer.status_code}"
            assert written == [], f"{page} writes"
            if answer.mimetype == "text/html" and answer.status_code == 200:
                assert answer.page.lang == tag, f"{page} does not speak {tag}"
                if page != "support.leave /help/leave":  # stands for a moment and must tell nothing
                    assert "999" in answer.page.text, f"{page} does not show 999"


def test_the_watch_on_writing_sees_one(fresh_app: Flask) -> None:
    with _writing(written := []), fresh_app.app_context():
        db.session.execute(text("delete from tombstone"))
        db.session.commit()
    assert written == ["delete from tombstone"]


@contextmanager
def _writing(statements: list[str]) -> Iterator[None]:
    """Collect every statement that is more than reading, whichever connection it goes through."""

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.lstrip(" (\n").lower().startswith(READING):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", note)
