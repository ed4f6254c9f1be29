"""Between the two steps of signing in: the cookie says whose password was right, for ten minutes, and opens nothing."""

from __future__ import annotations

from typing import Final

from flask import g, request, session

from community.shared.clock import london_now
from community.staff import audit
from community.staff.access import SESSION_KEY, safe_next
from community.staff.here import here
from community.staff.models import Account
from community.staff.service import accounts

HALF: Final = "half"
MOST_SECONDS: Final = 600


def begin(account: Account, after: str) -> None:
    """Remember that the first step is done. after: where to go in the end."""
    forget()
    now = int(london_now().timestamp())
    session[HALF] = {"id": account.id, "mark": account.fs_uniquifier, "at": now, "next": after}


def whose() -> Account | None:
    """Whose first step was done, a moment ago; None otherwise."""
    half = session.get(HALF)
    if not isinstance(half, dict) or london_now().timestamp() - half["at"] > MOST_SECONDS:
        return None
    if request.method == "GET":
        return accounts.with_mark(half["id"], half["mark"])
    return accounts.held(half["id"], half["mark"])


def after() -> str:
    """Where they want to go."""
    half = session.get(HALF)
    return safe_next(half.get("next") if isinstance(half, dict) else None)


def enter(account: Account, *, by: str) -> None:
    """Begin a session of its own: nothing of what came before is carried into it. by: what the last step was."""
    forget()
    now = london_now()
    here().tries.right(account.email, request.remote_addr or "", now)
    here().tries.right_code(account.id)
    session[SESSION_KEY] = here().sessions.begin(account.id, account.fs_uniquifier, now)
    g.staff = account
    audit.record("account.sign-in", str(account.id), {"by": by}, who=account.id)


def forget() -> None:
    """Leave nothing in the cookie."""
    if held := session.get(SESSION_KEY):
        here().sessions.end(held)
    session.clear()
    g.pop("csrf_token", None)
