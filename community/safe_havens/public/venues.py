"""A venue's page, and what visitors report of it."""

from __future__ import annotations

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.extensions import reading
from community.safe_havens.public.blueprint import bp, demo_words
from community.safe_havens.public.counting import count_once, new_mark
from community.safe_havens.public.venue_hours import on_holidays, other_days, week
from community.safe_havens.service import problems
from community.safe_havens.service.listing import directory
from community.safe_havens.service.standing import once_listed
from community.safe_havens.venue import Venue
from community.shared import languages
from community.shared.clock import london_now, london_today
from community.support.service import for_everyone


@bp.get("/safe-havens/<haven>")
def venue(haven: str) -> ResponseReturnValue:
    """A venue's page; of one that is no Safe Haven at present, a kind page that says so."""
    found = directory(london_now()).by_slug.get(haven)
    return _page(found) if found else _not_now(haven)


@bp.post("/safe-havens/<haven>")
def report(haven: str) -> ResponseReturnValue:
    """Somebody says that something went wrong there: counted, with nothing of who they are. It hides no venue."""
    languages.use(request.form.get("_language", languages.current()))
    reading.set(True)  # what comes in a flood is looked at, not written
    venue = directory(london_now()).by_slug.get(haven)
    if venue is None:
        return _not_now(haven)
    problem, today = request.form.get("problem", ""), london_today()
    try:
        is_counted = problems.is_counted(venue.id, problem, today)
    except problems.BadProblem:
        return _page(venue, [("problem", _("Choose what went wrong."))])
    if is_counted:
        count_once(request.form.get("_mark", ""), problem, lambda: problems.report(venue.id, problem, today), on=today)
    return render_template(
        "safe_havens/told.html",
        venue=venue,
        is_danger=problem == problems.DANGER,
        services=for_everyone(),
        demo_banner=demo_words(venue.demo),
    )


def _page(venue: Venue, errors: list[tuple[str, str]] | None = None) -> ResponseReturnValue:
    now = london_now()
    page = render_template(
        "safe_havens/venue.html",
        venue=venue,
        at=now,
        is_open=venue.hours.is_open(now),
        until=venue.hours.until(now),
        week=week(venue, now.date()),
        on_holidays=on_holidays(venue),
        other_days=other_days(venue, now.date()),
        errors=errors or [],
        mark=new_mark(),
        demo_banner=demo_words(venue.demo),
    )
    return page, 422 if errors else 200


def _not_now(slug: str) -> ResponseReturnValue:
    found = once_listed(slug)
    if found is None:
        abort(404)
    return render_template("safe_havens/not_now.html", name=found.name, demo_banner=demo_words(found.demo)), 410
