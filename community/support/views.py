"""Pages of people who can help: neutral addresses and titles, nothing kept, a way out on each."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.config import Settings
from community.shared import languages
from community.shared.clock import london_now, london_today
from community.support import service
from community.support.handout import card_lines, typed_address
from community.support.help_pages import PAGES, split_by_hours
from community.support.wording import safety

bp = Blueprint("support", __name__)

LEAVE_FOR = "https://www.bbc.co.uk/weather"


@bp.get("/help")
@bp.get("/help/<topic>")
def help_page(topic: str | None = None) -> ResponseReturnValue:
    """The list of help pages, or one of them. An address in words, as there were once, leads to the number: a browser
    then keeps the number in its history."""
    words = safety.in_language(languages.current())
    if topic is None:
        core = service.for_everyone()
        return render_template("support/index.html", pages=PAGES.values(), lines=core, words=words, leave_for=LEAVE_FOR)
    try:
        page = service.page(topic)
    except service.NoSuchTopic:
        abort(404)
    if topic != page.number:
        return redirect(url_for(".help_page", topic=page.number, lang=request.args.get("lang")))
    now = london_now()
    always, at_times = split_by_hours(service.services_for(page, today=now.date()), now)
    return render_template(
        "support/topic.html", page=page, always=always, at_times=at_times, now=now, words=words, leave_for=LEAVE_FOR
    )


@bp.get("/help/card")
def card() -> str:
    """The card as a page, to read, save or print."""
    settings: Settings = current_app.config["SETTINGS"]
    return render_template(
        "support/card.html",
        lines=card_lines(service.directory(today=london_today())),
        address=typed_address(settings.public_base_url),
        words=safety.in_language(languages.current()),
        leave_for=LEAVE_FOR,
    )


@bp.get("/help/leave")
def leave() -> Response:
    """Takes the place of a help page in the history, clears what a browser may hold of us, and goes on elsewhere."""
    response = make_response(render_template("support/leave.html", leave_for=LEAVE_FOR))
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


@bp.after_request
def leave_no_trace(response: Response) -> Response:
    """No copy in the browser's cache, no referrer to the pages that a person goes on to."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
