"""Steps of a venue's life that a coordinator takes: yes, no, off the list and on again; hours, code, reminders."""

from __future__ import annotations

from collections.abc import Callable

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from community.extensions import db
from community.safe_havens.desk.blueprint import SEE_OTHER, bp
from community.safe_havens.desk.showing import found_or_404, show_venue
from community.safe_havens.models import SafeHaven
from community.safe_havens.service import life
from community.shared.clock import london_today
from community.shared.errors import UserError
from community.staff.access import here_now, needs


@bp.post("/venues/<haven>/approve")
@needs("manage_havens")
def approve(haven: str) -> ResponseReturnValue:
    def step(venue: SafeHaven) -> str:
        knows = request.form.get("few_staff") == "yes"
        is_last = life.sign_off(venue, by=here_now().id, on=london_today(), knows_few_staff=knows)
        return "approved" if is_last else "signed"

    return _take(haven, step, "approve")


@bp.post("/venues/<haven>/refuse")
@needs("manage_havens")
def refuse(haven: str) -> ResponseReturnValue:
    because = request.form.get("because", "")

    def step(venue: SafeHaven) -> str:
        same_as = request.form.get("same_as", "")
        words = f"We have a form of the same venue already: {life.get(same_as).reference}." if same_as else because
        life.refuse(venue, words, on=london_today())
        return "refused"

    return _take(haven, step, "because", because=because)


@bp.post("/venues/<haven>/suspend")
@needs("manage_havens")
def suspend(haven: str) -> ResponseReturnValue:
    def step(venue: SafeHaven) -> str:
        life.suspend(venue, request.form.get("reason", ""), on=london_today())
        return "suspended"

    return _take(haven, step, "reason")


@bp.post("/venues/<haven>/resume")
@needs("manage_havens")
def resume(haven: str) -> ResponseReturnValue:
    def step(venue: SafeHaven) -> str:
        life.resume(venue, on=london_today())
        return "resumed"

    return _take(haven, step, "resume")


@bp.post("/venues/<haven>/hours")
@needs("manage_havens")
def hours(haven: str) -> ResponseReturnValue:
    def step(venue: SafeHaven) -> str:
        if request.form.get("as") == "accept":
            life.accept_hours(venue, on=london_today())
            return "accepted"
        life.decline_hours(venue)
        return "declined"

    return _take(haven, step, "hours")


@bp.post("/venues/<haven>/team-code")
@needs("manage_havens")
def team_code(haven: str) -> ResponseReturnValue:
    def step(venue: SafeHaven) -> str:
        life.new_team_code(venue)
        return "code"

    return _take(haven, step, "team-code")


@bp.post("/venues/<haven>/remind")
@needs("manage_havens")
def remind(haven: str) -> ResponseReturnValue:
    def step(venue: SafeHaven) -> str:
        life.remind(venue, request.form.get("of", ""))
        return "reminded"

    return _take(haven, step, "needs")


def _take(slug: str, step: Callable[[SafeHaven], str], field: str, **typed: str) -> ResponseReturnValue:
    """Take a step and go on to the venue's page, or show that again with what stands in the way. field: where a mistake
    is put right."""
    try:
        done = step(found_or_404(slug))
        db.session.commit()
    except UserError as refused:
        db.session.rollback()
        return show_venue(found_or_404(slug), [(field, refused.message)], **typed)
    return redirect(url_for("havens_desk.venue", haven=slug, done=done), SEE_OTHER)
