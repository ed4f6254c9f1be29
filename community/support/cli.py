"""`flask support ...`: which services the public sees, and confirming that their facts still hold."""

from __future__ import annotations

from datetime import datetime

import click
from flask.cli import AppGroup

from community.extensions import db
from community.shared.clock import london_today
from community.shared.commands import Output, json_command, table
from community.support import service

support_cli = AppGroup("support", help="The support directory: who is shown, who needs a check.")
DAY = click.DateTime(["%Y-%m-%d"])


@support_cli.command("list")
@json_command
def list_services() -> Output:
    """Every service: whether the public sees it, and how long ago somebody checked it. Those to check stand first."""
    found = service.standings(today=london_today())
    rows = [
        {
            "service": one.service.id,
            "name": one.service.name,
            "status": one.status,
            "check_due": one.is_due,
            "checked_on": one.service.checked_on.isoformat(),
            "checked_by": one.service.checked_by,
            "days_unchecked": one.days_unchecked,
            "core": one.service.core,
            "to_check": one.service.to_check,
        }
        for one in found
    ]
    lines = [
        (one.service.id, one.status, "check now" if one.is_due else "", one.days_unchecked, one.service.to_check)
        for one in found
    ]
    return Output(rows, table(lines, headings=("service", "status", "due", "days unchecked", "to ask")))


@support_cli.command("confirm")
@click.argument("service_id", metavar="ID")
@click.option("--by", required=True, help="Who asked the service: a name or a team.")
@click.option("--on", type=DAY, help="The day it was asked, such as 2027-01-31; today when left out.")
@json_command
def confirm(service_id: str, by: str, on: datetime | None) -> Output:
    """Say that somebody asked the service and that the facts in services.yaml hold. It is public from then on."""
    today = london_today()
    checked = service.confirm(service_id, by=by, on=on.date() if on else today, today=today)
    db.session.commit()
    service.forget_checks()
    document = {"service": checked.id, "checked_on": checked.checked_on.isoformat(), "checked_by": checked.checked_by}
    return Output(document, f"{checked.id}: confirmed on {checked.checked_on} by {checked.checked_by}")
