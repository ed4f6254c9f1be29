"""Pages a respondent meets: scan, tap, a few more screens, thanks, and taking it all back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from flask import Blueprint, Response, abort, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.extensions import db, reading
from community.places.service import places
from community.safe_havens.service.answer import Answer, open_near
from community.shared import languages
from community.shared.clock import london_now, london_today, now_ms
from community.shared.database import commit
from community.shared.runtime import runtime
from community.shared.same_site import only_from_our_own_pages
from community.support.service import for_everyone
from community.surveys import burst, pages, queries, visits
from community.surveys.arrivals import arrival_of
from community.surveys.first_tap import TRIED
from community.surveys.questionnaire import Screen
from community.surveys.routing import AnswerProblem, Answers, BadAnswer, is_said, next_screen, screen_questions
from community.surveys.service import answering, withdrawing
from community.surveys.service.waves import NoSuchWave
from community.surveys.tickets import BadTicket, Ticket, TicketExpired, code_of, response_id, unseal, withdrawal_code
from community.surveys.visits import Visit
from community.surveys.words import problem_words

bp = Blueprint("surveys", __name__)
bp.before_request(only_from_our_own_pages)


@bp.after_request
def keep_no_code(response: Response) -> Response:
    """A page with a withdrawal code leaves no copy in the browser's cache."""
    if "holds_code" in g:
        response.headers["Cache-Control"] = "no-store"
    return response


THEN = {"safety": "robbery"}
"""Which survey the end page offers as a second, separate response."""


@bp.get("/q/<code>")
def at_poster(code: str) -> ResponseReturnValue:
    today = london_today()
    visit = visits.at_poster(code, today)
    if visit is None:
        return not_here(code)
    if request.method == "GET" and visit.poster_id is not None and "lang" not in request.args:
        # whoever has chosen a language, or comes from another page of ours, has been counted or has scanned nothing
        runtime().counters.note("scans", visit.poster_id, today.isoformat())
    return start(visit, today)


@bp.get("/q")
@bp.get("/s")
def without_code() -> ResponseReturnValue:
    """An address that was typed halfway: the survey that asks about any place."""
    return without_poster(visits.UNASSIGNED)


@bp.get("/s/<survey>")
def without_poster(survey: str) -> ResponseReturnValue:
    if visits.at_place(survey, None, london_today()) is None:
        return pages.not_now()
    return pages.which_place(survey)


@bp.post("/q/<code>")
def answer_at_poster(code: str) -> ResponseReturnValue:
    if "_start" not in request.form:
        return answer()
    reading.set(True)
    languages.use(request.form.get("_language", languages.current()))
    today = london_today()
    here = visits.at_poster(code, today)
    if here is None:
        return not_here(code)
    then = visits.same_place(here, request.form["_start"], today)
    return start(then, today) if then else pages.not_now()


@bp.post("/s/<survey>")
def answer_without_poster(survey: str) -> ResponseReturnValue:
    if "_ticket" in request.form:
        return answer()
    reading.set(True)
    languages.use(request.form.get("_language", languages.current()))
    if "_find" in request.form:
        return pages.which_place(survey, sought=request.form["_find"][:100])
    try:
        visit = visits.at_place(survey, request.form.get("_place") or None, london_today())
    except places.NoSuchPlace:
        return pages.which_place(survey, unknown=True)
    return start(visit, london_today()) if visit else pages.not_now()


@bp.route("/withdraw", methods=["GET", "POST"])
def withdraw() -> ResponseReturnValue:
    g.holds_code = True
    if request.method != "POST":
        return render_template("surveys/withdraw.html", errors=[], code="")
    typed = request.form.get("code", "")[:100]
    code = code_of(typed)
    if code is None:
        errors = [("code", _("Enter the 20 numbers of your code. They were on the last page of the survey."))]
        return render_template("surveys/withdraw.html", errors=errors, code=typed), 422
    gone = withdrawing.withdraw(response_id(code, runtime().settings.secret_key), today=london_today())
    db.session.commit()
    if not gone:
        errors = [("code", _("No answers have this code. Check the numbers, or they may have been deleted already."))]
        return render_template("surveys/withdraw.html", errors=errors, code=typed), 422
    return render_template("surveys/withdrawn.html")


def start(visit: Visit, today: date) -> ResponseReturnValue:
    """The first page of a new response."""
    ticket = visits.ticket_for(visit, languages.current(), today=today, issued_ms=now_ms())
    return pages.first(visit, ticket, today=today)


def answer() -> ResponseReturnValue:
    """Save the screen that was sent, then show what follows."""
    if (tried := request.environ.get(TRIED)) is not None:
        raise tried
    now = london_now()
    try:
        ticket = unseal(request.form.get("_ticket", ""), runtime().keys, today=now.date())
        visit = visits.of_ticket(ticket)
    except BadTicket:
        abort(400)
    except (TicketExpired, NoSuchWave):
        return render_template("surveys/start_again.html", action=request.path, late=True), 410
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
    filled = {key: request.form.getlist(key)[:100] for key in screen.questions}
    id = response_id(code, runtime().settings.secret_key)
    sent = [value for values in filled.values() for value in values]
    answered = any(value.strip() for value in sent)
    if "_finish" in request.form and not answered:
        reading.set(True)
        return _leave(visit, ticket, code, id)
    if screen == visit.fielding.questionnaire.screens[0] and not any(map(is_said, sent)):
        reading.set(True)  # its buttons are its answers: who sends none has tapped nothing, and is thanked for nothing
        return _again(visit, ticket, BadAnswer(screen.questions[0], AnswerProblem.unknown_option), {}, id)
    submitted = {} if "_skip" in request.form else filled
    try:
        saved = answering.save(visit.fielding, arrival_of(visit, ticket, id, now), ticket.screen, submitted)
        commit()
    except Exception as refused:
        db.session.rollback()
        burst.take_back(visit, ticket.screen, now)  # nobody was counted, and the phone may try again
        reading.set(True)
        if isinstance(refused, BadAnswer):
            return _again(visit, ticket, refused, submitted, id)
        return _refused(refused, visit, submitted)
    if not saved.is_new:
        burst.take_back(visit, ticket.screen, now)
    return _after(saved, visit, ticket, code)


