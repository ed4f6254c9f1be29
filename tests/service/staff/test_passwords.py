"""One hash of 64 MiB at a time, whose memory is given back; what is kept cannot be turned into a password."""

from __future__ import annotations

import threading
import time
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from community.staff import demo
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


def test_those_who_may_not_queue_never_fill_the_room(app: Flask) -> None:
    with app.app_context():
        kept = passwords.made(PASSWORD)
    outcomes: list[str] = []
    begun = threading.Barrier(7)

    def sign_in(whose: str) -> None:
        with app.app_context():
            begun.wait()
            time.sleep(0 if whose == "attacker" else 0.05)
            try:
                passwords.is_right(PASSWORD, kept, may_queue=whose == "officer")
                outcomes.append(f"{whose} done")
            except passwords.Busy:
                outcomes.append(f"{whose} busy")

    threads = [threading.Thread(target=sign_in, args=(whose,)) for whose in ["attacker"] * 6 + ["officer"]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("officer done") == 1
    assert outcomes.count("attacker done") >= 1


EASY = (
    *("short", "aaaaaaaaaaaaaaaa", "Ada.Lovelace@council.example", "password12345", "x" * 201),
    *("qwertyuiop12", "letmein12345", "dagenham2026", "administrator", "1q2w3e4r5t6y", "abcdefghijkl", "P@ssw0rd!2026"),
    *(
        "barkinganddagenham",
        "Dagenham-Council-1",
        "CommunityVoice!",
        "london2026london",
        "Summer2026!!",
        "lovelaceada1815",
    ),
)


@pytest.mark.parametrize("plain", EASY)
def test_a_password_that_keeps_nobody_out_is_refused(db_session: DbSession, plain: str) -> None:
    with pytest.raises(passwords.PasswordRefused, match=r"characters|Take three or four words"):
        passwords.check(plain, email="ada.lovelace@council.example")


@pytest.mark.parametrize(
    "good",
    [
        PASSWORD,
        "correct horse battery",
        "purple staircase lemon",
        "kx7Vq2mZp9Lw",
        "grün Tee läuft",
        "kettle window drum harbour " * 7,
    ],
)
def test_a_few_words_and_what_a_keeper_of_passwords_makes_are_good_ones(db_session: DbSession, good: str) -> None:
    passwords.check(good, email="analyst@council.example")


def test_passwords_of_demonstration_accounts_would_do(db_session: DbSession) -> None:
    passwords.check(demo.one_of_each_role(date(2027, 1, 4))[0].password, email="viewer@demo.example")
