"""The use log: four answers to tap, counted without a name or a word."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from flask import Response, request
from flask.typing import ResponseReturnValue

from community.extensions import db, reading
from community.safe_havens import once
from community.safe_havens.forms.fields import Filled
from community.safe_havens.kinds import HELP_GIVEN, USE_OUTCOMES, WHO
from community.safe_havens.models import SafeHaven
from community.safe_havens.service import uses
from community.safe_havens.team.opened import Opened, unseal
from community.safe_havens.team.views import bp, page, sealed
from community.safe_havens.venue_pages import filled_in
from community.shared.clock import Daypart, daypart_of, london_now
from community.shared.database import commit

DAYPARTS: Final = {
    Daypart.NIGHT: "midnight to 6am",
    Daypart.EARLY: "6am to 9am",
    Daypart.MORNING: "9am to midday",
    Daypart.MIDDAY: "midday to 3pm",
    Daypart.AFTER_SCHOOL: "3pm to 7pm",
    Daypart.EVENING: "7pm to 9pm",
    Daypart.LATE: "9pm to midnight",
}
DAYS: Final = {"today": "today", "yesterday": "yesterday"}


@bp.post("/safe-havens/team/log")
def log() -> ResponseReturnValue:
    now = london_now()
    reading.set("_count" not in request.form)
    opened, haven = unseal(request.form.get("_state", ""), today=now.date())
    filled = filled_in()
    if "_count" not in request.form:
        filled.kept = {"when": ["today"], "daypart": [daypart_of(now.hour).value]}
        return _form(opened.anew(), filled)
    use = _read(filled, now.date())
    if use is None:
        filled.kept = filled.shown_again()
        return _form(opened, filled)
    _count(haven, use, opened.nonce)
    return page("logged.html", haven=haven, who=use.who, state=sealed(opened))


def _read(filled: Filled, today: date) -> uses.Use | None:
    help = filled.choice("help", list(HELP_GIVEN), missing="Choose what helped most.")
    when = filled.choice("when", list(DAYS), missing="Choose today or yesterday.")
    daypart = filled.choice("daypart", [part.value for part in DAYPARTS], missing="Choose which part of the day.")
    outcome = filled.choice("outcome", list(USE_OUTCOMES), missing="Choose how it ended.")
    who = filled.choice("who", list(WHO), missing="Choose who it was.")
    if filled.errors:
        return None
    return uses.Use(today - timedelta(days=when == "yesterday"), Daypart(daypart), help, outcome, who)


def _count(haven: SafeHaven, use: uses.Use, nonce: str) -> None:
    """Count a use once, however often its form is sent."""
    if not once.claim(nonce, on=london_now().date()):
        return
    try:
        uses.count(haven, use)
        commit()
    except Exception:
        db.session.rollback()
        once.release(nonce)
        raise


def _form(opened: Opened, filled: Filled) -> Response:
    return page(
        "log.html", 422 if filled.errors else 200, state=sealed(opened), errors=filled.errors, values=filled.kept,
        help=HELP_GIVEN, days=DAYS, dayparts={part.value: words for part, words in DAYPARTS.items()},
        outcomes=USE_OUTCOMES, who=WHO,
    )  # fmt: skip


@bp.errorhandler(uses.TooMany)
def too_many(error: uses.TooMany) -> Response:
    return page("type_again.html", 429, words=error.message)
