"""/chat as a browser without scripts meets it."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from flask import Flask

from community.bot import out_of_order, views
from community.bot.chat_state import SHOWN_CHARACTERS
from community.messaging.in_time import TooSlow
from community.support.catalogue import by_id, load
from tests.rig.client import Client

HARM = "my husband hits me"
DA_LINE = by_id(load())["nat_da_helpline"].phone or ""


def said(response: Any) -> list[str]:
    """What stands in the log, in order; what the person wrote after "> "."""
    log = response.page.by_id("log")
    rows = [(div, next(div.all("p")).text) for div in log.all("div") if "app-said" in (div.get("class") or "")]
    return [f"> {text}" if "app-said--you" in (div.get("class") or "") else text for div, text in rows]


def write(client: Client, response: Any, words: str) -> Any:
    return client.press(response, "Send", {"text": words})


def test_the_page_tells_nobody_anything(client: Client) -> None:
    page = client.get("/chat")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store" and page.headers["Referrer-Policy"] == "no-referrer"
    assert page.page.title.startswith("Messages") and page.page.h1 == "Messages"
    for word in ("abuse", "violence", "refuge", "rape", "police report"):
        assert word not in page.page.title.lower()
    assert "Leave this page" in page.page.text and "999" in page.page.text
    assert said(page) == []


def test_the_notice_above_the_box_is_short_and_read_with_it(client: Client) -> None:
    page = client.get("/chat").page
    box, notice = page.by_id("text"), page.by_id("free-text-notice")
    assert box.get("aria-describedby") == "free-text-notice"
    assert len(notice.text.split()) <= 40
    assert "Nobody is watching" in notice.text and "cannot find you" in notice.text and "999" in notice.text
    assert box.get("autocomplete") == "off"


def test_what_is_announced_is_marked_so(client: Client) -> None:
    log = client.get("/chat").page.by_id("log")
    assert (log.get("role"), log.get("aria-live")) == ("log", "polite")


def test_a_message_is_answered_and_the_whole_talk_stands_on_the_page(client: Client) -> None:
    first = write(client, client.get("/chat"), HARM)
    assert first.status_code == 200
    assert said(first)[0] == f"> {HARM}" and DA_LINE in said(first)[1]
    assert said(first)[1] in first.page.by_id("latest").text
    second = write(client, first, "who sees this?")
    assert said(second)[:2] == said(first) and len(said(second)) == 4
    assert first.headers["Cache-Control"] == second.headers["Cache-Control"] == "no-store"


def test_numbers_in_a_reply_can_be_tapped_and_what_was_typed_cannot(client: Client) -> None:
    page = write(client, client.get("/chat"), f"{HARM}, i rang {DA_LINE} <b>&amp;").page
    log = page.by_id("log")
    assert f"tel:{DA_LINE.replace(' ', '')}" in [link.get("href") for link in log.all("a")]
    mine, reply = [div for div in log.all("div") if "app-said" in (div.get("class") or "")]
    assert list(mine.all("a")) == [] and "<b>&amp;" in mine.text
    assert list(reply.all("a"))


def test_back_and_send_again_goes_on_from_where_the_page_was(client: Client) -> None:
    first = write(client, client.get("/chat"), "hello")
    write(client, first, HARM)
    again = write(client, first, "who sees this?")
    assert said(again)[2] == "> who sees this?" and HARM not in again.page.text


def test_a_reload_answers_the_same_again(client: Client) -> None:
    page = client.get("/chat")
    assert said(write(client, page, HARM)) == said(write(client, page, HARM))


@pytest.mark.parametrize("state", ["2020-01-01.AAAA", "nonsense", "2026-11-21." + "A" * 90_000, "\x00", "é"])
def test_a_state_that_does_not_open_is_a_fresh_start_that_still_answers(client: Client, state: str) -> None:
    answer = client.post("/chat?lang=en", data={"text": HARM, "_state": state})
    assert answer.status_code == 200
    assert "cleared after 30 minutes" in answer.page.text
    assert len(said(answer)) == 2 and DA_LINE in said(answer)[1]
    assert len(said(write(client, answer, "hello"))) == 4, "and the talk goes on"


@pytest.mark.parametrize("words", ["", "   ", "?", "🆘", "‎", "\0", "ok" * 20, "<script>alert(1)</script>"])
def test_whatever_is_sent_there_is_an_answer_with_999(client: Client, words: str) -> None:
    answer = client.post("/chat", data={"text": words, "_state": ""})
    assert answer.status_code == 200
    assert "999" in said(answer)[-1]


def test_no_field_at_all_is_answered_too(client: Client) -> None:
    assert "999" in said(client.post("/chat", data={}))[-1]


@pytest.mark.parametrize("length", [2_000, 20_000, 500_000])
def test_a_very_long_message_is_answered_and_carried_in_part(client: Client, length: int) -> None:
    words = (HARM + ". ") + "and then some more of it. " * (length // 26)
    answer = client.post("/chat", data={"text": words, "_state": ""})
    assert answer.status_code == 200
    mine, reply = said(answer)
    assert len(mine) < SHOWN_CHARACTERS + 30 and mine.endswith("…")
    assert "999" in reply
    assert ("That was very long" in answer.page.text) == (length > views.READ_CHARACTERS)
    assert len(said(write(client, answer, "hello"))) == 4


def test_what_is_too_long_for_anybody_is_refused_with_help(client: Client) -> None:
    answer = client.post("/chat", data={"text": "a" * 1_500_000})
    assert answer.status_code == 413
    assert "999" in answer.page.text and "0800 1111" in answer.page.text


def test_a_long_talk_goes_on_and_stays_small(client: Client) -> None:
    page = client.get("/chat")
    for _ in range(35):
        page = write(client, page, "who sees this?")
    assert page.status_code == 200 and len(said(page)) == 60
    assert "Older messages are no longer shown" in page.page.text
    packed = client.post("/chat", data={"text": "hi", "_state": ""}, headers={"Accept-Encoding": "gzip"})
    assert len(packed.data) < 6_000


@pytest.mark.parametrize(("tag", "name"), [("ro", "Română"), ("ur", "اردو")])
def test_the_page_speaks_other_languages_and_keeps_the_talk(client: Client, tag: str, name: str) -> None:
    first = write(client, client.get("/chat"), HARM)
    other = client.press(first, name)
    assert other.page.lang == tag and HARM in other.page.text and DA_LINE in other.page.text
    assert len(said(other)) == len(said(first)), "nothing was asked, so nothing is answered"
    on = client.post(other.page.by_id("chat").get("action"), data={"text": "hello", "_state": _state(other)})
    assert on.page.lang == tag and len(said(on)) == 4


def _state(response: Any) -> str:
    return next(field.get("value") for field in response.page.all("input") if field.get("name") == "_state")


def test_stop_ends_the_talk_quietly_with_999_since_silence_protects_nobody_here(client: Client) -> None:
    answer = write(client, client.get("/chat"), "STOP")
    mine, reply = said(answer)
    assert mine == "> STOP" and reply.startswith("This has ended") and reply.endswith("In danger? Call 999.")


def test_the_notice_is_open_at_first_and_one_line_once_a_talk_goes_on(client: Client) -> None:
    first = client.get("/chat")
    after = write(client, first, HARM)
    assert first.page.by_id("before").get("open") is not None and after.page.by_id("before").get("open") is None
    for page in (first.page, after.page):
        summary = next(page.by_id("before").all("summary")).text
        assert "Nobody is watching this live" in summary and "999" in summary
    assert "If you go back a page, these messages may end." in after.page.text


def test_another_sites_page_cannot_write_in_somebodys_name(client: Client) -> None:
    answer = client.post("/chat", data={"text": HARM}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert client.get("/chat", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_no_address_carries_a_word(client: Client) -> None:
    page = write(client, client.get("/chat"), HARM)
    for element in page.page.all("a", "form"):
        address = (element.get("href") or element.get("action") or "").lower()
        assert "hits" not in address and "state" not in address


def test_while_answers_hang_there_is_one_at_once(client: Client) -> None:
    over = threading.Event()
    for _ in range(views.in_time.places):  # as when a database hangs that a survey is asked of
        with pytest.raises(TooSlow):
            views.in_time.run(lambda: over.wait(30), 0.01)
    began = time.monotonic()
    answer = client.post("/chat", data={"text": HARM, "_state": ""})
    over.set()
    assert time.monotonic() - began < 5
    assert said(answer)[-1] == out_of_order.words()


def test_without_a_folder_for_keys_there_is_still_an_answer(app: Flask, client: Client) -> None:
    folder = app.extensions["community"].keys.folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way")
    answer = client.post("/chat", data={"text": HARM, "_state": ""})
    assert answer.status_code == 200 and DA_LINE in said(answer)[-1]
    assert _state(answer) == ""
