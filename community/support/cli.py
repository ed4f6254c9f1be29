"""`flask support ...`: which services the public sees, and confirming that their facts still hold."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from community.config import ROOT, Settings
from community.extensions import db
from community.shared.clock import LONDON, london_today
from community.shared.commands import Output, json_command, table
from community.shared.errors import UserError
from community.support import service
from community.support.handout import card_lines

support_cli = AppGroup("support", help="The support directory: who is shown, who needs a check.")
DAY = click.DateTime(["%Y-%m-%d"])
OUT = click.Path(dir_okay=False, path_type=Path)


class NotPrintable(UserError):
    """The sheet cannot be written where it was asked for."""


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


@support_cli.command("card")
@click.option("--out", required=True, type=OUT, help="The file to write.")
@json_command
def card(out: Path) -> Output:
    """Print the card of good numbers: ten of the size of a bank card on a sheet of A4."""
    from community.places.print_fonts import Fonts  # drawing is heavy, and no page needs it
    from community.support.handout_sheets import ACROSS, DOWN, cards_pdf

    settings: Settings = current_app.config["SETTINGS"]
    made = cards_pdf(
        card_lines(service.directory(today=london_today())),
        settings.public_base_url,
        Fonts.from_folder(ROOT / "node_modules"),
        author=settings.organisation.name,
        created=datetime.combine(london_today(), time(12), LONDON),
    )
    return _written(out, made, settings, {"cards": ACROSS * DOWN}, f"{ACROSS * DOWN} cards are in {out}.")


@support_cli.command("poster")
@click.option("--out", required=True, type=OUT, help="The file to write.")
@json_command
def poster(out: Path) -> Output:
    """Print the help poster, A4, with the way to /help and no word that gives a reader away."""
    from community.places.print_fonts import Fonts
    from community.support.handout_sheets import poster_pdf

    settings: Settings = current_app.config["SETTINGS"]
    made = poster_pdf(
        card_lines(service.directory(today=london_today())),
        settings.public_base_url,
        Fonts.from_folder(ROOT / "node_modules"),
        author=settings.organisation.name,
        created=datetime.combine(london_today(), time(12), LONDON),
        contact=settings.organisation.contact,
        text_to=settings.twilio_from,
    )
    return _written(out, made, settings, {"posters": 1}, f"The poster is in {out}.")


def _written(out: Path, made: bytes, settings: Settings, document: dict[str, object], said: str) -> Output:
    """Put the sheet in its place in one step, and warn when its address is no public one."""
    fresh = out.with_name(f".{out.name}.part")
    try:
        fresh.write_bytes(made)
        fresh.replace(out)
    except OSError as exc:
        raise NotPrintable(f"{out} cannot be written: {exc.strerror}.") from exc
    base = settings.public_base_url
    warnings = [] if base.startswith("https://") else [f"This leads to {base}: set PUBLIC_BASE_URL before you print."]
    return Output({**document, "file": str(out)}, said, warnings)
