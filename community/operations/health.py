"""/healthz: the truth about the database and the job consumer, in one word."""

from __future__ import annotations

import os
import time
from pathlib import Path

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from community.extensions import db
from community.shared.runtime import runtime

bp = Blueprint("health", __name__)

HEARTBEAT_SECONDS = 5
STALE_SECONDS = 30


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    parts = {"database": database_answers(), "consumer": consumer_is_alive(runtime().settings.runtime_dir)}
    if all(parts.values()):
        return jsonify(status="ok")
    return jsonify(status="down", **{name: "ok" if up else "down" for name, up in parts.items()}), 503


def database_answers() -> bool:
    """Whether the database can be read and knows our tables."""
    try:
        db.session.execute(text("select 1 from alembic_version"))
    except SQLAlchemyError:
        return False
    return True


def beat(runtime_dir: Path) -> None:
    """Say that the consumer with this process id is alive now."""
    fresh = runtime_dir / ".consumer"
    fresh.write_text(str(os.getpid()))
    fresh.replace(runtime_dir / "consumer")


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
