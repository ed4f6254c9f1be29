"""A letter leaves through the server that is set; without one it is printed in development, never in production."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from community.config import Settings, SettingsError
from community.messaging import email


class Office:
    """A mail server that takes one letter: as much of RFC 5321 as that needs."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.taken: list[str] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def wait(self) -> str:
        self._thread.join(10)
        return "\n".join(self.taken)

    def close(self) -> None:
        self._listening.close()

    def _serve(self) -> None:
        try:
            link, _ = self._listening.accept()
        except OSError:
            return
        with link, link.makefile("rw", newline="\r\n") as lines:

            def say(words: str) -> None:
                lines.write(words + "\n")
                lines.flush()

            say("220 office")
            for line in lines:
                self.taken.append(line.rstrip())
                if line.upper().startswith("DATA"):
                    say("354 go on")
                    for said in lines:
                        if said.rstrip() == ".":
                            break
                        self.taken.append(said.rstrip())
                    say("250 taken")
                elif line.upper().startswith("QUIT"):
                    say("221 bye")
                    return
                else:
                    say("250 ok")


@pytest.fixture
def office() -> Iterator[Office]:
    office = Office()
    yield office
    office.close()


def _settings(tmp_path: Path, **more: str) -> Settings:
    return Settings.from_environ({"INSTANCE_DIR": str(tmp_path), "SECRET_KEY": "x" * 40, **more})


def test_a_letter_goes_through_the_server(tmp_path: Path, office: Office) -> None:
    server = {"MAIL_SERVER": "127.0.0.1", "MAIL_PORT": str(office.port), "MAIL_TLS": "none"}
    settings = _settings(tmp_path, **server, MAIL_FROM="voice@council.example")
    email.send(settings, "ada@council.example", "Set a new password", "Here:\nhttps://voice.example/x\n.\nthe end")
    taken = office.wait()
    for wanted in ("mail FROM:<voice@council.example>", "rcpt TO:<ada@council.example>"):
        assert wanted.lower() in taken.lower()
    for wanted in ("Subject: Set a new password", "https://voice.example/x", "the end"):
        assert wanted in taken


def test_a_server_that_is_away_is_logged_without_address_or_words(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    settings = _settings(tmp_path, MAIL_SERVER="127.0.0.1", MAIL_PORT=str(port), MAIL_TLS="none")
    with caplog.at_level(logging.ERROR):
        email.send(settings, "ada@council.example", "Set a new password", "a secret link")
        for thread in threading.enumerate():
            if thread.name.startswith("Thread-") and thread is not threading.current_thread():
                thread.join(10)
    assert caplog.messages == ["an email could not be sent: ConnectionRefusedError"]


def test_without_a_server_development_prints_the_letter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = _settings(tmp_path)
    assert email.can_send(settings)
    email.send(settings, "ada@council.example", "Set a new password", "https://voice.example/x")
    assert "https://voice.example/x" in capsys.readouterr().err


def test_without_a_server_production_sends_and_prints_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = _settings(tmp_path, APP_ENV="production", PUBLIC_BASE_URL="https://voice.example")
    assert not email.can_send(settings)
    email.send(settings, "ada@council.example", "Set a new password", "https://voice.example/x")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "wrong", [{"MAIL_TLS": "maybe"}, {"MAIL_PORT": "0"}, {"MAIL_FROM": "nobody"}], ids=lambda wrong: next(iter(wrong))
)
def test_a_wrong_setting_is_named(tmp_path: Path, wrong: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=next(iter(wrong))):
        _settings(tmp_path, **wrong)


def test_a_letter_cannot_be_given_a_second_header(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="linefeed"):
        email.send(_settings(tmp_path), "ada@council.example\nBcc: eve@evil.example", "Hello", "words")
