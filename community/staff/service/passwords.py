"""Passwords: Argon2id, one hash at a time in a process."""

from __future__ import annotations

import secrets
import threading
import unicodedata
from typing import Final

from flask_security.utils import hash_password, verify_password

from community.shared.errors import UserError

SHORTEST, LONGEST = 12, 200
_ONE_AT_A_TIME: Final = threading.Semaphore(1)


class PasswordRefused(UserError):
    """A password that would not keep anybody out."""


def made(password: str) -> str:
    """The hash to keep of a password."""
    with _ONE_AT_A_TIME:
        return hash_password(_normal(password))


def is_right(password: str, kept: str | None) -> bool:
    """Whether a password is the one whose hash is kept. None, for nobody's, takes as long and is never right."""
    with _ONE_AT_A_TIME:
        if kept is None:
            hash_password(secrets.token_hex(16))
            return False
        return verify_password(_normal(password), kept)


def check(password: str) -> None:
    """Raises PasswordRefused, with what to do, for a new password that is too short, too long or too plain."""
    if len(password) < SHORTEST:
        raise PasswordRefused(f"Use at least {SHORTEST} characters. Three or four words work well.")
    if len(password) > LONGEST:
        raise PasswordRefused(f"Use at most {LONGEST} characters.")
    if len(set(password)) < 6:
        raise PasswordRefused("Use more different characters.")


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password[: LONGEST * 4])
