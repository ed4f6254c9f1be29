"""Public pages about results: so far, whether a poster is ours and where what people said will stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from community.places.codes import display, is_ours_shape
from community.places.models import Poster
from community.places.service import posters
from community.support.service import for_everyone

bp = Blueprint("insights", __name__)


@dataclass(frozen=True)
class Shown:
    """A poster as its page shows it. state: ours, reported or down. since: when it went up, or else was made."""

    code: str
    printed: str
    where: str
    spot: str
    state: str
    is_up: bool
    since: date
    until: date | None


@bp.get("/poster")
def which_poster() -> ResponseReturnValue:
    """Asks for a poster's code and goes to its page. A code is public: it hangs on a wall."""
    code = "".join(letter for letter in request.args.get("code", "")[:40] if letter.isalnum() or letter == "-")
    return (
        redirect(url_for("insights.poster", code=code, lang=request.args.get("lang")))
        if code
        else render_template("insights/which_poster.html")
    )


@bp.get("/poster/<code>")
def poster(code: str) -> ResponseReturnValue:
    """Is this poster ours? What people said there will stand here once it is published."""
    found = posters.find(code)
    services = for_everyone()
    if found is None:
        return render_template("insights/not_ours.html", slip=is_ours_shape(code), services=services), 404
    page = render_template("insights/poster.html", poster=_shown(found), services=services)
    return page, 410 if found.status == "taken-down" else 200


@bp.app_template_filter("day_in_words")
def day_in_words(day: date) -> str:
    """A London day in the page's language: 3 November 2026."""
    words: str = format_date(day, "d MMMM y")
    return words


def _shown(poster: Poster) -> Shown:
    states = {"taken-down": "down", "reported": "reported"}
    return Shown(
        code=poster.code,
        printed=display(poster.code),
        where=poster.place.name if poster.place else poster.route or "",
        spot=poster.spot,
        state=states.get(poster.status, "ours"),
        is_up=poster.up_on is not None,
        since=poster.up_on or poster.created_on,
        until=poster.down_on,
    )
