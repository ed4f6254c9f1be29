"""Texts in, words out, through everything that is remembered: retries, midnight, many at once, nothing kept."""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from community.bot.here import here
from community.bot.service import answer_text, answer_web, out_of_order_words
from community.bot.wording import STANDING, say
from community.shared.clock import LONDON
from community.shared.runtime import runtime
from tests.service.bot.phone import HELPLINES, NOON, Phone

QUESTION = "Safe to text? 1 yes, 2 no."
OPENING = say("opening").text


def test_a_disclosure_then_one_then_thanks(phone: Phone) -> None:
    first = phone.says("he takes my wages and screams in my face")
    assert "0808 2000 247" in first and first.endswith(f"{STANDING} {QUESTION}")
    also = phone.says("1")
    assert also.startswith("Also: ") and "0300 456 0174 (in this borough" in also
    assert phone.says("thanks").startswith("Thanks.")


def test_two_ends_the_talk_in_silence_and_nothing_of_it_is_left(phone: Phone, runtime_dir: Path) -> None:
    phone.says("my husband hits me")
    assert phone.remembered is not None
    assert phone.says("2") == ""
    assert phone.remembered is None
    assert phone.says("2") == OPENING


def test_stop_is_obeyed_in_silence_and_stop_him_is_a_cry_for_help(phone: Phone) -> None:
    assert phone.says("STOP") == ""
    assert phone.says("stop him he's hitting her").startswith("Call 999 now")


def test_the_same_message_again_gets_the_same_words_and_has_no_second_effect(phone: Phone) -> None:
    first = phone.says("my husband hits me")
    talk = phone.remembered
    assert phone.says("my husband hits me", sid=phone.sid) == first
    assert phone.remembered == talk
    counts = here().counters
    counts.flush()
    assert sum(counts.take("needs sms").values()) == 1


def test_a_retry_of_a_two_is_silent_too(phone: Phone) -> None:
    phone.says("my husband hits me")
    assert phone.says("2") == ""
    assert phone.says("2", sid=phone.sid) == ""


def test_a_retry_after_300_seconds_says_nothing(phone: Phone) -> None:
    phone.says("my husband hits me")
    phone.passes(seconds=301 - 60)
    assert phone.says("my husband hits me", sid=phone.sid) == ""


def test_a_retry_after_midnight_is_still_a_retry(phone: Phone) -> None:
    phone.now = datetime(2026, 11, 24, 23, 59, 30, tzinfo=LONDON)
    first = phone.says("my husband hits me")
    assert phone.now.date() > NOON.date()
    assert phone.says("my husband hits me", sid=phone.sid) == first


def test_a_talk_goes_on_over_midnight(phone: Phone) -> None:
    phone.now = datetime(2026, 11, 24, 23, 59, 30, tzinfo=LONDON)
    phone.says("my husband hits me")
    assert phone.says("1").startswith("Also:")
    assert phone.says("thanks").startswith("Thanks.")


def test_after_two_midnights_nothing_ties_a_talk_to_its_phone(phone: Phone) -> None:
    phone.says("my husband hits me")
    phone.passes(days=2)
    assert phone.says("2") == OPENING


@pytest.mark.parametrize(
    "night",
    [
        datetime(2026, 3, 29, 0, 50, tzinfo=LONDON),
        datetime(2026, 10, 25, 1, 50, tzinfo=LONDON),
        datetime(2026, 10, 25, 1, 50, tzinfo=LONDON, fold=1),
    ],
    ids=["spring", "autumn, first 1.50", "autumn, second 1.50"],
)
def test_on_the_nights_when_clocks_change_a_talk_lives_thirty_minutes(phone: Phone, night: datetime) -> None:
    phone.now = night
    phone.says("my husband hits me")
    phone.passes(minutes=28)
    assert phone.says("1").startswith("Also:")
    phone.passes(minutes=31)
    assert phone.says("1") == OPENING


def test_at_3am_on_a_bank_holiday_a_line_that_is_shut_says_so_and_one_that_is_open_comes_first(phone: Phone) -> None:
    phone.now = datetime(2026, 12, 28, 3, 0, tzinfo=LONDON)  # the Monday in lieu of Boxing Day
    said = phone.says("I'm 40, a man, and my wife punches me every week")
    assert said.index("24 hours") < said.index("0808 801 0327")
    assert "shut, opens tomorrow 9am" in said and STANDING in said


def test_phones_do_not_know_of_each_other(phone: Phone) -> None:
    other = Phone()
    phone.says("my husband hits me")
    assert other.says("2") == OPENING


