"""A letter is given to the server that is set, whole, and with nothing in its head that was not meant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from community.config import Settings, SettingsError
from community.messaging import email, outbox, smtp
from tests.rig.mail_office import Office, nobody_listens


@pytest.fixture
def office() -> Iterator[Office]:
    office = Office()
    yield office
    office.close()


def _settings(tmp_path: Path, **more: str) -> Settings:
    return Settings.from_environ({"INSTANCE_DIR": str(tmp_path), "SECRET_KEY": "x" * 40, **more})


LETTER = smtp.Letter("ada@council.example", "Set a new password", "Here:\nhttps://voice.example/x\n.\nthe end")


def test_a_letter_goes_through_the_server(tmp_path: Path, office: Office) -> None:
    mail = _settings(tmp_path, **office.environ, MAIL_FROM="voice@council.example").mail
    smtp.deliver(mail, LETTER.message(mail, "ab12"))
    (taken,) = office.wait_for(1)
    for wanted in ("mail FROM:<voice@council.example>", "rcpt TO:<ada@council.example>"):
        assert wanted.lower() in taken.lower()
    for wanted in (
        "Subject: Set a new password",
        "https://voice.example/x",
        "the end",
        "<letter-ab12@council.example>",
    ):
        assert wanted in taken


def test_a_server_that_is_away_or_wants_none_for_an_address_is_told_apart(tmp_path: Path, office: Office) -> None:
    away = _settings(tmp_path, **nobody_listens()).mail
    with pytest.raises(smtp.NotTaken, match=r"^ConnectionRefusedError$") as found:
        smtp.deliver(away, LETTER.message(away, "ab12"))
    assert found.value.is_away
    office.refuses.add("ada@council.example")
    there = _settings(tmp_path, **office.environ).mail
    with pytest.raises(smtp.NotTaken, match=r"^SMTPRecipientsRefused$") as refused:
        smtp.deliver(there, LETTER.message(there, "ab12"))
    assert not refused.value.is_away


def test_letters_reach_somebody_with_a_server_and_on_the_terminal_in_development(tmp_path: Path) -> None:
    production = {"APP_ENV": "production", "PUBLIC_BASE_URL": "https://voice.example"}
    assert email.can_send(_settings(tmp_path))
    assert email.can_send(_settings(tmp_path, **production, MAIL_SERVER="mail.example"))
    assert not email.can_send(_settings(tmp_path, **production))


def test_pauses_grow_to_an_hour_and_leave_many_tries_in_three_days() -> None:
    pauses = [outbox.pause_seconds(tries) for tries in range(1, 200)]
    assert pauses[:4] == [60, 120, 240, 480]
    assert pauses == sorted(pauses)
    assert max(pauses) == 3600


@pytest.mark.parametrize(
    "wrong", [{"MAIL_TLS": "maybe"}, {"MAIL_PORT": "0"}, {"MAIL_FROM": "nobody"}], ids=lambda wrong: next(iter(wrong))
)
def test_a_wrong_setting_is_named(tmp_path: Path, wrong: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=next(iter(wrong))):
        _settings(tmp_path, **wrong)


def test_a_letter_cannot_be_given_a_second_header(tmp_path: Path) -> None:
    letter = smtp.Letter("ada@council.example\nBcc: eve@evil.example", "Hello", "words")
    with pytest.raises(ValueError, match="linefeed"):
        letter.message(_settings(tmp_path).mail, "ab12")
