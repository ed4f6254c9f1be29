"""Pages that only show: what waits, all venues, one venue."""

from __future__ import annotations

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from community.places.codes import display
from community.safe_havens import kinds
from community.safe_havens.desk import whereabouts
from community.safe_havens.desk.blueprint import Errors, bp
from community.safe_havens.models import SafeHaven
from community.safe_havens.service import doers, life, queue, record, venue_list, visiting
from community.safe_havens.service.life import NoSuchHaven
from community.safe_havens.service.readiness import has_few_staff, made_visits, must_agree_again, must_tell_insurance
from community.safe_havens.service.venue_list import Sought
from community.shared.clock import london_now, london_today
from community.shared.runtime import runtime
from community.staff.access import here_now, needs
from community.support.hours import parse_spans
from community.support.week_in_words import spans_in_words, week_in_words

DONE = {
    "planned": "The visit is planned. The venue is told by email.",
    "mystery": "The visit is planned. The venue is not told.",
    "passed": "The visit is recorded: passed.",
    "failed": "The visit is recorded: failed. The venue is told why and asked to do the training again.",
    "signed": "Your yes is kept. A second approver must say yes too.",
    "approved": "Approved. It is on the list, and the venue is told. Print its sticker below.",
    "refused": "Refused. The applicant is told why.",
    "suspended": "Suspended. It is off the public list from now on, and the venue is told.",
    "resumed": "It is on the public list again, and the venue is told.",
    "accepted": "The new hours are published.",
    "declined": "The old hours stand. The venue is told.",
    "corrected": "It is put right. The venue is told by email. If the name changed, print the sticker again.",
    "right": "Nothing was changed: it stood like that already.",
    "code": "There is a new code. The old one opens nothing any more, and the venue is sent the new one.",
    "reminded": "The venue is reminded by email.",
    "looked": "What you found is noted.",
}
"""What was done, by the word that the next page's address carries."""


@bp.app_context_processor
def haven_words() -> dict[str, object]:
    """Words of ours that the desk's templates use."""
    return {
        "haven_kinds": kinds.HAVEN_KINDS,
        "haven_words": kinds,
        "printed_serial": display,
        "week_in_words": week_in_words,
    }


@bp.get("")
@needs("see_havens")
def waiting() -> ResponseReturnValue:
    return show_queue()


def show_queue(errors: Errors | None = None) -> ResponseReturnValue:
    """What waits; once more, with why nothing came of what was pressed there."""
    now = london_now()
    page = render_template(
        "safe_havens/desk/queue.html",
        queue=queue.queue(now),
        today=now.date(),
        done=DONE.get(request.args.get("done", "")),
        errors=errors or [],
        **may(),
    )
    return page, 422 if errors else 200


@bp.get("/venues")
@needs("see_havens")
def venues() -> ResponseReturnValue:
    sought = Sought.of(request.args)
    found = venue_list.find(sought, london_today())
    return render_template(
        "safe_havens/desk/venues.html",
        sought=sought,
        found=found,
        states=venue_list.STATES,
        heard=venue_list.heard_from(found),
        **may(),
    )


@bp.get("/venues/<haven>")
@needs("see_havens")
def venue(haven: str) -> ResponseReturnValue:
    return show_venue(found_or_404(haven))


def show_venue(haven: SafeHaven, errors: Errors | None = None, **typed: str) -> ResponseReturnValue:
    """One venue. typed: what somebody wrote into a form that is shown again."""
    today = london_today()
    record_now = record.record_of(haven, today)
    signed = {one.account_id for one in haven.signoffs}
    page = render_template(
        "safe_havens/desk/venue.html",
        haven=haven,
        record=record_now,
        made=list(reversed(made_visits(haven))),
        history=sorted(haven.events, key=lambda one: (one.happened_on, one.id), reverse=True),
        planned=visiting.waiting(haven),
        like=queue.like_of(haven) if haven.status == "applied" else None,
        where=whereabouts.where_of(haven),
        to_agree=must_agree_again(haven),
        uninsured=must_tell_insurance(haven),
        few_staff=has_few_staff(haven) if haven.status == "applied" else "",
        steps=doers.steps(haven) if here_now().may("manage_havens") else None,
        exceptions=[
            (one.on_day, spans_in_words(parse_spans(one.opening))) for one in haven.exceptions if one.on_day >= today
        ],
        settings=runtime().settings.havens,
        has_signed=here_now().id in signed,
        today=today,
        typed=typed,
        done=DONE.get(request.args.get("done", "")),
        errors=errors or [],
        **may(),
    )
    return page, 422 if errors else 200


@bp.get("/venues/<haven>/map.svg")
@needs("see_havens")
def spot_map(haven: str) -> Response:
    """Where a venue is, drawn, whatever became of it."""
    picture = render_template("safe_havens/map.svg", map=whereabouts.drawn_alone(found_or_404(haven)))
    return Response(picture, mimetype="image/svg+xml")


def found_or_404(slug: str) -> SafeHaven:
    """The venue at an address."""
    try:
        return life.get(slug)
    except NoSuchHaven:
        abort(404)


def may() -> dict[str, bool]:
    """What the person at hand may do, for templates."""
    person = here_now()
    return {
        "may_manage": person.may("manage_havens"),
        "may_contacts": person.may("see_contacts"),
        "may_coverage": person.may("see_coverage"),
    }
