"""What was found of visitors' reports, of those that stood on the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from community.extensions import db
from community.safe_havens.desk.blueprint import SEE_OTHER, bp
from community.safe_havens.desk.showing import found_or_404, show_queue
from community.safe_havens.service import life, problems
from community.safe_havens.service.problems import BadOutcome, Seen
from community.shared.clock import london_today
from community.shared.errors import UserError
from community.staff.access import needs


@bp.post("/venues/<haven>/reports")
@needs("manage_havens")
def looked(haven: str) -> ResponseReturnValue:
    """Note what somebody found; suspend the venue where that is what they say. A visit is only asked for here: the
    reports wait until it is planned."""
    venue, today, outcome = found_or_404(haven), london_today(), request.form.get("found", "")
    try:
        seen = seen_in(request.form)
        if seen is None:
            raise BadOutcome("Choose a report from the list.")
        if outcome == "visit":
            return redirect(url_for("havens_desk.plan", haven=haven, **in_address(seen)), SEE_OTHER)
        problems.looked(venue, seen, outcome, on=today)
        if outcome == "suspended" and venue.status == "approved":
            life.suspend(venue, "danger_report" if seen.problem == problems.DANGER else "reports", on=today)
        db.session.commit()
    except UserError as refused:
        db.session.rollback()
        return show_queue([("reports", refused.message)])
    return redirect(url_for("havens_desk.waiting", done="looked"), SEE_OTHER)


def seen_in(fields: Mapping[str, str]) -> Seen | None:
    """The reports that a form or an address names; None when it names none."""
    n = fields.get("n", "")
    try:
        day = date.fromisoformat(fields.get("reported", ""))
    except ValueError:
        return None
    is_number = n.isascii() and n.isdigit() and len(n) < 5
    return Seen(fields.get("problem", ""), day, int(n)) if is_number else None


def in_address(seen: Seen) -> dict[str, Any]:
    """The same as fields, for a form or an address."""
    return {"problem": seen.problem, "reported": seen.day.isoformat(), "n": str(seen.of_day)}
