"""How often a letter may go to an address that somebody typed: so that nobody's post is filled through our forms."""

from __future__ import annotations

from datetime import datetime

from community.staff.here import here


def may_write(email: str, now: datetime) -> bool:
    """Whether another letter may go to an address: two at once, then one in five minutes. now: aware, in London."""
    return here().tries.may_write(f"safe-havens {email}", now)