def _after(saved: answering.Saved, visit: Visit, ticket: Ticket, code: str) -> ResponseReturnValue:
    """What follows a save: the next screen, or the end."""
    reading.set(True)  # it only reads, and must not hold the one writer's place
    if saved.deleted:
        # Nobody was counted: taps that leave nothing must not use up what honest people may bring in an hour.
        burst.take_back(visit, visit.fielding.questionnaire.screens[0].key, london_now())
        return pages.under_13()
    following = next_screen(visit.fielding.questionnaire, saved.answers, after=ticket.screen)
    if following is None or "_finish" in request.form:
        return thanks(visit, code, saved.answers, saved.harm)
    return pages.screen(visit, ticket.on(following.key, saved.harm), saved.answers, today=london_today())


def _refused(refused: Exception, visit: Visit, submitted: Mapping[str, Sequence[str]]) -> ResponseReturnValue:
    """Why nothing was stored, in words. Raises what is no refusal of ours."""
    match refused:
        case answering.AnswersDeleted() if any(answering.UNDER_13 in values for values in submitted.values()):
            return pages.under_13()  # a second tap on the same button, or a reload
        case answering.AnswersDeleted():
            return render_template("surveys/deleted.html", services=for_everyone()), 410
        case answering.WaveClosed():
            return pages.not_now(410)
        case answering.NothingToGoOn():
            return render_template("surveys/start_again.html", action=visit.action, late=False), 410
        case _:
            raise refused


def _leave(visit: Visit, ticket: Ticket, code: str, id: bytes) -> ResponseReturnValue:
    """The end page for someone who leaves before answering this screen, which is not the same as skipping it."""
    stored = queries.snapshot(id)
    if stored is not None:
        return thanks(visit, code, stored.answers, frozenset(ticket.harm))
    gone = answering.AnswersDeleted if queries.is_deleted(id) else answering.NothingToGoOn
    return _refused(gone(), visit, {})


def thanks(visit: Visit, code: str, answers: Answers, harm: frozenset[str]) -> ResponseReturnValue:
    """The end page: the code to take it all back, who sees what, help, and the second survey."""
    g.holds_code = True
    then = THEN.get(visit.fielding.survey)
    return render_template(
        "surveys/thanks.html",
        code=" ".join(code[i : i + 4] for i in range(0, len(code), 4)),
        offered=visits.same_place(visit, then, london_today()) if then else None,
        services=for_everyone(),
        help=pages.help_beside(harm, pages.age_of(answers)),
        visit=visit,
        havens=_havens_near(visit),
        today=london_today(),
    )


def _havens_near(visit: Visit) -> Answer | None:
    """The Safe Haven that is open near where the survey was about; None where it was about no place."""
    if not visit.place_slug:
        return None
    try:
        place = places.get_by_slug(visit.place_slug)
    except places.NoSuchPlace:
        return None
    return open_near(place.lat, place.lon, london_now(), most=1)


def not_here(code: str) -> ResponseReturnValue:
    """A code that opens no survey: a kind page with help and a way to take part all the same."""
    standing = visits.standing(code)
    if standing is visits.Standing.quiet:
        return pages.not_now()
    retired = standing is visits.Standing.retired
    page = render_template("surveys/not_here.html", retired=retired, services=for_everyone())
    return page, 410 if retired else 404


def _again(
    visit: Visit, ticket: Ticket, bad: BadAnswer, submitted: Mapping[str, Sequence[str]], id: bytes
) -> ResponseReturnValue:
    """The same screen, with what is wrong said beside it, and help if what was sent calls for it."""
    question, stored = visit.fielding.questionnaire.question(bad.question_key), _stored(id)
    harm = answering.topics(visit.fielding, ticket.screen, submitted, stored) | frozenset(ticket.harm)
    return pages.screen(
        visit,
        ticket.on(ticket.screen, harm),
        stored,
        today=london_today(),
        errors={question.key: problem_words(bad.problem, question)},
        submitted=submitted,
    )


def _in_another_language(visit: Visit, ticket: Ticket, code: str) -> ResponseReturnValue:
    """The same screen in the language that was tapped, with what was filled in; nothing is saved."""
    reading.set(True)
    languages.use(request.form["_language"])
    spoken = replace(ticket, language=languages.current())
    stored = _stored(response_id(code, runtime().settings.secret_key))
    questionnaire = visit.fielding.questionnaire
    screen: Screen | None = questionnaire.screen(ticket.screen)
    if screen and not screen_questions(questionnaire, screen, stored):
        screen = next_screen(questionnaire, stored, after=screen.key)  # an answer changed in another tab closed it
    if screen is None:
        return thanks(visit, code, stored, frozenset(ticket.harm))
    filled = {key: request.form.getlist(key)[:100] for key in screen.questions}
    return pages.screen(visit, replace(spoken, screen=screen.key), stored, today=london_today(), submitted=filled)


def _stored(id: bytes) -> Answers:
    stored = queries.snapshot(id)
    return stored.answers if stored else {}
