"""One hash of 64 MiB at a time, whose memory is given back; what is kept cannot be turned into a password."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from community.staff.service import passwords
from tests.rig.staff import PASSWORD

DbSession = scoped_session[Session]


def _resident_kib() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmRSS")))


def test_a_password_is_kept_as_argon2id_with_64_mib(db_session: DbSession) -> None:
    kept = passwords.made(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert passwords.is_right(PASSWORD, kept)
    assert not passwords.is_right(PASSWORD + "x", kept)
    assert passwords.made(PASSWORD) != kept


def test_letters_that_look_the_same_are_the_same(db_session: DbSession) -> None:
    assert passwords.is_right("cafe\u0301 horse battery", passwords.made("caf\u00e9 horse battery"))


def test_nobodys_password_takes_as_long_as_somebodys(db_session: DbSession) -> None:
    kept = passwords.made(PASSWORD)  # in time of the processor: what else the machine does makes no difference
    times: dict[str | None, float] = {}
    for whose in (kept, None):
        rounds = []
        for _ in range(3):
            start = time.process_time()
            assert not passwords.is_right("wrong", whose)
            rounds.append(time.process_time() - start)
        times[whose] = min(rounds)
    assert 0.4 < times[None] / times[kept] < 2.5


def test_no_memory_is_held_after_a_hash(db_session: DbSession) -> None:
    passwords.made(PASSWORD)
    before = _resident_kib()
    for _ in range(3):
        passwords.made(PASSWORD)
    assert _resident_kib() - before < 8 * 1024


def test_one_is_at_work_one_waits_and_the_others_are_asked_to_come_again(app: Flask) -> None:
    outcomes: list[str] = []

    def sign_in() -> None:
        with app.app_context():
            try:
                passwords.made(PASSWORD)
                outcomes.append("done")
            except passwords.Busy:
                outcomes.append("busy")

    threads = [threading.Thread(target=sign_in) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("done") == 2
    assert outcomes.count("busy") == 6


@pytest.mark.parametrize("plain", ["short", "aaaaaaaaaaaaaaaa", "Analyst@council.example", "password12345", "x" * 201])
def test_a_password_that_keeps_nobody_out_is_refused(plain: str) -> None:
    with pytest.raises(passwords.PasswordRefused):
        passwords.check(plain, email="analyst@council.example")


def test_a_few_words_make_a_good_password() -> None:
    passwords.check("correct horse battery", email="analyst@council.example")
