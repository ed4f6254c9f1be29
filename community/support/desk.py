"""For staff who look after the directory: which services are due for a check, and how to say that one was made."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from community.shared.clock import london_today
from community.staff.access import needs
from community.staff.home import Card, Link
from community.staff.models import Account
from community.support import service
from community.support.alerts import PAGE, PERMISSION
from community.support.due import first_hidden, how_many, unchecked, what_becomes_of

bp = Blueprint("support_desk", __name__, url_prefix="/staff")
LINKS = [Link("Help directory", PAGE, PERMISSION)]


@bp.get("/services")
@needs("check_services")
def due() -> ResponseReturnValue:
    """Those to check, longest unchecked first; also those held back until somebody confirms them."""
    today = london_today()
    rows = [(one.service, what_becomes_of(one.service, today)) for one in service.standings(today=today) if one.is_due]
    return render_template("support/staff/due.html", rows=rows)


def card(user: Account, now: datetime) -> Card | None:
    """That services are overdue for a check, which first, and how to say that it was made; for those who may."""
    if not user.may(PERMISSION):
        return None
    today = now.date()
    overdue = service.overdue(today=today)
    if not overdue:
        return None
    first, soon = overdue[0], service.soon_hidden(today=today)
    lines = [
        f"{how_many(overdue)} not checked for more than 90 days.",
        f"First: {first.name}, {unchecked(first, today)}.",
    ]
    if soon:
        lines.append(f"{how_many(soon)} soon hidden from the public, the first on {first_hidden(soon)}.")
    lines.append(f"Ask it, then on the server: flask support confirm {first.id} --by “your name”")
    return Card("Help directory", lines, PAGE, PERMISSION)
