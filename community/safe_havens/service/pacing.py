"""How often our forms may write to an address that somebody typed, and how many applications come in at once: so that
nobody's post, and nobody's desk, is filled through our forms. Whoever has to wait keeps what they typed."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from community.staff.here import here
from community.staff.pacing import Rate

FROM_ONE_CONTACT: Final = Rate(burst=3, per_second=1 / 300)
"""Applications with one contact's address."""
FROM_ALL: Final = Rate(burst=30, per_second=1 / 60)
"""Applications altogether; a borough has about a hundred venues."""


def may_write(email: str, now: datetime) -> bool:
    """Whether another letter may go to an address: two at once, then one in five minutes. now: aware, in London."""
    return here().tries.may_write(f"safe-havens {email}", now)


def may_apply(email: str, now: datetime) -> bool:
    """Whether another application may come in now. email: of its contact. now: aware, in London."""
    tries = here().tries
    return tries.may_pass(f"haven of {email}", FROM_ONE_CONTACT, now) and tries.may_pass("havens", FROM_ALL, now)
