"""The course, screen by screen: some words and a question, then what is said to the answer, then the next."""

from __future__ import annotations

from flask import Response, request
from flask.typing import ResponseReturnValue

from community.extensions import reading
from community.safe_havens import venue_queries
from community.safe_havens.models import SafeHaven
from community.safe_havens.service import training
from community.safe_havens.team.opened import Opened, unseal
from community.safe_havens.team.views import bp, page, sealed, todays_course
from community.safe_havens.venue_pages import filled_in
from community.shared.clock import london_today
from community.shared.database import commit


@bp.post("/safe-havens/team/course")
def course() -> ResponseReturnValue:
    """The screen at hand; with an answer, what is said to it; after the last, the finish. Nobody goes on from a
    question that was not answered."""
    reading.set("_finish" not in request.form)
    opened, haven = unseal(request.form.get("_state", ""), today=london_today())
    screens = todays_course().screens
    opened = opened.on(min(opened.at, _first_open(opened)))
    if "_finish" in request.form and opened.at == len(screens):
        return _finish(opened, haven)
    if "_start" in request.form:
        opened = opened.anew()
    elif "_next" in request.form:
        opened = opened.on(min(opened.at + 1, _first_open(opened)))
    elif "_back" in request.form:
        opened = opened.on(max(opened.at - 1, 0))
    if opened.at >= len(screens):
        return page("finish.html", haven=haven, state=sealed(opened), errors=[], values={})
    return _screen(opened, answered="_answer" in request.form)


def _first_open(opened: Opened) -> int:
    """Which screen is the first whose question was not answered; how many there are, once all were."""
    screens = todays_course().screens
    return next((at for at, screen in enumerate(screens) if screen.key not in opened.answered), len(screens))


def _screen(opened: Opened, *, answered: bool) -> Response:
    screens = todays_course().screens
    screen = screens[opened.at]
    chosen = request.form.get("option", "") if answered else ""
    picked = next((option for at, option in enumerate(screen.options) if str(at) == chosen), None)
    if picked is not None:
        opened = opened.with_answer(screen.key)
    errors = [("option", "Choose what you would do. There is no mark.")] if answered and picked is None else []
    return page(
        "screen.html" if picked is None else "said.html", 422 if errors else 200, screen=screen, picked=picked,
        errors=errors, number=opened.at + 1, most=len(screens), state=sealed(opened),
    )  # fmt: skip


def _finish(opened: Opened, haven: SafeHaven) -> Response:
    filled = filled_in()
    name = filled.text("name", most=training.LONGEST_NAME, missing=None)
    if filled.errors:
        state = sealed(opened)
        return page("finish.html", 422, haven=haven, state=state, errors=filled.errors, values=filled.shown_again())
    today = london_today()
    training.finish(haven, nonce=opened.nonce, course=todays_course().version, name=name, on=today)
    commit()
    reading.set(True)
    return page("finished.html", haven=haven, trained=venue_queries.trained(haven.id, on=today), today=today)
