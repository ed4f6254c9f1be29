"""Typing the code, what it opens, and the printable pack."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from community.extensions import db, reading
from community.safe_havens.course import Course, course
from community.safe_havens.models import SafeHaven
from community.safe_havens.service import team_codes
from community.safe_havens.service.life import NotNow
from community.safe_havens.team.opened import NoLongerOpen, Opened, seal
from community.safe_havens.venue_pages import before_each, keep_nothing
from community.shared.clock import london_today
from community.shared.runtime import runtime

bp = Blueprint("haven_team", __name__)
bp.before_request(before_each)


@bp.after_request
def keep_no_code(response: Response) -> Response:
    """Only the page on which nothing was typed may be kept."""
    return response if request.method == "GET" else keep_nothing(response)


@bp.route("/safe-havens/team", methods=["GET", "POST"])
def team() -> ResponseReturnValue:
    """The code is typed; it opens a choice of two."""
    if request.method != "POST":
        return page("code.html", errors=[])
    reading.set(True)
    haven = team_codes.haven_of(request.form.get("code", ""))
    if haven is None:
        words = "That is not a code we know. It has 12 letters and numbers. Whoever is in charge has it."
        return page("code.html", 422, errors=[("code", words)])
    return menu(Opened.by(haven), haven)


@bp.get("/safe-havens/team/pack")
def pack() -> ResponseReturnValue:
    """The whole course on paper: for the wall, and for whoever has no phone."""
    return page("pack.html", course=todays_course(), base_url=runtime().settings.public_base_url)


def menu(opened: Opened, haven: SafeHaven) -> Response:
    return page("menu.html", haven=haven, state=sealed(opened))


def sealed(opened: Opened) -> str:
    return seal(opened, today=london_today())


def todays_course() -> Course:
    return course(keeps_out=runtime().settings.havens.keeps_out)


def page(template: str, status: int = 200, **values: Any) -> Response:
    return make_response(render_template(f"safe_havens/team/{template}", **values), status)


@bp.errorhandler(NoLongerOpen)
def no_longer_open(_error: NoLongerOpen) -> Response:
    db.session.rollback()
    return page("type_again.html", 410)


@bp.errorhandler(NotNow)
def not_now(error: NotNow) -> Response:
    db.session.rollback()
    return page("type_again.html", 410, words=error.message)
