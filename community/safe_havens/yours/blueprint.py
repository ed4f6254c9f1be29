"""The pages behind a private link: nothing of them is kept by a browser, and a link that has ended says so kindly."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, render_template

from community.extensions import db
from community.safe_havens.models import SafeHaven
from community.safe_havens.service import details, links
from community.safe_havens.service.life import NotNow
from community.safe_havens.venue_pages import before_each, keep_nothing
from community.shared.clock import london_today

bp = Blueprint("haven_yours", __name__)
bp.before_request(before_each)
bp.after_request(keep_nothing)


def haven_of(link: str) -> SafeHaven:
    """The venue that a link opens today. Raises LinkOver."""
    return links.haven_of(link, on=london_today())


def haven_to_change(link: str) -> SafeHaven:
    """The same, while it is in the scheme: of one that has left, names and contacts are shown no more. Raises LinkOver,
    NotNow."""
    haven = haven_of(link)
    details.in_the_scheme(haven)
    return haven


def page(template: str, status: int = 200, **values: Any) -> Response:
    """A page of this folder."""
    return make_response(render_template(f"safe_havens/yours/{template}", **values), status)


@bp.errorhandler(links.LinkOver)
def link_over(_error: links.LinkOver) -> Response:
    db.session.rollback()
    return page("link_over.html", 404)


@bp.errorhandler(NotNow)
def not_now(error: NotNow) -> Response:
    db.session.rollback()
    return page("not_now.html", 409, words=error.message)
