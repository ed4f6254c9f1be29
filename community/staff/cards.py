"""This room's own cards on the home page."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from community.staff.home import Card
from community.staff.models import Account
from community.staff.service import accounts, second_step

FEW: Final = 3


def own_codes(user: Account, now: datetime) -> Card | None:  # noqa: ARG001  every card is given the time
    """That hardly any recovery codes are left."""
    if user.totp_secret is None or (left := second_step.codes_left(user)) > FEW:
        return None
    return Card(
        "Your recovery codes", [f"{left} left. Make new ones before you need them."], "/staff/account", "see_home"
    )


def accounts_without_app(user: Account, now: datetime) -> Card | None:  # noqa: ARG001
    """Who was given an account and has not yet signed in with an app."""
    if not user.may("manage_accounts"):
        return None
    waiting = [one for one in accounts.everyone() if one.active and one.needs_a_code and one.totp_secret is None]
    if not waiting:
        return None
    lines = [f"{one.email} has not set up an app yet." for one in waiting[:5]]
    more = [f"And {len(waiting) - 5} more."] if len(waiting) > 5 else []
    return Card("Accounts to look after", lines + more, "/staff/accounts", "manage_accounts")
