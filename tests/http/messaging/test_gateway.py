"""Sending by REST and being forgotten, against a real HTTP server that speaks the provider's API."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from community.config import ROOT, Settings, SettingsError
from community.messaging import webhook
from community.messaging.gateway import LIFE_SECONDS, Gateway, NotSent, TooOld
from tests.rig.server import free_port
from tests.rig.twilio_standin import MESSAGES, OURS, STATUS, Standin, heard, inbound_form, new_sid, sign

PUBLIC = "https://voice.example"
PHONE = "+447700900123"


@pytest.fixture
def provider() -> Iterator[Standin]:
    with Standin() as standin:
        yield standin
        assert standin.faults == []


@pytest.fixture
def gateway(provider: Standin, tmp_path: Path) -> Gateway:
    return Gateway.of(_settings(provider, tmp_path))


def _settings(provider: Standin, folder: Path, **more: str) -> Settings:
    environ = {"INSTANCE_DIR": str(folder), "PUBLIC_BASE_URL": PUBLIC, "SECRET_KEY": "k" * 32}
    return Settings.from_environ(environ | provider.environ | more)


def test_a_reply_is_sent_with_a_short_life_and_the_wish_that_little_is_kept(
    gateway: Gateway, provider: Standin
) -> None:
    sid = gateway.send(PHONE, "Call 999 if you can’t wait 🙏", sender=OURS)
    assert sid in provider.records
    assert provider.sent == [
        {
            "To": PHONE, "From": OURS, "Body": "Call 999 if you can’t wait 🙏", "ValidityPeriod": "300",
            "ContentRetention": "discard", "AddressRetention": "obfuscate", "SmartEncoded": "false",
            "StatusCallback": PUBLIC + STATUS,
        }
    ]  # fmt: skip


def test_whatsapp_is_answered_on_whatsapp(gateway: Gateway, provider: Standin) -> None:
    gateway.send(f"whatsapp:{PHONE}", "hello", sender=f"whatsapp:{OURS}")
    assert (provider.sent[0]["To"], provider.sent[0]["From"]) == (f"whatsapp:{PHONE}", f"whatsapp:{OURS}")


def test_a_reply_lives_five_minutes_from_the_text_it_answers(gateway: Gateway, provider: Standin) -> None:
    gateway.send(PHONE, "later", sender=OURS, age_seconds=120)
    assert provider.sent[0]["ValidityPeriod"] == "180"
    for age in (LIFE_SECONDS, LIFE_SECONDS + 1, 86_400):
        with pytest.raises(TooOld):
            gateway.send(PHONE, "too late", sender=OURS, age_seconds=age)
    assert len(provider.sent) == 1


@pytest.mark.parametrize("mood", [400, 401, 429, 500, 503, "cut"])
def test_a_refusal_is_told_without_a_word_of_what_was_to_be_sent(
    gateway: Gateway, provider: Standin, mood: int | str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    provider.answers_with(mood)
    with pytest.raises(NotSent) as told:
        gateway.send(PHONE, "secret words", sender=OURS)
    assert told.value.__cause__ is None and told.value.__suppress_context__
    logged = caplog.text + str(told.value)
    assert "secret" not in logged and "7700" not in logged
    assert str(mood) in str(told.value) or mood == "cut"


def test_a_provider_that_does_not_answer_is_not_waited_for(gateway: Gateway, provider: Standin) -> None:
    provider.answers_with("hang")
    began = time.monotonic()
    with pytest.raises(NotSent):
        gateway.send(PHONE, "hello", sender=OURS)
    assert time.monotonic() - began < 4


def test_a_provider_that_is_not_there_is_told(provider: Standin, tmp_path: Path) -> None:
    settings = _settings(provider, tmp_path, TWILIO_API_BASE=f"http://127.0.0.1:{free_port()}")
    with pytest.raises(NotSent):
        Gateway.of(settings).send(PHONE, "hello", sender=OURS)


def test_a_wrong_token_is_a_refusal(provider: Standin, tmp_path: Path) -> None:
    with pytest.raises(NotSent, match="401"):
        Gateway.of(_settings(provider, tmp_path, TWILIO_AUTH_TOKEN="wrong")).send(PHONE, "hello", sender=OURS)
    assert provider.sent == []


def test_a_message_that_has_arrived_is_emptied_and_its_record_deleted(gateway: Gateway, provider: Standin) -> None:
    sid = gateway.send(PHONE, "hello", sender=OURS)
    assert gateway.redact(sid) is False, "it is under way"
    assert provider.records[sid]["body"] == "hello"
    provider.records[sid]["status"] = "delivered"
    assert gateway.redact(sid) is True
    assert sid not in provider.records


def test_a_message_that_is_gone_already_is_forgotten(gateway: Gateway) -> None:
    assert gateway.redact(new_sid()) is True


@pytest.mark.parametrize("mood", [429, 500, "cut"])
def test_a_message_that_could_not_be_forgotten_is_asked_for_again(
    gateway: Gateway, provider: Standin, mood: int | str
) -> None:
    sid = gateway.send(PHONE, "hello", sender=OURS)
    provider.answers_with(mood)
    assert gateway.redact(sid) is False


class Door:
    """The webhook of a service whose replies go by REST."""

    def __init__(self, provider: Standin, folder: Path, words: str = "Call 999") -> None:
        self.forgotten: list[tuple[str, int]] = []
        self.app = Flask("door")
        self.app.config["SETTINGS"] = _settings(provider, folder, BOT_REPLIES="rest")
        self.app.register_blueprint(
            webhook.blueprint(
                answer=lambda _: words,
                out_of_order=lambda: "Sorry. Call 999",
                forget=lambda sid, seconds: self.forgotten.append((sid, seconds)),
            )
        )

    def text(self, sender: str = PHONE) -> str:
        form = inbound_form(sender, "hello", new_sid())
        headers = {"X-Twilio-Signature": sign(PUBLIC + MESSAGES, form)}
        answer = self.app.test_client().post(MESSAGES, data=form, headers=headers)
        assert answer.status_code == 200
        return heard(200, answer.get_data(as_text=True), dict(answer.headers)).words


def test_a_reply_by_rest_leaves_an_empty_document(provider: Standin, tmp_path: Path) -> None:
    door = Door(provider, tmp_path)
    assert door.text() == ""
    assert door.text(f"whatsapp:{PHONE}") == ""
    assert [(sent["To"], sent["Body"]) for sent in provider.sent] == [
        (PHONE, "Call 999"), (f"whatsapp:{PHONE}", "Call 999"),
    ]  # fmt: skip
    assert len(door.forgotten) == 2 and {sid for sid, _ in door.forgotten} == set(provider.replies())


def test_silence_sends_nothing(provider: Standin, tmp_path: Path) -> None:
    assert Door(provider, tmp_path, words="").text() == ""
    assert provider.sent == []


@pytest.mark.parametrize("mood", [400, 429, 500, "cut", "hang"])
def test_a_reply_that_rest_does_not_take_is_given_in_the_answer_in_time(
    provider: Standin, tmp_path: Path, mood: int | str, caplog: pytest.LogCaptureFixture
) -> None:
    provider.answers_with(mood)
    began = time.monotonic()
    assert Door(provider, tmp_path).text() == "Call 999"
    assert time.monotonic() - began < 5
    assert "7700" not in caplog.text and "999" not in caplog.text


def test_settings_that_cannot_work_are_refused_by_name() -> None:
    whole = {
        "APP_ENV": "production", "SECRET_KEY": "k" * 32, "PUBLIC_BASE_URL": PUBLIC, "TWILIO_FROM": OURS,
        "TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t",
    }  # fmt: skip
    assert Settings.from_environ(whole).twilio.can_ask
    for missing in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"):
        with pytest.raises(SettingsError, match=missing):
            Settings.from_environ({name: value for name, value in whole.items() if name != missing})
        with pytest.raises(SettingsError, match=missing):
            Settings.from_environ({"BOT_REPLIES": "rest", **{k: v for k, v in whole.items() if k[:7] == "TWILIO_"},
                                   missing: "", "TWILIO_FROM": ""})  # fmt: skip
    without = {name: value for name, value in whole.items() if not name.startswith("TWILIO_")}
    assert not Settings.from_environ(without).twilio.can_ask
    for wrong in ({"BOT_REPLIES": "pigeon"}, {"TWILIO_API_BASE": "http://api.example"}):
        with pytest.raises(SettingsError, match=next(iter(wrong))):
            Settings.from_environ(whole | wrong)
    assert "TOKEN-OF" not in repr(Settings.from_environ(whole | {"TWILIO_AUTH_TOKEN": "TOKEN-OF-OURS"}))


def test_the_providers_library_is_not_loaded_to_answer_in_twiml() -> None:
    seen = "import sys, community.messaging.webhook; print({'twilio.rest', 'requests'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", seen], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
