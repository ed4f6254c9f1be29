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


@bp.post("/venues/<slug>/approve")
@needs("manage_havens")
def approve(slug: str) -> ResponseReturnValue:
    def step(haven: SafeHaven) -> str:
        return "approved" if life.sign_off(haven, by=here_now().id, on=london_today()) else "signed"

    return _take(slug, step, "approve")


@bp.post("/venues/<slug>/refuse")
@needs("manage_havens")
def refuse(slug: str) -> ResponseReturnValue:
    because = request.form.get("because", "")

    def step(haven: SafeHaven) -> str:
        same_as = request.form.get("same_as", "")
        words = f"We have a form of the same venue already: {life.get(same_as).reference}." if same_as else because
        life.refuse(haven, words, on=london_today())
        return "refused"

    return _take(slug, step, "because", because=because)


@bp.post("/venues/<slug>/suspend")
@needs("manage_havens")
def suspend(slug: str) -> ResponseReturnValue:
    def step(haven: SafeHaven) -> str:
        life.suspend(haven, request.form.get("reason", ""), on=london_today())
        return "suspended"

    return _take(slug, step, "reason")


@bp.post("/venues/<slug>/resume")
@needs("manage_havens")
def resume(slug: str) -> ResponseReturnValue:
    def step(haven: SafeHaven) -> str:
        life.resume(haven, on=london_today())
        return "resumed"

    return _take(slug, step, "resume")


@bp.post("/venues/<slug>/hours")
@needs("manage_havens")
def hours(slug: str) -> ResponseReturnValue:
    def step(haven: SafeHaven) -> str:
        if request.form.get("as") == "accept":
            life.accept_hours(haven, on=london_today())
            return "accepted"
        life.decline_hours(haven)
        return "declined"

    return _take(slug, step, "hours")


@bp.post("/venues/<slug>/team-code")
@needs("manage_havens")
def team_code(slug: str) -> ResponseReturnValue:
    def step(haven: SafeHaven) -> str:
        life.new_team_code(haven)
        return "code"

    return _take(slug, step, "team-code")


@bp.post("/venues/<slug>/remind")
@needs("manage_havens")
def remind(slug: str) -> ResponseReturnValue:
    def step(haven: SafeHaven) -> str:
        life.remind(haven, request.form.get("of", ""))
        return "reminded"

    return _take(slug, step, "needs")


def _take(slug: str, step: Callable[[SafeHaven], str], field: str, **typed: str) -> ResponseReturnValue:
    """Take a step and go on to the venue's page, or show that again with what stands in the way. field: where a mistake
    is put right."""
    try:
        done = step(found_or_404(slug))
        db.session.commit()
    except UserError as refused:
        db.session.rollback()
        return show_venue(found_or_404(slug), [(field, refused.message)], **typed)
    return redirect(url_for("havens_desk.venue", slug=slug, done=done), SEE_OTHER)
