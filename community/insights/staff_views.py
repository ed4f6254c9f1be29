"""Answers live, for signed-in analysts: surveys, one survey, one place; whether anything changed; tables as CSV."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.extensions import db
from community.insights import exporting, filters, live_pages, made_up
from community.insights.filters import Filters
from community.insights.memory import memory
from community.insights.service import live, place_page
from community.insights.service import pulse as pulses
from community.insights.service.place_page import UnknownPlace
from community.insights.service.selection import UnknownName
from community.shared.clock import london_now, london_today
from community.shared.database import stamp
from community.shared.errors import UserError
from community.staff import audit
from community.staff.access import needs, signed_in
from community.staff.home import Card, Link
from community.staff.models import Account
from community.surveys.service.waves import NoSuchSurvey

bp = Blueprint("live", __name__, url_prefix="/staff/insights")
LINKS = [Link("Live answers", "/staff/insights", "see_answers")]


def card(user: Account, now: datetime) -> Card | None:
    """For the first page: how many answered each open survey today."""
    if not user.may("see_answers"):
        return None
    lines = [
        f"{one.title}{_after(one.title)} {wave.today:,} {'answer' if wave.today == 1 else 'answers'} today."
        + (" Made-up ones are counted." if wave.made_up else "")
        for one in live.surveys(now.date())
        for wave in one.waves
        if wave.today is not None
    ]
    return Card("Live answers", lines or ["No survey is open today."], "/staff/insights", "see_answers")


def _after(title: str) -> str:
    """What stands between a title and what is said of it."""
    return "" if title.endswith("?") else ":"


@bp.get("")
@needs("see_answers")
def surveys() -> ResponseReturnValue:
    found = live.surveys(london_today())
    some = any(wave.made_up for one in found for wave in one.waves)
    return render_template(
        "insights/staff/surveys.html", surveys=found, demo_banner=made_up.SOME_BANNER if some else ""
    )


@bp.get("/<survey>")
@needs("see_answers")
def survey(survey: str) -> ResponseReturnValue:
    return _survey(survey)


@bp.get("/<survey>/now")
@needs("see_answers", counts_as_activity=False)
def survey_now(survey: str) -> ResponseReturnValue:
    """The same page, fetched by itself when something changed: it keeps nobody signed in."""
    return _survey(survey)


@bp.get("/<survey>/places/<slug>")
@needs("see_answers")
def place(survey: str, slug: str) -> ResponseReturnValue:
    return _place(survey, slug)


@bp.get("/<survey>/places/<slug>/now")
@needs("see_answers", counts_as_activity=False)
def place_now(survey: str, slug: str) -> ResponseReturnValue:
    return _place(survey, slug)


@bp.get("/<survey>/pulse")
@needs("see_answers", counts_as_activity=False)
def pulse(survey: str) -> ResponseReturnValue:
    """A word that changes when the counts do; 304 as long as they have not, or while too many others are being told."""
    word = memory().asked(survey, lambda: _word(survey, stamp()))
    if word in request.if_none_match or not memory().may_tell():
        return "", 304
    response = Response(word, mimetype="text/plain")
    response.set_etag(word)
    return response


@bp.post("/<survey>/results.csv")
@needs("export_answers")
def csv(survey: str) -> ResponseReturnValue:
    """A table to take away. Sent by a form, because it is written down who took what."""
    asked, faults = filters.read(request.form)
    if faults:
        abort(422)
    try:
        table = live.table(live.asked(survey, asked, all_waves=asked.by == "wave"), asked.by, asked)
    except UserError:
        abort(404)
    body = exporting.csv_of(table)
    audit.record("answers.export", survey, {"rows": str(len(table.results.rows)), **asked.query(answer=None)})
    db.session.commit()
    response = Response(body, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{exporting.file_name(table)}"'
    return response


def _survey(survey: str) -> ResponseReturnValue:
    def make(asked: Filters) -> live_pages.SurveyPage:
        found = live.live(survey, asked, london_today())
        return live_pages.survey_page(
            found, asked, lambda slug: _address("live.place", asked, survey=survey, slug=slug)
        )

    return _live_page("survey", make, survey=survey)


def _place(survey: str, slug: str) -> ResponseReturnValue:
    def make(asked: Filters) -> live_pages.PlaceShown:
        found = place_page.place_page(survey, slug, asked)
        return live_pages.place_page(found, asked, lambda code: url_for("poster_desk.poster", code=code))

    return _live_page("place", make, survey=survey, slug=slug)


def _live_page(which: str, make: Callable[[Filters], Any], **where: str) -> ResponseReturnValue:
    """A page of figures; without them, and with what is wrong, when the address asks for what is not there."""
    asked, faults = filters.read(request.args)
    choices = _choices(where["survey"])
    if choices is None:
        return render_template("insights/staff/nothing.html", title=where["survey"])
    faults = (*faults, *live.faults(asked, choices))
    at = stamp()
    word, page = _word(where["survey"], at), None
    if not faults:
        try:
            page = memory().page((which, *where.values(), asked), word, at, lambda: make(asked))
        except UnknownPlace:
            abort(404)
        except UserError as exc:
            faults = (("wave", exc.message),)
    person = signed_in()
    may_export = person is not None and person.may("export_answers")
    may_read = choices.has_words and person is not None and person.may("read_words")
    spans = [
        (words, _address(f"live.{which}", then, **where), then == asked)
        for words, then in live_pages.spans(asked, london_today())
    ]
    return render_template(
        f"insights/staff/{which}.html",
        page=page, errors=faults, asked=asked, choices=choices, word=word, at=london_now(), **where,
        splits=live_pages.splits(), spans=spans,
        chosen=live_pages.chosen(asked, choices),
        here=_address(f"live.{which}", asked, **where), now=_address(f"live.{which}_now", asked, **where),
        export=url_for("live.csv", survey=where["survey"]) if may_export else None,
        words=url_for("words.ask", survey=where["survey"], place=where.get("slug", asked.place)) if may_read else None,
        demo_banner=page.demo if page else "",
    ), 422 if faults else 200  # fmt: skip


def _choices(survey: str) -> live.Choices | None:
    """None: the survey is there, but has not been opened yet."""
    try:
        return live.choices(survey)
    except NoSuchSurvey:
        abort(404)
    except UnknownName:
        return None


def _word(survey: str, at: object | None) -> str:
    """As it is this moment, so that a page that somebody asks for is never older than the last answer. at: a stamp."""
    try:
        return memory().word(survey, at, lambda: pulses.pulse(survey, london_today()))
    except NoSuchSurvey:
        abort(404)


def _address(endpoint: str, asked: Filters, **where: str) -> str:
    """Where a page is, with what it is asked for. A place's page says itself which place."""
    said = asked.query(place=None, by=None, question=None, answer=None) if "slug" in where else asked.query()
    values: dict[str, Any] = {**where, **said}
    return url_for(endpoint, **values)
