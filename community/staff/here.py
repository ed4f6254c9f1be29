"""What the room has in each process: who is signed in and who tried to, in RUNTIME_DIR."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from community.shared.runtime import Runtime, runtime
from community.staff.known import Known
from community.staff.session_store import SessionStore
from community.staff.tries import Tries


@dataclass(frozen=True)
class Here:
    """What belongs to one application."""

    sessions: SessionStore
    tries: Tries

    def purge(self, now: datetime) -> None:
        """Forget sessions that are over and tries that no longer count."""
        self.sessions.purge(now)
        self.tries.purge(now)


def here() -> Here:
    """What belongs to the application at hand."""
    return _of(runtime())


@cache
def _of(at: Runtime) -> Here:
    folder = at.settings.runtime_dir
    known = Known(folder / "staff-known.sqlite", at.settings.secret_key)
    return Here(
        sessions=SessionStore(folder / "staff-sessions.sqlite"),
        tries=Tries(folder / "staff-tries.sqlite", at.keys, known),
    )
