"""Passwords: Argon2id with 64 MiB, one at a time in a process, and no more than one person waiting for it.

Whoever comes when somebody waits already is asked to come again: the other threads stay with the survey pages, and the
memory of several hashes is never held at once. It is given back when a hash is done. Hashes are made in a thread of
their own that gives way to all others.
"""

from __future__ import annotations

import os
import secrets
import sys
import threading
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import cache
from typing import Final, TypeVar

from flask_security.utils import hash_password, verify_password

from community.shared.errors import UserError
from community.staff.service import guessing

T = TypeVar("T")
SHORTEST, LONGEST = 12, 200
_NICENESS: Final = 10
"""Of the thread that hashes: about a tenth of what another gets when both want the same core."""
_ROOM: Final = threading.Semaphore(2)  # one at work, one waiting
_IN_PASSING: Final = threading.Semaphore(1)  # of those two, at most one for addresses from which many tries come


class PasswordRefused(UserError):
    """A password that would not keep anybody out."""


class Busy(UserError):
    """Others are signing in at this moment."""

    def __init__(self) -> None:
        super().__init__("Many people are signing in at this moment. Wait a few seconds, then try again.")


def made(password: str) -> str:
    """The hash to keep of a password. Raises Busy."""
    return _quietly(hash_password, _normal(password))


def is_right(password: str, kept: str | None, *, may_queue: bool = True) -> bool:
    """Whether a password is the one whose hash is kept. None, for nobody's, takes as long and is never right.
    may_queue: False for those who may not fill the room: where hashes take long, they would keep all others out.
    Raises Busy."""
    if not (may_queue or _IN_PASSING.acquire(blocking=False)):
        raise Busy
    try:
        if kept is None:
            _quietly(hash_password, secrets.token_hex(16))
            return False
        return _quietly(verify_password, _normal(password), kept)
    finally:
        if not may_queue:
            _IN_PASSING.release()


def check(password: str, *, email: str) -> None:
    """Raises PasswordRefused, with what to do, for a new password that is too short, too long or too plain."""
    if len(password) < SHORTEST:
        raise PasswordRefused(f"Use at least {SHORTEST} characters. Three or four words work well.")
    if len(password) > LONGEST:
        raise PasswordRefused(f"Use at most {LONGEST} characters.")
    if len(set(password.lower())) < 6 or guessing.is_easy(password, email=email):
        raise PasswordRefused(
            "That one is too easy to guess. Take three or four words that do not belong together, and not the words of "
            "this borough, your work or your name."
        )


def _quietly(work: Callable[..., T], *given: str) -> T:
    """Do it in the hashing thread, in the context of the request at hand."""
    if not _ROOM.acquire(blocking=False):
        raise Busy
    try:
        return _thread(os.getpid()).submit(copy_context().run, work, *given).result()
    finally:
        _ROOM.release()


@cache
def _thread(process: int) -> ThreadPoolExecutor:  # noqa: ARG001  threads do not outlive a fork: each process has its own
    return ThreadPoolExecutor(1, "hashing", initializer=_give_way)


def _give_way() -> None:
    if sys.platform == "linux":  # elsewhere it would be the whole process that gives way
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), os.getpriority(os.PRIO_PROCESS, 0) + _NICENESS)


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password[: LONGEST * 4])
