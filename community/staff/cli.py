"""`flask staff|audit ...`: who may sign in, and whether the trail of what they did is whole."""

from __future__ import annotations

import re

import click
from flask.cli import AppGroup

from community.shared.commands import Output, json_command
from community.shared.errors import UserError
from community.staff import audit_check

staff_cli = AppGroup("staff", help="Who may sign in under /staff.")
audit_cli = AppGroup("audit", help="The trail of what staff did.")


class TrailBroken(UserError):
    """The audit trail is not what was recorded."""


@audit_cli.command("verify")
@click.option("--known", metavar="NUMBER:HASH", help="What an earlier check printed, as you noted it elsewhere.")
@json_command
def verify(known: str | None) -> Output:
    """Recompute the whole trail. Note the last line it prints somewhere else: with --known the next check can also tell
    a trail that was put back to an older copy."""
    found = audit_check.verify(_known(known))
    if found.fault:
        raise TrailBroken(f"The audit trail is not whole. {found.fault} Sound until then: {found.entries}.")
    last = None if found.end is None else {"number": found.end[0], "hash": found.end[1]}
    end = "" if last is None else f"\n{last['number']}:{last['hash']}"
    return Output(
        {"sound": True, "entries": found.entries, "last": last}, f"All {found.entries} entries are sound.{end}"
    )


def _known(text: str | None) -> tuple[int, str] | None:
    if text is None:
        return None
    found = re.fullmatch(r"(\d{1,18}):([0-9a-f]{64})", text.strip())
    if not found:
        raise TrailBroken("--known must be the last line of an earlier check, such as 12:ab34... .")
    return int(found[1]), found[2]
