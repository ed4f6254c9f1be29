"""`flask staff|audit ...`: who may sign in, and whether the trail of what they did is whole."""

from __future__ import annotations

import re

import click
from flask.cli import AppGroup

from community.extensions import db
from community.shared.clock import london_today
from community.shared.commands import Output, json_command, table
from community.shared.errors import UserError
from community.staff import audit_check, demo
from community.staff.models import Account
from community.staff.roles import ROLES
from community.staff.service import accounts, links, passwords, second_step

staff_cli = AppGroup("staff", help="Who may sign in under /staff.")
audit_cli = AppGroup("audit", help="The trail of what staff did.")


class TrailBroken(UserError):
    """The audit trail is not what was recorded."""


@staff_cli.command("create-user")
@click.argument("email")
@click.option(
    "--role", "roles", multiple=True, required=True, metavar="ROLE", help=f"One or more of {', '.join(ROLES)}."
)
@click.option("--ask-password", is_flag=True, help="Type the password here instead of handing over a link.")
@click.option(
    "--demo", "as_demo", is_flag=True, help="To try things with: prints password and app secret. Not in production."
)
@json_command
def create_user(email: str, roles: tuple[str, ...], ask_password: bool, as_demo: bool) -> Output:
    """Make an account. Prints a link, good once and for a day, at which its owner sets a password; they set up an app
    when they first sign in, if their role needs one."""
    if as_demo:
        made = demo.make(email, roles, on=london_today())
        db.session.commit()
        return Output(made.document, made.line)
    password = None
    if ask_password:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        passwords.check(password, email=email)
    account = accounts.create(email, roles=roles, password=password, on=london_today())
    link = None if ask_password else links.link_for(account, given="printed")
    db.session.commit()
    said = f"{account.email} may sign in as {', '.join(account.roles)}."
    if link:
        said += f" Hand over this link, good once and for a day, to set the password:\n{link}"
    return Output(_document(account) | {"link": link}, said)


@staff_cli.command("list")
@json_command
def list_users() -> Output:
    """Who may sign in, and as what."""
    found = accounts.everyone()
    rows = [(one.email, " ".join(one.roles), _app(one), "in use" if one.active else "switched off") for one in found]
    return Output([_document(one) for one in found], table(rows, headings=("email", "roles", "app", "state")))


@staff_cli.command("link")
@click.argument("email")
@json_command
def link(email: str) -> Output:
    """Print a link, good once and for a day, at which somebody sets a new password."""
    account = accounts.named(email)
    address = links.link_for(account, given="printed")
    db.session.commit()
    return Output({"email": account.email, "link": address}, address)


@staff_cli.command("roles")
@click.argument("email")
@click.option(
    "--role", "roles", multiple=True, required=True, metavar="ROLE", help=f"One or more of {', '.join(ROLES)}."
)
@json_command
def set_roles(email: str, roles: tuple[str, ...]) -> Output:
    """Give somebody these roles and no others. They are signed out."""
    account = accounts.named(email)
    accounts.set_roles(account, roles)
    return _done(account, f"{account.email} is now {', '.join(account.roles)}.")


@staff_cli.command("disable")
@click.argument("email")
@json_command
def disable(email: str) -> Output:
    """Switch an account off: its owner is signed out and cannot sign in."""
    account = accounts.named(email)
    accounts.switch(account, on=False)
    return _done(account, f"{account.email} can no longer sign in.")


@staff_cli.command("enable")
@click.argument("email")
@json_command
def enable(email: str) -> Output:
    """Switch an account on again."""
    account = accounts.named(email)
    accounts.switch(account, on=True)
    return _done(account, f"{account.email} may sign in again.")


@staff_cli.command("reset-totp")
@click.argument("email")
@json_command
def reset_totp(email: str) -> Output:
    """For somebody who lost phone and recovery codes: they set up an app when they next sign in. Be sure who asks."""
    account = accounts.named(email)
    second_step.take_away(account)
    return _done(account, f"{account.email} sets up an app at the next sign-in.")


def _done(account: Account, said: str) -> Output:
    links.end_sessions(account)
    db.session.commit()
    return Output(_document(account), said)


def _document(account: Account) -> dict[str, object]:
    return {
        "email": account.email,
        "roles": list(account.roles),
        "active": account.active,
        "app": _app(account),
        "demo": account.demo,
        "created_on": account.created_on.isoformat(),
    }


def _app(account: Account) -> str:
    return "set up" if account.totp_secret else "not yet" if account.needs_a_code else "not needed"


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
