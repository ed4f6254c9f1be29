"""Which forms were counted already, for two days, in RUNTIME_DIR: a use or a report that is sent twice is one.

A crash between the two files may lose one count; it never makes one of nothing."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cache
from typing import Final

from community.shared.clock import days_before
from community.shared.runtime import Runtime, runtime
from community.shared.runtime_file import RuntimeFile

KNOWN_DAYS: Final = 2
_SCHEMA: Final = "create table if not exists counted (form blob primary key, day text not null) without rowid;"


def claim(nonce: str, *, on: date) -> bool:
    """Whether this form is counted for the first time; from now on it is counted."""
    added = _file().connection().execute(
        "insert into counted values (?, ?) on conflict do nothing", (_mark(nonce), on.isoformat())
    )  # fmt: skip
    return added.rowcount == 1


def release(nonce: str) -> None:
    """It was not counted after all."""
    _file().connection().execute("delete from counted where form = ?", (_mark(nonce),))


def forget(today: date) -> int:
    """Forget forms whose key is gone, so that they cannot come again; how many."""
    oldest = days_before(today, KNOWN_DAYS).isoformat()
    return _file().connection().execute("delete from counted where day < ?", (oldest,)).rowcount


def _file() -> RuntimeFile:
    return _of(runtime())


@cache
def _of(at: Runtime) -> RuntimeFile:
    return RuntimeFile(at.settings.runtime_dir / "haven-counted.sqlite", _SCHEMA)


def _mark(nonce: str) -> bytes:
    return hashlib.sha256(nonce.encode()).digest()
