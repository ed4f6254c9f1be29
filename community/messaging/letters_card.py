"""On the home page of those who look after accounts: letters that could not be sent."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from community.messaging import email, outbox
from community.shared.runtime import runtime
from community.staff.home import Card
from community.staff.models import Account

PERMISSION: Final = "manage_accounts"


def card(user: Account, now: datetime) -> Card | None:
    """How many letters wait, and since when; that some never left; that none ever will."""
    if not user.may(PERMISSION):
        return None
    found, lines = outbox.standing(now), []
    if found.since is not None:
        since = f"{found.since.day} {found.since:%B, %H:%M}"
        waits = "1 letter waits" if found.waiting == 1 else f"{found.waiting} letters wait"
        lines.append(f"{waits} to be sent since {since}. Tries go on for three days.")
    if found.given_up:
        were = "1 letter was" if found.given_up == 1 else f"{found.given_up} letters were"
        lines.append(f"{were} never sent, in the last 30 days: no mail server took them in three days.")
    if not email.can_send(runtime().settings):
        lines.append(f"{email.NO_SERVER[:1].upper()}{email.NO_SERVER[1:]}.")
    if not lines:
        return None
    lines.append("Tell whoever runs this service: it may be the settings of the mail server.")
    return Card("Letters that could not be sent", lines, "", PERMISSION)
