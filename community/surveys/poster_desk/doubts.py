"""The queue of posters that somebody reported as fake or damaged, and what was found."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.extensions import db
from community.places.kinds import REPORT_OUTCOMES
from community.places.service import reports
from community.shared.clock import london_today
from community.shared.errors import UserError
from community.staff.access import needs
from community.surveys.poster_desk.blueprint import bp
from community.surveys.poster_desk.showing import may_manage


@bp.get("/reports")
@needs("see_posters")
def doubts() -> ResponseReturnValue:
    return _queue()


@bp.post("/reports/<code>")
@needs("manage_posters")
def settle(code: str) -> ResponseReturnValue:
    try:
        reports.settle(code, request.form.get("found", ""), london_today())
        db.session.commit()
    except UserError as refused:
        db.session.rollback()
        return _queue([(f"found-{code}", refused.message)])
    return redirect(url_for("poster_desk.doubts", done="settled"), 303)


def _queue(errors: list[tuple[str, str]] | None = None) -> ResponseReturnValue:
    waiting = reports.waiting()
    known = {f"found-{told.code}" for told in waiting}
    page = render_template(
        "surveys/poster_desk/reports.html",
        waiting=waiting,
        looked_at=reports.looked_at(london_today()),
        outcomes=REPORT_OUTCOMES,
        errors=[(field if field in known else "main-content", words) for field, words in errors or []],
        done=request.args.get("done") == "settled",
        may_manage=may_manage(),
    )
    return page, 422 if errors else 200
