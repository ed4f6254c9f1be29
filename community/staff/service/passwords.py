"""Passwords: Argon2id with 64 MiB, one at a time in a process, and no more than one person waiting for it.

Whoever comes when somebody waits already is asked to come again: the other threads stay with the survey pages, and the
memory of several hashes is never held at once. It is given back when a hash is done.
"""

from __future__ import annotations

import secrets
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from flask_security.utils import hash_password, verify_password

from community.shared.errors import UserError

SHORTEST, LONGEST = 12, 200
_HASHING: Final = threading.Semaphore(1)
_WAITING: Final = threading.Semaphore(2)  # the one at work included


class PasswordRefused(UserError):
    """A password that would not keep anybody out."""


class Busy(UserError):
    """Others are signing in at this moment."""


def made(password: str) -> str:
    """The hash to keep of a password. Raises Busy."""
    with _turn():
        return hash_password(_normal(password))


def is_right(password: str, kept: str | None) -> bool:
    """Whether a password is the one whose hash is kept. None, for nobody's, takes as long and is never right. Raises
    Busy."""
    with _turn():
        if kept is None:
            hash_password(secrets.token_hex(16))
            return False
        return verify_password(_normal(password), kept)


def check(password: str, *, email: str) -> None:
    """Raises PasswordRefused, with what to do, for a new password that is too short, too long or too plain."""
    if len(password) < SHORTEST:
        raise PasswordRefused(f"Use at least {SHORTEST} characters. Three or four words work well.")
    if len(password) > LONGEST:
        raise PasswordRefused(f"Use at most {LONGEST} characters.")
    plain = password.lower()
    if len(set(plain)) < 6 or plain in (email, email.partition("@")[0] * 2) or "password123" in plain:
        raise PasswordRefused(
            "That one is too easy to guess. Three or four words that do not belong together work well."
        )


@contextmanager
def _turn() -> Iterator[None]:
    if not _WAITING.acquire(blocking=False):
        raise Busy("Many people are signing in at this moment. Wait a few seconds, then try again.")
    try:
        with _HASHING:
            yield
    finally:
        _WAITING.release()


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password[: LONGEST * 4])
