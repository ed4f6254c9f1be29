"""The home page, and what those who look after accounts see: who may sign in, and what was done."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from community.shared.clock import london_now
from community.staff import home
from community.staff.access import here_now, needs
from community.staff.service import accounts, trail
from community.staff.views.blueprint import bp


@bp.get("", endpoint="home")
@needs("see_home")
def home_page() -> ResponseReturnValue:
    return render_template("staff/home.html", cards=home.cards_for(here_now(), london_now()))


@bp.get("/accounts", endpoint="accounts")
@needs("manage_accounts")
def list_accounts() -> ResponseReturnValue:
    return render_template("staff/accounts.html", accounts=accounts.everyone())


@bp.get("/audit", endpoint="audit")
@needs("read_audit")
def read_audit() -> ResponseReturnValue:
    return render_template("staff/audit.html", page=trail.page(request.args.get("before", type=int)))
