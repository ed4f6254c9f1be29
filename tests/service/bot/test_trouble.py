"""When things break: 999 and a helpline all the same, and what can still be told is."""

from __future__ import annotations

import logging
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from community.bot import service
from community.bot.here import Here, here
from community.bot.service import answer_text, answer_web, out_of_order_words
from community.support import checks
from tests.rig.databases import Databases, dispose
from tests.service.bot.phone import NOON, Phone

NO_SERVER = "postgresql://nobody@127.0.0.1:1/none"


@pytest.fixture
def stranded(databases: Databases) -> Iterator[Phone]:
    """A phone whose service has a database that does not answer."""
    app = databases.app(NO_SERVER)
    checks.forget()
    with app.app_context():
        yield Phone()
    dispose(app)
    checks.forget()


def test_with_the_database_gone_everything_is_answered_as_ever_and_at_once(stranded: Phone) -> None:
    began = time.monotonic()
    assert "0808 2000 247" in stranded.says("my husband hits me")
    assert stranded.says("1").startswith("Also:")
    assert stranded.says("he has a knife at my throat").startswith("Call 999 now")
    assert stranded.says("haven barking station").startswith("In danger? Call 999.")
    assert time.monotonic() - began < 5


def _read_only(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir()
    folder.rmdir()
    folder.write_text("a file where the folder was")  # also for root, whom permissions do not stop


def test_with_nowhere_to_remember_anything_harm_and_danger_are_answered_all_the_same(
    phone: Phone, runtime_dir: Path
) -> None:
    phone.says("hello")
    _read_only(runtime_dir)
    new = Phone()
    here().store.file._local.__dict__.clear()
    assert "0808 2000 247" in new.says("my husband hits me")
    assert new.says("he has a knife at my throat").startswith("Call 999 now")


def test_a_file_of_talks_that_is_broken_stops_no_answer(phone: Phone, runtime_dir: Path) -> None:
    runtime_dir.mkdir(parents=True, exist_ok=True)
    (runtime_dir / "talks.sqlite").write_bytes(os.urandom(8192))
    assert "0808 2000 247" in phone.says("my husband hits me")


class _Breaks:
    """A survey whose database is gone."""

    def opens(self, text: str, now: object) -> bool:
        raise ConnectionError("the words were: my husband hits me")

    takes = step = opens


def test_a_survey_that_fails_stops_no_answer_and_no_words_reach_the_log(
    phone: Phone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    at = here()
    broken = Here(**{**vars(at), "survey": lambda channel: _Breaks()})
    monkeypatch.setattr(service, "here", lambda: broken)
    assert "Send SURVEY" in phone.says("hello")
    assert "ConnectionError in opens" in caplog.text and "husband" not in caplog.text


def test_should_all_else_fail_the_fixed_words_are_said_and_no_words_reach_the_log(
    phone: Phone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(text: str, **_: object) -> None:
        raise RuntimeError(text)

    monkeypatch.setattr(service, "understand", fails)
    caplog.set_level(logging.DEBUG)
    assert phone.says("my husband hits me") == out_of_order_words()
    assert answer_web(None, "my husband hits me", now=NOON) == (None, out_of_order_words())
    assert "RuntimeError in fails" in caplog.text and "husband" not in caplog.text


def test_without_an_application_the_fixed_words_are_said() -> None:
    assert answer_text("sms", "+447700900001", "SM1", "hello") == out_of_order_words()


def test_without_its_model_danger_is_known_and_anything_else_gets_helplines(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    from community.bot.understanding import understand

    monkeypatch.setattr(service, "understand", lambda text, **more: understand(text, model=None, **more))
    assert phone.says("he has a knife at my throat").startswith("Call 999 now")
    assert phone.says("STOP") == ""
    assert "0808 2000 247" in Phone().says("my husband hits me")
    said = Phone().says("it is the little things at home that wear me down")
    assert "116 123" in said and "0800 1111" in said and "In danger? Call 999." in said


def test_a_database_that_hangs_delays_a_reply_by_little_more_than_a_second(databases: Databases) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes the connection and never says a word
        app = databases.app(f"postgresql://nobody@127.0.0.1:{silent.getsockname()[1]}/none?connect_timeout=3")
        checks.forget()
        with app.app_context():
            for text, said in (
                ("he has a knife at my throat", "Call 999 now"),
                ("my husband hits me", "Trained people"),
            ):
                began = time.monotonic()
                assert Phone().says(text).startswith(said)
                assert time.monotonic() - began < 1.9
        dispose(app)
    checks.forget()
