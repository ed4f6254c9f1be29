"""/healthz: the truth about the database, the job consumer and the disk, in one word."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from community.extensions import db
from community.shared.database import dialect
from community.shared.runtime import runtime

bp = Blueprint("health", __name__)

HEARTBEAT_SECONDS = 5
STALE_SECONDS = 30
LEAST_FREE_BYTES = 16 * 2**20
"""Room for some thousands of answers: time to be told and to act."""


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    runtime_dir = runtime().settings.runtime_dir
    disk = takes_writes([runtime_dir, *database_files()])
    parts = {
        # Not asked where its file is gone: SQLite would make a new one, empty.
        "database": disk and database_answers(),
        "consumer": consumer_is_alive(runtime_dir),
        "disk": disk,
    }
    if all(parts.values()):
        return jsonify(status="ok")
    return jsonify(status="down", **{name: "ok" if up else "down" for name, up in parts.items()}), 503


def database_answers() -> bool:
    """Whether the database can be read, knows our tables and is not read-only, as a standby is."""
    try:
        db.session.execute(text("select 1 from alembic_version"))
        if dialect() == "postgresql":
            return bool(db.session.scalar(text("select current_setting('transaction_read_only') = 'off'")))
    except SQLAlchemyError:
        return False
    return True


def database_files() -> list[Path]:
    """SQLite's file and its folder, both of which an answer writes to; nothing where the database is a server."""
    url = db.engine.url
    if url.get_backend_name() != "sqlite" or not url.database or url.database.startswith((":", "file:")):
        return []
    file = Path(url.database)
    return [file.parent, file]


def takes_writes(paths: Iterable[Path]) -> bool:
    """Whether all of these are there, may be written and have room left. A SQLite file that was taken away can still
    be read by whoever has it open, so asking the database is not enough."""
    for path in paths:
        if not os.access(path, os.W_OK):
            return False
        disk = os.statvfs(path)
        if disk.f_bavail * disk.f_frsize < LEAST_FREE_BYTES:
            return False
    return True


def beat(runtime_dir: Path) -> None:
    """Say that the consumer with this process id is alive now."""
    fresh = runtime_dir / ".consumer"
    fresh.write_text(str(os.getpid()))
    fresh.replace(runtime_dir / "consumer")


def rest(runtime_dir: Path) -> None:
    """Say that this consumer has ended, unless another has taken its place."""
    path = runtime_dir / "consumer"
    if path.exists() and path.read_text() == str(os.getpid()):
        path.unlink()


def consumer_is_alive(runtime_dir: Path) -> bool:
    """Whether the consumer's last beat is recent and its process is there."""
    path = runtime_dir / "consumer"
    try:
        if time.time() - path.stat().st_mtime > STALE_SECONDS:
            return False
        os.kill(int(path.read_text()), 0)
    except PermissionError:
        return True  # alive, under another user
    except (OSError, ValueError):
        return False
    return True
