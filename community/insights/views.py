"""Public pages about results: so far, whether a poster is ours, telling us that it looks wrong, and where what people
said will stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from community.extensions import db, reading
from community.places.codes import display, is_ours_shape
from community.places.models import Poster
from community.places.service import posters, reports
from community.safe_havens.service.answer import Answer, open_near
from community.shared import languages
from community.shared.clock import london_now, london_today
from community.shared.same_site import only_from_our_own_pages
from community.support.service import for_everyone

bp = Blueprint("insights", __name__)
bp.before_request(only_from_our_own_pages)

REASONS = {
    "covered": _l("Something is stuck or written over the code"),
    "leads_elsewhere": _l("It opened a page that did not look right"),
    "asks_details": _l("It asked for a name, a phone number, a password or money"),
    "wrong_place": _l("It is not at the place it names"),
    "damaged": _l("It is torn, wet or cannot be scanned"),
    "other": _l("Something else looks wrong"),
}
"""What may look wrong about a poster: a choice, because nobody should have to write, nor write about a person."""


MOST_HAVENS = 3
"""Safe Havens named on a poster's page; the list has the rest."""


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
    return _poster_page(code)


@bp.post("/poster/<code>")
def doubt(code: str) -> ResponseReturnValue:
    """Somebody says that a poster looks fake or damaged: counted, with nothing of who they are."""
    languages.use(request.form.get("_language", languages.current()))
    reading.set(True)  # what comes in a flood is looked at, not written
    today, reason = london_today(), request.form.get("reason", "")
    try:
        counted = reports.counts_as(code, reason, today)
    except reports.BadReport:
        return _poster_page(code, [("reason", _("Choose what looks wrong."))])
    if counted is not None:
        db.session.rollback()
        reading.set(False)
        reports.report(counted, reason, today)
        db.session.commit()
    return render_template("insights/told.html", services=for_everyone())


def _poster_page(code: str, errors: list[tuple[str, str]] | None = None) -> ResponseReturnValue:
    found, typed = posters.find(code), code if is_ours_shape(code) else None
    errors = errors if errors and typed else []  # of what is no code there is no form to put right
    more = {"services": for_everyone(), "reasons": REASONS, "errors": errors}
    if found is None:
        page = render_template("insights/not_ours.html", slip=typed is not None, code=typed, **more)
        return page, 422 if errors else 404
    page = render_template(
        "insights/poster.html",
        poster=_shown(found),
        code=found.code,
        place=found.place,
        havens=_havens_near(found),
        today=london_today(),
        **more,
    )
    return page, 422 if errors else 410 if found.status == "taken-down" else 200


def _havens_near(poster: Poster) -> Answer | None:
    """The Safe Havens that are open near a poster; None where it rides about."""
    here = poster.place
    return open_near(here.lat, here.lon, london_now(), most=MOST_HAVENS) if here else None


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
