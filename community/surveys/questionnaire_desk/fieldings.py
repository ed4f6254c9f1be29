"""Opening a wave of a survey's newest version, closing it, and stopping it at once."""

from __future__ import annotations

from datetime import date

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.extensions import db
from community.shared.clock import london_today
from community.shared.errors import UserError
from community.staff.access import needs
from community.surveys import queries
from community.surveys.fielding import Fielding
from community.surveys.questionnaire_desk.blueprint import bp
from community.surveys.questionnaire_desk.forms import CloseWave, OpenWave
from community.surveys.questionnaire_desk.showing import may_manage, title_of
from community.surveys.service import waves
from community.surveys.service.waves import NoSuchWave

SEE_OTHER = 303


@bp.route("/surveys/<survey>/open-wave", methods=["GET", "POST"])
@needs("manage_questionnaires")
def open_wave(survey: str) -> ResponseReturnValue:
    newest = queries.latest_version(survey)
    if newest is None:
        abort(404)
    today = london_today()
    form = OpenWave(request.form, today=today)
    errors = [] if request.method == "GET" or form.validate() else form.problems()
    if request.method == "POST" and not errors:
        try:
            wave = waves.open_wave(
                survey, title=form.title.data.strip(), opens_on=form.first, closes_on=form.closes_on.data
            )
            number = wave.number
            db.session.commit()
            return redirect(url_for("questionnaire_desk.wave", survey=survey, number=number, done="opened"), SEE_OTHER)
        except UserError as refused:
            db.session.rollback()
            errors = [("opens_on", refused.message)]
    page = render_template(
        "surveys/questionnaire_desk/open_wave.html",
        survey=survey,
        title=title_of(survey),
        version=newest.number,
        running=[one for one in waves.waves_of(survey) if one.closes_on is None or one.closes_on >= today],
        form=form,
        errors=errors,
        today=today,
    )
    return page, 422 if errors else 200


@bp.get("/surveys/<survey>/waves/<int:number>")
@needs("see_questionnaires")
def wave(survey: str, number: int) -> ResponseReturnValue:
    done = request.args.get("done", "")
    return render_template(
        "surveys/questionnaire_desk/wave.html",
        wave=_wave(survey, number),
        title=title_of(survey),
        done=done if done in ("opened", "closed", "stopped") else "",
        today=london_today(),
        may_manage=may_manage(),
    )


@bp.route("/surveys/<survey>/waves/<int:number>/close", methods=["GET", "POST"])
@needs("manage_questionnaires")
def close_wave(survey: str, number: int) -> ResponseReturnValue:
    found, today = _wave(survey, number), london_today()
    form = CloseWave(
        request.form, today=today, opens_on=found.opens_on, ended_on=date.min if found.is_stopped else found.closes_on
    )
    errors = [] if request.method == "GET" or form.validate() else form.problems()
    if request.method == "POST" and not errors:
        try:
            waves.close_wave(survey, number, on=form.closes_on.data)
            db.session.commit()
            return redirect(url_for("questionnaire_desk.wave", survey=survey, number=number, done="closed"), SEE_OTHER)
        except UserError as refused:
            db.session.rollback()
            errors = [("closes_on", refused.message)]
    page = render_template(
        "surveys/questionnaire_desk/close_wave.html", wave=found, form=form, errors=errors, today=today
    )
    return page, 422 if errors else 200


@bp.post("/surveys/<survey>/waves/<int:number>/stop")
@needs("manage_questionnaires")
def stop_wave(survey: str, number: int) -> ResponseReturnValue:
    """At once, without a form: nothing that a wave holds is lost by it, and a new wave asks again."""
    _wave(survey, number)
    try:
        waves.stop_wave(survey, number, today=london_today())
    except NoSuchWave:
        db.session.rollback()  # pressed twice, or over by now: the page says how it stands
    else:
        db.session.commit()
    return redirect(url_for("questionnaire_desk.wave", survey=survey, number=number, done="stopped"), SEE_OTHER)


def _wave(survey: str, number: int) -> Fielding:
    try:
        return waves.find(survey, number)
    except NoSuchWave:
        abort(404)
