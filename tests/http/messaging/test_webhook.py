"""Who may speak to the webhook, and what it says whatever happens behind it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from community.config import Settings
from community.messaging import webhook
from community.messaging.inbound import Inbound
from tests.rig.twilio_standin import ACCOUNT, MESSAGES, OURS, STATUS, TOKEN, Heard, heard, inbound_form, new_sid, sign

PUBLIC = "https://voice.example"
PHONE = "+447700900123"
LAST_WORDS = "Sorry. Call 999. 116 123"


class Room:
    """An application with nothing but the webhook. answer: what it does with a text, replaced by each test; texts,
    forgotten: what reached it."""

    def __init__(self, folder: Path, **environ: str) -> None:
        settings = Settings.from_environ(
            {"INSTANCE_DIR": str(folder), "PUBLIC_BASE_URL": PUBLIC, "SECRET_KEY": "k" * 32, "TWILIO_AUTH_TOKEN": TOKEN}
            | environ
        )
        self.texts: list[Inbound] = []
        self.forgotten: list[tuple[str, int]] = []
        self.answer: Callable[[Inbound], str] = lambda text: f"you said {text.text}"
        self.app = Flask("room")
        self.app.config["SETTINGS"] = settings
        self.app.register_blueprint(
            webhook.blueprint(
                answer=self._answer,
                out_of_order=lambda: LAST_WORDS,
                forget=lambda sid, seconds: self.forgotten.append((sid, seconds)),
            )
        )

    def _answer(self, text: Inbound) -> str:
        self.texts.append(text)
        return self.answer(text)

    def post(self, form: Any, path: str = MESSAGES, *, signature: str | None = None, **more: Any) -> Heard:
        headers = dict(more.pop("headers", {}))
        if signature is None:
            signature = sign(PUBLIC + path, form)
        if signature:
            headers["X-Twilio-Signature"] = signature
        answer = self.app.test_client().post(path, data=form, headers=headers, buffered=True, **more)
        return heard(answer.status_code, answer.get_data(as_text=True), dict(answer.headers))


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def test_a_signed_text_is_answered_in_twiml_that_nobody_keeps(room: Room) -> None:
    answer = room.post(inbound_form(PHONE, "a <b> & 'c' 🙏", new_sid()))
    assert (answer.status, answer.words) == (200, "you said a <b> & 'c' 🙏")
    assert answer.headers["Content-Type"].startswith("text/xml")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.callback is None, "no receipts are asked for where nothing can be done with them"


def test_silence_is_an_empty_document(room: Room) -> None:
    room.answer = lambda _: ""
    answer = room.post(inbound_form(PHONE, "STOP", new_sid()))
    assert (answer.status, answer.words) == (200, "")
    assert answer.body.endswith("<Response />")


def test_a_reply_with_a_letter_that_xml_has_not_is_still_sent(room: Room) -> None:
    room.answer = lambda _: "call\x00 999\x0b"
    assert room.post(inbound_form(PHONE, "?", new_sid())).words == "call 999"


FORM = inbound_form(PHONE, "he hit me", "SM" + "1" * 32)
FORGERIES = {
    "no signature": (FORM, ""),
    "a made-up signature": (FORM, "c2lnbmF0dXJl"),
    "another account's token": (FORM, sign(PUBLIC + MESSAGES, FORM, "another-token")),
    "the token before this one": (FORM, sign(PUBLIC + MESSAGES, FORM, f"old-{TOKEN}")),
    "an empty token": (FORM, sign(PUBLIC + MESSAGES, FORM, "")),
    "one letter changed": (FORM | {"Body": "he hid me"}, sign(PUBLIC + MESSAGES, FORM)),
    "another sender": (FORM | {"From": "+447700900124"}, sign(PUBLIC + MESSAGES, FORM)),
    "a field added": (FORM | {"Extra": "1"}, sign(PUBLIC + MESSAGES, FORM)),
    "a field dropped": ({k: v for k, v in FORM.items() if k != "NumMedia"}, sign(PUBLIC + MESSAGES, FORM)),
    "another host": (FORM, sign("https://elsewhere.example" + MESSAGES, FORM)),
    "another scheme": (FORM, sign("http://voice.example" + MESSAGES, FORM)),
    "another path": (FORM, sign(PUBLIC + STATUS, FORM)),
    "letters that are no signature": (FORM, "ünsigned"),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forgery_is_refused_and_leaves_no_trace(room: Room, forgery: str, caplog: pytest.LogCaptureFixture) -> None:
    form, signature = FORGERIES[forgery]
    for path in (MESSAGES, STATUS) if forgery != "another path" else (MESSAGES,):
        answer = room.post(form, path, signature=signature)
        assert answer.status == 403
        assert "hit" not in answer.body and "7700" not in answer.body
    assert room.texts == [] and room.forgotten == [] and caplog.records == []


def test_without_a_token_nothing_is_let_in_not_even_signed_with_nothing(tmp_path: Path) -> None:
    room = Room(tmp_path, TWILIO_AUTH_TOKEN="")
    for token in ("", TOKEN, "None"):
        assert room.post(FORM, signature=sign(PUBLIC + MESSAGES, FORM, token)).status == 403
    assert room.post(FORM, signature="").status == 403
    assert room.texts == []


def test_neither_development_nor_a_debugger_opens_a_side_door(tmp_path: Path) -> None:
    room = Room(tmp_path, APP_ENV="development")
    room.app.debug = room.app.testing = True
    assert room.post(FORM, signature="").status == 403


def test_another_account_signed_with_our_token_is_refused_once_ours_is_known(tmp_path: Path) -> None:
    room = Room(tmp_path, TWILIO_ACCOUNT_SID=ACCOUNT)
    other = FORM | {"AccountSid": "AC" + "1" * 32}
    nobody = {name: value for name, value in FORM.items() if name != "AccountSid"}
    assert [room.post(form).status for form in (other, nobody, FORM)] == [403, 403, 200]


def test_the_public_address_counts_whatever_host_and_scheme_a_proxy_passes_on(room: Room) -> None:
    room.app.wsgi_app = ProxyFix(room.app.wsgi_app, x_proto=1, x_host=1)  # type: ignore[method-assign]
    passed_on = {"Host": "10.0.0.7:8000", "X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil.example"}
    assert room.post(FORM, headers=passed_on).status == 200
    signed_elsewhere = sign("http://evil.example" + MESSAGES, FORM)
    assert room.post(FORM, headers=passed_on, signature=signed_elsewhere).status == 403


def test_a_public_address_within_a_folder_counts_whole(tmp_path: Path) -> None:
    room = Room(tmp_path, PUBLIC_BASE_URL=f"{PUBLIC}/community/")
    assert room.post(FORM, signature=sign(f"{PUBLIC}/community{MESSAGES}", FORM)).status == 200
    assert room.post(FORM).status == 403


def test_a_query_is_part_of_what_is_signed(room: Room) -> None:
    path = f"{MESSAGES}?a=1&b=%20x"
    assert room.post(FORM, path).status == 200
    assert room.post(FORM, path, signature=sign(PUBLIC + MESSAGES, FORM)).status == 403


def test_only_the_form_that_the_provider_sends_is_read(room: Room) -> None:
    signature = sign(PUBLIC + MESSAGES, FORM)
    assert room.post(FORM, content_type="multipart/form-data", signature=signature).status == 403
    answer = room.app.test_client().post(MESSAGES, json=FORM, headers={"X-Twilio-Signature": signature})
    assert answer.status_code == 403
    assert room.texts == []


@pytest.mark.parametrize("body", ["", "ਮਦਦ", "مدد کریں", "£€{}", "a+b%20c&d=e;f", "\r\n line\n", "‘curly’", "🆘" * 800])
def test_every_letter_comes_through_as_it_was_written(room: Room, body: str) -> None:
    assert room.post(inbound_form(PHONE, body, new_sid())).status == 200
    assert room.texts[0].text == body


def test_a_body_that_is_far_too_long_is_refused_unread(room: Room) -> None:
    assert room.post(inbound_form(PHONE, "a" * 40_000, new_sid())).status == 413
    assert room.texts == []


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "patch", "options"])
@pytest.mark.parametrize("path", [MESSAGES, STATUS])
def test_only_post_is_taken(room: Room, method: str, path: str) -> None:
    answer = getattr(room.app.test_client(), method)(path)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


def test_a_sender_that_is_no_number_gets_silence(room: Room) -> None:
    answer = room.post(inbound_form("Tesco", "your parcel", new_sid()))
    assert (answer.status, answer.words, room.texts) == (200, "", [])


def test_an_answer_that_fails_is_made_good_with_999_and_no_word_of_it_in_the_log(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(text: Inbound) -> str:
        raise ValueError(f"cannot answer {text.sender}: {text.text}")

    room.answer = fail
    answer = room.post(inbound_form(PHONE, "he hit me", new_sid()))
    assert (answer.status, answer.words) == (200, LAST_WORDS)
    assert [record.getMessage() for record in caplog.records] == ["a text was not answered: ValueError"]
    assert caplog.records[0].exc_info is None


def test_answers_that_hang_are_made_good_within_five_seconds_for_everyone_who_waits(room: Room) -> None:
    over = threading.Event()
    room.answer = lambda _: str(over.wait(60))
    taken: list[tuple[float, str]] = []

    def ask(began: float) -> None:
        words = room.post(inbound_form(PHONE, "help", new_sid())).words
        taken.append((time.monotonic() - began, words))

    began = time.monotonic()
    line = threading.BoundedSemaphore(webhook.PLACES)  # as a web worker has threads: the others queue before it

    def queue() -> None:
        with line:
            ask(began)

    people = [threading.Thread(target=queue) for _ in range(40)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    over.set()
    assert [words for _, words in taken] == [LAST_WORDS] * 40
    assert max(seconds for seconds, _ in taken) < 5


def test_a_delivery_receipt_is_taken_without_a_word(room: Room) -> None:
    answer = room.post({"MessageSid": new_sid(), "MessageStatus": "delivered"}, STATUS)
    assert (answer.status, answer.words) == (200, "")
    assert answer.headers["Content-Type"].startswith("text/xml")
    assert room.forgotten == [], "there is no account to ask anything of"


def test_with_an_account_messages_are_forgotten_when_they_are_done_with(tmp_path: Path) -> None:
    room = Room(tmp_path, TWILIO_ACCOUNT_SID=ACCOUNT)
    sid, reply = new_sid(), new_sid()
    answer = room.post(inbound_form(PHONE, "hello", sid))
    assert answer.callback == PUBLIC + STATUS
    for status in ("queued", "sent", "delivered"):
        assert room.post({"MessageSid": reply, "MessageStatus": status, "AccountSid": ACCOUNT}, STATUS).status == 200
    assert room.forgotten == [(sid, 60), (reply, 600), (reply, 0)]


def test_a_queue_that_is_gone_keeps_no_reply_back(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    room = Room(tmp_path, TWILIO_ACCOUNT_SID=ACCOUNT)
    room.forgotten = None  # type: ignore[assignment]  # nothing can be noted any more
    assert room.post(inbound_form(PHONE, "hello", new_sid())).words == "you said hello"
    assert [record.getMessage() for record in caplog.records] == ["the provider is not asked to forget: AttributeError"]


def test_our_number_is_not_answered(room: Room) -> None:
    assert room.post(inbound_form(OURS, "you said you said", new_sid())).words == ""
