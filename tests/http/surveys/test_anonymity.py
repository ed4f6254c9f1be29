"""Cannot, not will not: nothing in pages, addresses, logs or tables says who answered, or joins two answers."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import inspect, text

from community.extensions import db
from tests.http.surveys.walking import Respondent, ids
from tests.rig.client import Client
from tests.service.surveys.world import World, answers_of

ADDRESS, DEVICE = "203.0.113.77", "Zebrafone/9 (a very rare device)"
WORDS = "the blue door by the underpass"


@pytest.fixture
def known(someone: Respondent) -> Respondent:
    """Someone whose address and device we would recognise anywhere."""
    someone.client.environ_base.update(
        REMOTE_ADDR=ADDRESS,
        HTTP_USER_AGENT=DEVICE,
        HTTP_X_FORWARDED_FOR=ADDRESS,
        HTTP_REFERER="https://social.example/my-profile",
        HTTP_COOKIE="tracker=abc123",
    )
    return someone


@pytest.fixture
def journey(known: Respondent, caplog: pytest.LogCaptureFixture) -> Iterator[Respondent]:
    """A whole journey, with mistakes, everything logged that can be."""
    with caplog.at_level(logging.DEBUG):
        known.tap("Very safe", age="18 to 21").press("Yes").press("Skip")
        known.press("Continue", {"help": ["cctv", "nothing"], "help_comment": WORDS})
        known.press("Continue", {"help": ["cctv"], "help_comment": WORDS}).press("Yes, me")
        known.press("Română").press("English").press("Continue", {"gender": "female"})
        yield known


def everything_stored(app: Flask) -> str:
    """All rows of all tables but the trail of what officers did, and all files of RUNTIME_DIR, as one text."""
    rows = []
    for table in set(inspect(db.session.connection()).get_table_names()) - {"audit_entry"}:
        rows += [repr(tuple(row)) for row in db.session.execute(text(f'select * from "{table}"'))]
    folder = app.extensions["community"].settings.runtime_dir
    files = [path.read_bytes().decode("latin-1") for path in folder.rglob("*") if path.is_file()]
    return "\n".join([*rows, *files])


def test_nothing_stored_says_where_a_response_came_from(journey: Respondent, app: Flask) -> None:
    stored = everything_stored(app)
    assert "underpass" in stored  # the search does find what is there
    for told in (ADDRESS, "203.0.113", "Zebrafone", "social.example", "tracker", "abc123", "16:05"):
        assert told not in stored


def test_answering_leaves_nothing_in_the_trail_of_what_officers_did(known: Respondent) -> None:
    def trail() -> list[str]:
        return list(db.session.scalars(text("select action from audit_entry order by number")))

    before = trail()
    known.tap("Very safe", age="18 to 21").press("Yes").press("Skip")
    assert before == trail()
    assert set(before) == {"questionnaire.publish", "wave.open"}


def test_no_log_line_holds_an_address_a_device_or_a_word(journey: Respondent, caplog: pytest.LogCaptureFixture) -> None:
    journey.send({"_ticket": "forged", "safe_here": WORDS})
    journey.send({"_ticket": journey.ticket if journey.status == 200 else "", "x": "y" * 70_000})
    logging.getLogger("community").warning("the log is being listened to")
    assert "listened to" in caplog.text
    for told in (ADDRESS, "Zebrafone", "underpass", "very_safe", "cctv", "_ticket", journey.world.poster.code):
        assert told not in caplog.text


def test_an_unforeseen_error_logs_no_word_that_was_sent(
    known: Respondent, app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    known.tap("Very safe", age="18 to 21").press("Yes").press("Skip")

    def breaks(*args: object) -> None:
        raise ValueError(f"cannot take {WORDS!r}")

    monkeypatch.setattr("community.surveys.service.answering.mask", breaks)
    quiet = Client(app, surprises=True)
    data = {"_ticket": known.ticket, "help_comment": WORDS}
    with caplog.at_level(logging.DEBUG):
        response = quiet.post(known.address, data=data)
    assert response.status_code == 500
    assert "999" in response.page.text
    assert "unforeseen ValueError" in caplog.text
    assert "underpass" not in caplog.text + response.html


def test_no_address_or_header_holds_anything_of_a_response(journey: Respondent) -> None:
    code = "".join(journey.code.split())
    assert journey.last.request.path == journey.address
    assert journey.last.status_code == 200
    told = json.dumps([journey.last.request.full_path, *map(list, journey.last.headers.items())])
    for word in (code, "very_safe", "18-21", "cctv", ids()[0].hex()):
        assert word not in told
    links = [link.get("href") or "" for link in journey.page.all("a")] + [
        form.get("action") or "" for form in journey.page.all("form")
    ]
    for word in (code, "very_safe", "ticket", ids()[0].hex()):
        assert not any(word in link for link in links)


def test_every_answer_from_the_server_is_without_cookie_and_redirect(known: Respondent) -> None:
    pages = [known.scan().last, known.press("Very safe").last, known.press("18 to 21").last]
    pages += [known.press("Skip").last, known.press("Finish now").last, known.press("Answer about robbery").last]
    assert [page.status_code for page in pages] == [200] * 6
    for page in pages:
        assert "Set-Cookie" not in page.headers and "Location" not in page.headers
        assert page.headers["Cache-Control"] in ("private, no-cache", "no-store")
        assert page.headers["Referrer-Policy"] == "no-referrer"


def test_the_id_of_a_response_is_in_no_page(known: Respondent) -> None:
    known.tap()
    (id,) = ids()
    assert id.hex() not in known.last.html


def test_the_second_survey_is_a_response_that_nothing_ties_to_the_first(someone: Respondent, world: World) -> None:
    first_ticket = someone.tap("Very safe").ticket
    someone.press("18 to 21").press("Finish now")
    first_code = someone.code
    sent = {field.get("name"): field.get("value") for field in someone.page.all("input")}
    assert sent == {"_language": "en", "_start": "robbery"}  # nothing of the first goes along
    someone.press("Answer about robbery")
    second_ticket = someone.ticket
    assert "value" not in {field.get("name") for field in someone.page.all("input")}
    assert len(someone.page.all("input")) == 1
    someone.press("Yes").press("25 to 34").press("Finish now")
    assert someone.code != first_code
    assert first_code not in someone.last.html
    assert first_ticket[:60] != second_ticket[:60]
    one, other = ids()
    assert len({one, other}) == 2
    assert sorted(set(answers_of(one)) | set(answers_of(other))) == ["age", "know_robbed", "safe_here"]
    columns = {column.name for column in db.metadata.tables["response"].columns}
    assert columns == {
        "id", "wave_id", "poster_id", "place_id", "answered_on", "daypart", "channel", "language", "flags",
    }  # fmt: skip


def test_two_people_behind_one_address_are_two_and_one_person_twice_is_not_found_out(known: Respondent) -> None:
    before = {table: n for table, n in _sizes().items() if table not in ("response", "answer", "tally")}
    known.tap()
    known.tap()
    assert len(ids()) == 2
    assert {table: n for table, n in _sizes().items() if table in before} == before


def _sizes() -> dict[str, int]:
    names = inspect(db.session.connection()).get_table_names()
    return {name: db.session.scalar(text(f'select count(*) from "{name}"')) or 0 for name in names}
