"""Forms that we did not make, or that are too old, too long or too odd."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import text

from community.extensions import db
from community.shared.runtime import Runtime
from community.shared.skeleton import PLACEHOLDER
from tests.factories.places import PosterFactory
from tests.http.surveys.walking import Clock, Respondent, ids
from tests.rig.client import Client
from tests.service.surveys.world import OPENS, World, answers_of, recounted, rows, tallied, words_of

NOBODY = {"response": 0, "answer": 0, "comment": 0, "tombstone": 0, "tally": 0}


@pytest.mark.parametrize(
    "forged",
    [
        None, "", "x", "2026-11-20", "2026-11-20.", "2026-11-20.e30.sig", "9999-01-01.a.b", "\0", "🙂", "'; --",
        "2026-11-20." + "A" * 700, "A" * 50_000,
    ],
)  # fmt: skip
def test_a_form_we_did_not_make_is_refused(someone: Respondent, forged: str | None) -> None:
    data = (
        {"safe_here": "very_safe"}
        if forged is None
        else {"safe_here": "very_safe", "_ticket": forged.encode("utf-8", "ignore")}
    )
    someone.scan().send(data)
    assert someone.status == 400
    assert "999" in someone.page.text
    assert rows() == NOBODY


def test_an_altered_form_is_refused(someone: Respondent) -> None:
    ticket = someone.scan().ticket
    middle = len(ticket) // 2
    other = "A" if ticket[middle] != "A" else "B"
    assert (
        someone.send({"safe_here": "very_safe", "_ticket": ticket[:middle] + other + ticket[middle + 1 :]}).status
        == 400
    )


def test_a_form_of_another_poster_is_refused_at_this_address(someone: Respondent, world: World) -> None:
    other = PosterFactory(status="up", up_on=OPENS)
    ticket = someone.scan(f"/q/{other.code}").ticket
    assert someone.send({"safe_here": "very_safe", "_ticket": ticket}).status == 400
    assert someone.send({"safe_here": "very_safe", "_ticket": ticket}, "/s/safety").status == 400
    assert rows() == NOBODY
    assert someone.send({"safe_here": "very_safe", "_ticket": ticket}, f"/q/{other.code}").status == 200


@pytest.mark.parametrize("more", [{}, {"_skip": ""}, {"safe_here": ""}, {"age": "16-17"}])
def test_a_first_page_without_an_answer_counts_nobody(someone: Respondent, more: dict[str, str]) -> None:
    ticket = someone.scan().ticket
    someone.send({"_ticket": ticket, **more})
    assert someone.status == 422 and "Choose one of the answers shown" in someone.page.text
    assert rows() == NOBODY
    someone.press("Very unsafe")
    assert someone.status == 200 and rows()["response"] == 1


def test_a_form_without_a_poster_is_refused_at_one(someone: Respondent) -> None:
    someone.send({"_place": "barking-station"}, "/s/safety")
    assert someone.send({"safe_here": "very_safe", "_ticket": someone.ticket}).status == 400


def test_a_form_is_good_until_the_end_of_the_next_day(someone: Respondent, clock: Clock) -> None:
    someone.scan()
    clock.go_on(hours=31, minutes=50)  # Saturday, ten to midnight
    assert someone.press("Very safe").page.h1 == "How old are you?"


def test_a_form_whose_key_is_gone_starts_again(someone: Respondent, clock: Clock) -> None:
    someone.scan()
    clock.go_on(hours=32)
    someone.press("Very safe")
    assert (someone.status, someone.page.h1) == (410, "Please start again")
    assert rows() == NOBODY
    assert someone.scan(someone.page.link("Start again")).status == 200


def test_what_went_wrong_is_said_in_the_language_of_the_form(someone: Respondent, clock: Clock) -> None:
    someone.scan(f"{someone.address}?lang=ro")
    clock.go_on(hours=32)
    someone.press("Foarte în siguranță")
    assert (someone.status, someone.page.lang) == (410, "ro")
    (again,) = [link for link in someone.page.all("a") if "govuk-button" in (link.get("class") or "")]
    someone.scan(again.get("href"))
    assert (someone.status, someone.page.lang) == (200, "ro")
    (form,) = someone.page.all("form")
    someone.send({"_ticket": "forged"}, form.get("action"))
    assert (someone.status, someone.page.lang) == (400, "ro")


def test_a_form_whose_key_was_destroyed_starts_again(someone: Respondent, clock: Clock, app: Flask) -> None:
    runtime: Runtime = app.extensions["community"]
    someone.tap()
    for key in runtime.keys.folder.iterdir():
        key.unlink()
    vars(runtime.keys)["_known"] = {}
    clock.go_on(hours=9)
    someone.press("18 to 21")
    assert (someone.status, someone.page.h1) == (410, "Please start again")
    assert [answers_of(id) for id in ids()] == [{"safe_here": ("very_unsafe",)}]


def test_a_later_page_of_a_response_that_is_not_there_starts_again(someone: Respondent, world: World) -> None:
    someone.tap()
    for table in ("answer", "response", "tally"):
        db.session.execute(text(f"delete from {table}"))
    age = someone.last
    for words in ("18 to 21", "Finish now"):
        someone.last = age
        someone.press(words)
        assert (someone.status, someone.page.h1) == (410, "Please start again")
        assert "more than a day" not in someone.page.text
    assert rows() == NOBODY


def test_more_than_we_take_gets_its_own_page(someone: Respondent) -> None:
    someone.tap(age="18 to 21")
    someone.send({"_ticket": someone.ticket, "safe_in_borough": "x" * 70_000})
    assert (someone.status, someone.page.h1) == (413, "That was too long for us to take")
    assert "999" in someone.page.text


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data; boundary=x", ""])
def test_what_is_not_a_form_is_refused(client: Client, someone: Respondent, kind: str) -> None:
    response = client.post(someone.address, data=b'{"safe_here": "very_safe"}', content_type=kind)
    assert response.status_code == 400
    assert rows() == NOBODY


@pytest.mark.parametrize(
    "value",
    ["\0", "\ufffd", "\u202e", "🙂" * 300, "a\u0300" * 300, "' or 1=1 --", "<script>alert(1)</script>", "{{ 7*7 }}",
     "%00", "\r\nSet-Cookie: a=b", "\x1b[31m", "ﷺ" * 200, "\U000e0041"],
)  # fmt: skip
def test_odd_words_are_taken_as_words(someone: Respondent, world: World, value: str) -> None:
    someone.tap("Very safe", age="18 to 21").press("Yes").press("Skip")
    someone.send({"_ticket": someone.ticket, "help": "cctv", "help_comment": value})
    assert someone.status == 200
    (id,) = ids()
    assert answers_of(id)["help"] == ("cctv",)
    assert all(len(words) <= 5_000 and "\0" not in words for words in words_of(id))
    assert tallied() == recounted(world.safety, world.robbery)


@pytest.mark.parametrize("value", ["\0", "cctv\0", "🙂", "CCTV", "cctv ' --", "x" * 3_000])
def test_odd_options_are_refused(someone: Respondent, value: str) -> None:
    someone.tap("Very safe", age="18 to 21").press("Yes").press("Skip")
    someone.send({"_ticket": someone.ticket, "help": value})
    assert someone.status == 422
    assert "help" not in answers_of(ids()[0])


def test_bytes_that_are_no_letters_are_no_fault_of_ours(client: Client, someone: Respondent) -> None:
    body = urlencode({"_ticket": someone.scan().ticket, "safe_here": "very_safe"}).encode() + b"&x=%ff%fe&%c0=%80&=&&"
    response = client.post(someone.address, data=body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 200
    assert len(ids()) == 1


def test_fields_many_times_over_are_read_with_care(someone: Respondent) -> None:
    someone.tap("Very safe", age="18 to 21").press("Yes").press("Skip")
    ticket = someone.ticket
    assert someone.send({"_ticket": ticket, "help": ["cctv", "lighting"] * 60}).status == 200
    assert answers_of(ids()[0])["help"] == ("cctv", "lighting")
    assert someone.send({"_ticket": ticket, "help": [f"x{n}" for n in range(900)]}).status == 422
    assert someone.send({"_ticket": [ticket, "another"], "help": "cctv"}).status == 200
    assert someone.send({"_ticket": ["another", ticket], "help": "cctv"}).status == 400


def test_the_words_of_our_own_machinery_mean_nothing_when_people_write_them(someone: Respondent) -> None:
    someone.tap("Very safe", age="18 to 21").press("Yes").press("Skip")
    someone.send({"_ticket": someone.ticket, "help": ["cctv", "nothing"], "help_comment": "@@ticket@@"})
    assert someone.status == 422
    assert someone.page.all("textarea")[0].text == "@@ticket@@"
    assert PLACEHOLDER not in someone.last.html


def test_our_own_fields_cannot_be_sent_as_answers(someone: Respondent) -> None:
    someone.tap()
    someone.send(
        {"_ticket": someone.ticket, "age": "18-21", "flags": "0", "channel": "demo", "place_id": "9", "id": "x"}
    )
    assert answers_of(ids()[0]) == {"safe_here": ("very_unsafe",), "age": ("18-21",)}


def test_another_sites_page_cannot_send_our_form(someone: Respondent, client: Client) -> None:
    someone.scan()
    answer = client.post(someone.address, data={"safe_here": "very_safe"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert rows() == NOBODY
