"""What the room has in each process: its sessions in RUNTIME_DIR."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from community.shared.runtime import Runtime, runtime
from community.staff.session_store import SessionStore


@dataclass(frozen=True)
class Here:
    """What belongs to one application."""

    sessions: SessionStore


def here() -> Here:
    """What belongs to the application at hand."""
    return _of(runtime())


@cache
def _of(at: Runtime) -> Here:
    return Here(sessions=SessionStore(at.settings.runtime_dir / "staff-sessions.sqlite"))
