"""What was found of visitors' reports."""

from __future__ import annotations

from datetime import date

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from community.extensions import db
from community.safe_havens.desk.blueprint import SEE_OTHER, bp
from community.safe_havens.desk.showing import found_or_404, show_queue
from community.safe_havens.service import life, problems
from community.shared.clock import london_today
from community.shared.errors import UserError
from community.staff.access import needs


@bp.post("/venues/<haven>/reports")
@needs("manage_havens")
def looked(haven: str) -> ResponseReturnValue:
    """Note what somebody found; suspend the venue where that is what they say."""
    venue, today = found_or_404(haven), london_today()
    problem, outcome = request.form.get("problem", ""), request.form.get("found", "")
    try:
        day = date.fromisoformat(request.form.get("day", ""))
        problems.looked(venue, problem, day, outcome, on=today)
        if outcome == "suspended" and venue.status == "approved":
            life.suspend(venue, "danger_report" if problem == problems.DANGER else "reports", on=today)
        db.session.commit()
    except (UserError, ValueError) as refused:
        db.session.rollback()
        words = refused.message if isinstance(refused, UserError) else "Choose a report from the list."
        return show_queue([("reports", words)])
    if outcome == "visit":
        return redirect(url_for("havens_desk.plan", haven=haven), SEE_OTHER)
    return redirect(url_for("havens_desk.waiting", done="looked"), SEE_OTHER)
