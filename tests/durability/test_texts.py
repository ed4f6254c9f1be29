"""Texts to the running service: signed, answered, sent again, sent by the dozen, and forgotten at the provider's."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from community.support.catalogue import by_id, load
from tests.durability.lines import PHONE, Lines, lines
from tests.rig.databases import ENGINES
from tests.rig.twilio_standin import MESSAGES, STATUS, inbound_form, new_sid, post, sign

__all__ = ["lines"]

DA_LINE = by_id(load())["nat_da_helpline"].phone or ""
HARM = "he takes my wages and hits me when i ask"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_talk_by_text_from_the_first_word_to_silence(lines: Lines, engine: str) -> None:
    line = lines(engine)
    assert "999" in line.say("hello")
    first = line.say(HARM)
    assert DA_LINE in first and "999" in first and "Safe to text?" in first
    assert line.say("1") not in ("", first)
    assert line.say("STOP") == ""
    assert "999" in line.say("stop him he is hitting her", "+447700900124")
    whatsapp = line.text(HARM, f"whatsapp:{PHONE}")
    assert DA_LINE in whatsapp.words


def test_only_what_is_signed_comes_in_and_the_same_text_again_gets_the_same_reply(lines: Lines) -> None:
    line = lines("sqlite")
    sid = new_sid()
    first = line.say(HARM, sid=sid)
    assert [line.say(HARM, sid=sid) for _ in range(3)] == [first] * 3
    form = inbound_form(PHONE, HARM, new_sid())
    url = line.site.url + MESSAGES
    for headers in ({}, {"X-Twilio-Signature": "x"}, {"X-Twilio-Signature": sign(url, form, "old token")}):
        assert post(url, form, headers).status == 403
    assert line.say("1") != "", "a forgery does not end or change the talk"
    for path in (MESSAGES, STATUS):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(line.site.url + path)
        assert (refused.value.code, refused.value.headers["Allow"]) == (405, "POST")
        assert b"999" in refused.value.read()
        refused.value.close()


def test_behind_a_proxy_the_fixed_public_address_is_what_counts(lines: Lines) -> None:
    public = "https://voice.example"
    line = lines("sqlite", PUBLIC_BASE_URL=public, TRUSTED_PROXIES="1")
    form, url = inbound_form(PHONE, "hello", new_sid()), line.site.url + MESSAGES
    passed_on = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "voice.example"}
    genuine = {"X-Twilio-Signature": sign(public + MESSAGES, form)}
    assert post(url, form, passed_on | genuine).status == 200
    misled = passed_on | {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http"}
    assert post(url, form, misled | genuine).status == 200
    for host in ("https://evil.example", "http://voice.example", line.site.url):
        assert post(url, form, misled | {"X-Twilio-Signature": sign(host + MESSAGES, form)}).status == 403


def test_messages_that_have_arrived_are_forgotten_by_the_provider(lines: Lines) -> None:
    line = lines("sqlite")
    heard = line.text("hello")
    (reply,) = line.provider.replies()
    assert heard.callback == line.site.url + STATUS
    assert line.provider.receipt(line.site.url, reply, "sending").status == 200
    assert line.provider.receipt(line.site.url, reply, "delivered").status == 200
    _within(15, lambda: reply not in line.provider.records)


def test_replies_go_by_rest_where_that_is_set_and_in_the_answer_where_rest_fails(lines: Lines) -> None:
    line = lines("sqlite", BOT_REPLIES="rest")
    assert line.say(HARM) == ""
    (sent,) = line.provider.sent
    assert DA_LINE in sent["Body"] and sent["To"] == PHONE and int(sent["ValidityPeriod"]) <= 300
    assert (sent["ContentRetention"], sent["AddressRetention"]) == ("discard", "obfuscate")
    for n, mood in enumerate((429, 500, "cut", "hang")):
        line.provider.answers_with(mood)
        began = time.monotonic()
        assert "999" in line.say("hello", f"+44770090020{n}")
        assert time.monotonic() - began < 5
    line.provider.answers_with(201)
    assert line.say("hello again", "+447700900299") == ""
    (reply, *_) = line.provider.replies()
    line.provider.receipt(line.site.url, reply, "delivered")
    _within(15, lambda: reply not in line.provider.records)
    assert line.provider.faults == []


def test_with_nobody_at_the_other_end_of_rest_the_answer_carries_the_words(lines: Lines) -> None:
    assert "999" in lines("sqlite", TWILIO_API_BASE="http://127.0.0.1:9", BOT_REPLIES="rest").say("hello")


def test_fifty_texts_a_second_from_one_number_are_all_answered_in_time(lines: Lines) -> None:
    line = lines("sqlite")
    line.say("hello")
    words = ["hello", HARM, "1", "who sees this?", "haven", "hes got a knife"]

    def text(n: int) -> tuple[float, str]:
        time.sleep(n / 50)
        began = time.monotonic()
        said = line.say(words[n % len(words)])
        return time.monotonic() - began, said

    with ThreadPoolExecutor(32) as people:
        answers = list(people.map(text, range(150)))
    assert max(seconds for seconds, _ in answers) < 5
    assert all("999" in said for _, said in answers)


def _within(seconds: float, is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)
