"""Planning a visit, and the checklist that a visitor fills in on a phone."""

from __future__ import annotations

from datetime import date

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.extensions import db
from community.safe_havens.desk import whereabouts
from community.safe_havens.desk.blueprint import SEE_OTHER, Errors, bp
from community.safe_havens.desk.reports import in_address, seen_in
from community.safe_havens.desk.showing import found_or_404, may
from community.safe_havens.kinds import VISIT_RESULTS
from community.safe_havens.models import HavenVisit, SafeHaven
from community.safe_havens.service import problems, visiting
from community.safe_havens.service.life import NotNow
from community.safe_havens.service.visiting import NoSuchVisit
from community.shared.clock import london_today
from community.staff.access import here_now, needs


@bp.route("/venues/<haven>/plan", methods=["GET", "POST"])
@needs("manage_havens")
def plan(haven: str) -> ResponseReturnValue:
    venue = found_or_404(haven)
    if request.method == "GET":
        return _plan_page(venue)
    kind, typed = request.form.get("kind", ""), request.form.get("day", "")
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return _plan_page(venue, [("day", "Enter a day, such as 2026-11-20.")])
    try:
        visiting.plan(venue, kind, day, today=london_today(), because=seen_in(request.form))
        db.session.commit()
    except NotNow as refused:
        db.session.rollback()
        return _plan_page(found_or_404(haven), [("day", refused.message)])
    done = "mystery" if kind in visiting.UNTOLD else "planned"
    return redirect(url_for("havens_desk.venue", haven=haven, done=done), SEE_OTHER)


@bp.route("/venues/<haven>/visits/<int:visit_id>", methods=["GET", "POST"])
@needs("manage_havens")
def visit(haven: str, visit_id: int) -> ResponseReturnValue:
    venue = found_or_404(haven)
    found = _visit_or_404(venue, visit_id)
    if request.method == "GET":
        return _visit_page(venue, found)
    ticked, result, note = request.form.getlist("line"), request.form.get("result", ""), request.form.get("note", "")
    try:
        visiting.record(found, venue, ticked=ticked, result=result, note=note, by=here_now().id, on=london_today())
        db.session.commit()
    except NotNow as refused:
        db.session.rollback()
        venue = found_or_404(haven)
        return _visit_page(venue, _visit_or_404(venue, visit_id), [("result", refused.message)])
    return redirect(url_for("havens_desk.venue", haven=haven, done=result), SEE_OTHER)


def _visit_or_404(haven: SafeHaven, number: int) -> HavenVisit:
    try:
        return visiting.get(haven, number)
    except NoSuchVisit:
        abort(404)


def _plan_page(haven: SafeHaven, errors: Errors | None = None) -> tuple[str, int]:
    planned = visiting.waiting(haven)
    because = seen_in(request.form if request.method == "POST" else request.args)
    waits = because is not None and problems.still_new(haven, because) > 0
    page = render_template(
        "safe_havens/desk/plan.html",
        haven=haven,
        kinds=visiting.kinds_for(haven),
        kind=request.form.get("kind") or (planned.kind if planned else ""),
        day=request.form.get("day") or (planned.planned_on.isoformat() if planned else ""),
        planned=planned,
        because=because if waits else None,
        carried=in_address(because) if waits and because else {},
        errors=errors or [],
    )
    return page, 422 if errors else 200


def _lines(visit: HavenVisit) -> dict[str, str]:
    """The lines of its checklist; of a visit that was passed those of its time, all of which were ticked."""
    lines = visiting.lines(visit)
    return {key: lines[key] for key in lines if key in visit.checklist} if visit.result == "passed" else lines


def _visit_page(haven: SafeHaven, visit: HavenVisit, errors: Errors | None = None) -> tuple[str, int]:
    page = render_template(
        "safe_havens/desk/visit.html",
        haven=haven,
        visit=visit,
        lines=_lines(visit),
        where=whereabouts.where_of(haven),
        results=VISIT_RESULTS,
        ticked=request.form.getlist("line") if request.method == "POST" else visit.checklist,
        result=request.form.get("result") or visit.result,
        note=request.form.get("note", visit.note),
        errors=errors or [],
        **may(),
    )
    return page, 422 if errors else 200
