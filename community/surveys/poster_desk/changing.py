"""Making posters, giving them a wave, and saying what became of them."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.extensions import db
from community.places.service import places, posters
from community.shared.clock import london_today
from community.shared.errors import UserError
from community.staff.access import needs
from community.surveys.poster_desk import asking, showing
from community.surveys.poster_desk.blueprint import bp
from community.surveys.poster_desk.forms import Assignment, NewPosters
from community.surveys.poster_desk.selection import BadSelection, chosen

SEE_OTHER = 303
LATER = ("", "None yet: it asks the safety survey while that is open")
MOST_BESIDE = 60
"""Posters made just before that an address carries along: with their names it stays under the 2 KB a server takes."""


@bp.route("/new", methods=["GET", "POST"])
@needs("manage_posters")
def new() -> ResponseReturnValue:
    today = london_today()
    form = NewPosters(request.form if request.method == "POST" else request.args)
    groups = places.by_area()
    known = [place for _, listed in groups for place in listed]
    waves = [LATER, *asking.choices(today)]
    form.offer(places=known, waves=waves)
    errors = [] if request.method == "GET" or form.validate() else form.problems()
    beside = request.values.getlist("beside")[-MOST_BESIDE:]
    if request.method == "POST" and not errors:
        try:
            made = posters.create_posters(
                places.get_by_slug(form.place.data) if form.place.data else None,
                on=today,
                kind=form.kind.data,
                spot=form.spot.data or "",
                route=form.route.data,
                n=form.count.data,
                wave_id=form.wave_id,
                starts_on=form.starts_on.data,
                ends_on=form.ends_on.data,
            )
            db.session.commit()
            codes = [*beside, *(poster.code for poster in made)]
            return redirect(url_for("poster_desk.made", code=codes, **form.again()), SEE_OTHER)
        except UserError as refused:
            db.session.rollback()
            errors = [("spot", refused.message)]
    page = render_template(
        "surveys/poster_desk/new.html", form=form, groups=groups, waves=waves, beside=beside, errors=errors
    )
    return page, 422 if errors else 200


@bp.route("/assign", methods=["GET", "POST"])
@needs("manage_posters")
def assign() -> ResponseReturnValue:
    today = london_today()
    try:
        found = chosen(request.values.getlist("code"))
    except BadSelection as refused:
        return showing.show_list(refused)
    form = Assignment(request.form)
    waves = [("", "Select a wave"), *asking.choices(today)]
    form.offer(waves=waves)
    errors = [] if request.method == "GET" or form.validate() else form.problems()
    if request.method == "POST" and not errors:
        try:
            for poster in found:
                posters.repoint(poster, form.wave_id or 0, form.starts_on.data or today, form.ends_on.data)
            db.session.commit()
            return redirect(_back([poster.code for poster in found]), SEE_OTHER)
        except UserError as refused:
            db.session.rollback()
            errors = [("wave", refused.message)]
    page = render_template("surveys/poster_desk/assign.html", form=form, posters=found, waves=waves, errors=errors)
    return page, 422 if errors else 200


@bp.post("/<code>/mark")
@needs("manage_posters")
def mark(code: str) -> ResponseReturnValue:
    poster, status = posters.find(code), request.form.get("as", "")
    if poster is None or status not in posters.BECOMES:
        abort(404)
    try:
        posters.BECOMES[status](poster, london_today())
        db.session.commit()
    except UserError as refused:
        db.session.rollback()
        return showing.show(posters.get(code), [("main-content", refused.message)])
    return redirect(url_for("poster_desk.poster", code=poster.code, done=status), SEE_OTHER)


def _back(codes: list[str]) -> str:
    if len(codes) == 1:
        return url_for("poster_desk.poster", code=codes[0], done="assigned")
    return url_for("poster_desk.made", code=codes, done="assigned")
