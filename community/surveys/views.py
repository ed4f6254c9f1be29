"""Pages a respondent meets: scan, tap, a few more screens, thanks, and taking it all back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.extensions import db, reading
from community.places.service import places
from community.shared import languages
from community.shared.clock import daypart_of, london_now, london_today, now_ms
from community.shared.runtime import runtime
from community.support.harm import help_for
from community.support.service import for_everyone, for_under_13s
from community.surveys import burst, pages, queries, visits
from community.surveys.routing import Answers, BadAnswer, next_screen
from community.surveys.service import answering, withdrawing
from community.surveys.service.waves import NoSuchWave
from community.surveys.tickets import BadTicket, Ticket, TicketExpired, response_id, unseal, withdrawal_code
from community.surveys.visits import Visit
from community.surveys.words import problem_words

bp = Blueprint("surveys", __name__)

THEN = {"safety": "robbery"}
"""Which survey the end page offers as a second, separate response."""


@bp.get("/q/<code>")
def at_poster(code: str) -> ResponseReturnValue:
    today = london_today()
    visit = visits.at_poster(code, today)
    if visit is None:
        return not_here(code)
    if request.method == "GET" and visit.poster_id is not None:
        runtime().counters.note("scans", visit.poster_id, today.isoformat())
    return start(visit, today)


@bp.get("/s/<survey>")
def without_poster(survey: str) -> ResponseReturnValue:
    if visits.at_place(survey, None, london_today()) is None:
        return render_template("surveys/not_now.html"), 404
    return render_template("surveys/which_place.html", survey=survey, found=None, areas=places.by_area())


@bp.post("/q/<code>")
def answer_at_poster(code: str) -> ResponseReturnValue:
    if "_start" not in request.form:
        return answer()
    today = london_today()
    here = visits.at_poster(code, today)
    then = visits.same_place(here, request.form["_start"], today) if here else None
    return start(then, today) if then else not_here(code)


@bp.post("/s/<survey>")
def answer_without_poster(survey: str) -> ResponseReturnValue:
    if "_ticket" in request.form:
        return answer()
    languages.use(request.form.get("_language", languages.current()))
    reading.set(True)
    if "_find" in request.form:
        found = places.find_place(request.form["_find"][:100])
        return render_template("surveys/which_place.html", survey=survey, found=found, areas=places.by_area())
    visit = visits.at_place(survey, request.form.get("_place") or None, london_today())
    return start(visit, london_today()) if visit else (render_template("surveys/not_now.html"), 404)


@bp.route("/withdraw", methods=["GET", "POST"])
def withdraw() -> ResponseReturnValue:
    if request.method == "GET":
        return render_template("surveys/withdraw.html", errors=[], code="")
    code = "".join(c for c in request.form.get("code", "")[:100] if c.isdecimal())
    if len(code) != 20:
        errors = [("code", _("Enter the 20 numbers of your code. They were on the last page of the survey."))]
        return render_template("surveys/withdraw.html", errors=errors, code=code), 422
    gone = withdrawing.withdraw(response_id(code, runtime().settings.secret_key), today=london_today())
    db.session.commit()
    if not gone:
        errors = [("code", _("No answers have this code. Check the numbers, or they may have been deleted already."))]
        return render_template("surveys/withdraw.html", errors=errors, code=code), 422
    return render_template("surveys/withdrawn.html")


def start(visit: Visit, today: date) -> ResponseReturnValue:
    """The first page of a new response."""
    ticket = visits.ticket_for(visit, languages.current(), today=today, issued_ms=now_ms())
    return pages.first(visit, ticket, today=today)


def answer() -> ResponseReturnValue:
    """Save the screen that was sent, then show what follows."""
    now = london_now()
    try:
        ticket = unseal(request.form.get("_ticket", ""), runtime().keys, today=now.date())
        visit = visits.of_ticket(ticket)
    except BadTicket:
        abort(400)
    except (TicketExpired, NoSuchWave):
        return render_template("surveys/start_again.html", action=request.path), 410
    if visit.action != request.path:
        abort(400)
    languages.use(ticket.language)
    code = withdrawal_code(ticket, runtime().keys, today=now.date())
    if "_language" in request.form:
        return _in_another_language(visit, ticket, code)
    return _save(visit, ticket, code)


def _save(visit: Visit, ticket: Ticket, code: str) -> ResponseReturnValue:
    now = london_now()
    screen = visit.fielding.questionnaire.screen(ticket.screen)
    submitted = {} if "_skip" in request.form else {key: request.form.getlist(key)[:100] for key in screen.questions}
    arrival = answering.Arrival(
        id=response_id(code, runtime().settings.secret_key),
        poster_id=visit.poster_id,
        place_id=visit.place_id,
        channel="web",
        language=ticket.language,
        on=now.date(),
        daypart=daypart_of(now.hour),
        burst=burst.is_beyond(visit, ticket.screen, now),
        elapsed_ms=now_ms() - ticket.issued_ms,
    )
    finishing = "_finish" in request.form
    if finishing and not any(values != [""] for values in submitted.values() if values):
        reading.set(True)
        return thanks(visit, code, now.date())  # left before this screen, which is not the same as skipping it
    try:
        saved = answering.save(visit.fielding, arrival, ticket.screen, submitted)
        db.session.commit()
    except BadAnswer as bad:
        db.session.rollback()
        return _again(visit, ticket, bad, submitted, arrival.id)
    except answering.AnswersDeleted:
        return render_template("surveys/deleted.html", services=for_under_13s()), 410
    except answering.WaveClosed:
        return render_template("surveys/not_now.html"), 410
    except answering.NothingToGoOn:
        return render_template("surveys/start_again.html", action=visit.action), 410
    if not saved.is_new:
        burst.take_back(visit, ticket.screen, now)
    reading.set(True)  # what follows only reads, and must not hold the one writer's place
    if saved.deleted:
        return render_template("surveys/under_13.html", services=for_under_13s())
    following = next_screen(visit.fielding.questionnaire, saved.answers, after=ticket.screen)
    if following is None or finishing:
        return thanks(visit, code, now.date(), saved)
    return pages.screen(visit, ticket.on(following.key), saved.answers, saved.harm, today=now.date())


def thanks(visit: Visit, code: str, today: date, saved: answering.Saved | None = None) -> ResponseReturnValue:
    """The end page: the code to take it all back, who sees what, help, and the second survey."""
    then = THEN.get(visit.fielding.survey)
    offered = visits.same_place(visit, then, today) if then else None
    return render_template(
        "surveys/thanks.html",
        code=" ".join(code[i : i + 4] for i in range(0, len(code), 4)),
        action=visit.action,
        offered=offered,
        place=visit.place_name,
        services=for_everyone(),
        help=help_for(saved.harm, pages.age_of(saved.answers)) if saved and saved.harm else None,
    )


def not_here(code: str) -> ResponseReturnValue:
    """A code that is not ours, or no longer: a kind page with help and a way to take part all the same."""
    retired = visits.was_ours(code)
    page = render_template("surveys/not_here.html", retired=retired, services=for_everyone())
    return page, 410 if retired else 404


def _again(
    visit: Visit, ticket: Ticket, bad: BadAnswer, submitted: dict[str, list[str]], id: bytes
) -> ResponseReturnValue:
    """The same screen, with what is wrong said beside it."""
    reading.set(True)
    question = visit.fielding.questionnaire.question(bad.question_key)
    errors = {question.key: problem_words(bad.problem, question)}
    return pages.screen(
        visit, ticket, _stored(id), frozenset(), today=london_today(), errors=errors, submitted=submitted
    )


def _in_another_language(visit: Visit, ticket: Ticket, code: str) -> ResponseReturnValue:
    """The same screen in the language that was tapped; nothing is saved."""
    reading.set(True)
    languages.use(request.form["_language"])
    spoken = replace(ticket, language=languages.current())
    id = response_id(code, runtime().settings.secret_key)
    return pages.screen(visit, spoken, _stored(id), frozenset(), today=london_today())


def _stored(id: bytes) -> Answers:
    stored = queries.snapshot(id)
    return stored.answers if stored else {}