def test_the_web_carries_its_own_talk(phone: Phone) -> None:
    carried, said = answer_web(None, "my husband hits me", now=NOON)
    assert "0808 2000 247" in said and QUESTION not in said
    assert carried is not None and carried["needs"] == ["domestic_abuse"]
    carried, said = answer_web(carried, "thanks", now=NOON)
    assert said == say("closing", number="0808 2000 247").text
    carried, said = answer_web(carried, "stop", now=NOON)
    assert carried is None and said == say("ended_web", number="116 123").text


@pytest.mark.parametrize("payload", [{"at": "x"}, {"words": "he hits me"}, {"at": -1}, {"at": 10**18}])
def test_a_payload_that_is_no_talk_begins_a_new_one(phone: Phone, payload: dict[str, object]) -> None:
    assert answer_web(payload, "hello", now=NOON)[1] == OPENING


@pytest.mark.parametrize(
    "text", ["", "   ", "\U0001f600\U0001f622", "x" * 1_600, "a " * 800, "\x00\x1b[31m", "??", "<b>hi</b>"]
)
def test_odd_texts_get_words_with_999_and_a_way_to_a_person(phone: Phone, text: str) -> None:
    said = phone.says(text)
    assert STANDING in said and ("TALK" in said or any(number in said for number in HELPLINES))


def test_pictures_get_words(phone: Phone) -> None:
    assert "116 123" in phone.says("", media=2)


def test_fifty_a_second_from_one_number_are_all_answered_and_another_phone_does_not_wait(
    bot_app: Flask, phone: Phone
) -> None:
    said: list[str] = []
    texts = ["hello", "he hits me", "1", "more", "he has a knife at my throat"] * 10

    def send(mine: list[str]) -> None:
        with bot_app.app_context():
            said.extend(Phone(number=phone.number).says(text) for text in mine)

    threads = [threading.Thread(target=send, args=(texts[start::8],)) for start in range(8)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    waits = []
    while any(thread.is_alive() for thread in threads):
        before = time.monotonic()
        assert Phone().says("my husband hits me").endswith(QUESTION)
        waits.append(time.monotonic() - before)
    assert len(said) == 50 and all("999" in words for words in said)
    assert sum(words.startswith("Call 999 now") for words in said) == 10, "danger is seen in a flood too"
    assert time.monotonic() - began < 5
    assert max(waits) < 1


def test_messages_of_one_phone_at_once_make_one_talk(bot_app: Flask, phone: Phone) -> None:
    """Two needs told in two texts that arrive together are both known afterwards."""

    def send(text: str) -> None:
        with bot_app.app_context():
            Phone(number=phone.number).says(text)

    threads = [threading.Thread(target=send, args=(text,)) for text in ("my husband hits me", "i want to die")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert phone.remembered is not None
    assert {"domestic_abuse", "suicide"} <= set(phone.remembered.needs)


def test_one_message_delivered_many_times_at_once_is_answered_once(bot_app: Flask, phone: Phone) -> None:
    said = set()

    def send() -> None:
        with bot_app.app_context():
            said.add(answer_text("sms", phone.number, "SM1", "my husband hits me", 0, now=NOON))

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(said) == 1
    here().counters.flush()
    assert sum(here().counters.take("needs sms").values()) == 1


def test_no_number_and_no_words_are_in_any_file_or_log(
    phone: Phone, runtime_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for text in ("my husband zebedee hits me", "1", "im 43", "at 12 zebedee road", "he has a zebedee knife, now"):
        phone.says(text)
    runtime().counters.flush()
    kept = b"".join(path.read_bytes() for path in runtime_dir.rglob("*") if path.is_file())
    assert kept, "something is kept, to look at"
    for word in ("zebedee", phone.number, phone.number[3:], phone.sid):
        assert word.encode() not in kept
        assert word not in caplog.text


def test_half_an_hour_later_no_need_is_left_in_any_file(phone: Phone, runtime_dir: Path) -> None:
    phone.says("my husband hits me")
    talks = runtime_dir / "talks.sqlite"
    here().store.purge(phone.now + timedelta(minutes=31))
    kept = b"".join(path.read_bytes() for path in runtime_dir.glob("talks.sqlite*"))
    assert talks.exists() and b"domestic_abuse" not in kept and b"0808 2000 247" not in kept
    assert here().store.file.connection().execute("select count(reply) from said").fetchone() == (0,)


def test_a_message_sent_again_under_another_id_or_by_another_phone_is_a_new_one(phone: Phone) -> None:
    first = phone.says("my husband hits me")
    again = phone.says("my husband hits me")
    assert again and again != first
    assert Phone().says("my husband hits me") == first


def test_the_fixed_words_are_one_text_with_999_and_two_lines() -> None:
    assert len(out_of_order_words()) <= 160
    assert all(number in out_of_order_words() for number in ("999", "116 123", "0800 1111"))
