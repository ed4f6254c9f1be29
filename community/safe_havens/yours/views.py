"""Where a venue stands, its agreement, its yearly check, its code, and leaving; and asking for a new link."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from community.safe_havens import venue_queries
from community.safe_havens.agreement import agreement
from community.safe_havens.forms import days
from community.safe_havens.kinds import OFFERED, SUSPENSIONS
from community.safe_havens.models import SafeHaven
from community.safe_havens.service import (
    details,
    lasting,
    letters,
    links,
    pacing,
    post,
    readiness,
    renewing,
    team_codes,
)
from community.safe_havens.venue_pages import filled_in
from community.safe_havens.yours.blueprint import bp, haven_of, haven_to_change, page
from community.shared.clock import days_before, london_now, london_today
from community.shared.database import commit
from community.shared.runtime import runtime
from community.support.week_in_words import week_in_words

LONGEST_INSURED_DAYS = 3660


@bp.route("/safe-havens/yours", methods=["GET", "POST"])
def ask() -> ResponseReturnValue:
    """A new link is sent to whoever speaks for a venue; the page is the same for everybody."""
    if request.method != "POST":
        return page("ask.html", errors=[], email="", can_send=post.can_send())
    filled = filled_in()
    email = filled.email("email", missing="Enter your email address.")
    if filled.errors:
        return page("ask.html", 422, errors=filled.errors, email=filled.raw("email")[:254], can_send=post.can_send())
    if pacing.may_write(email, london_now()):
        for haven, address in links.spoken_for(email):
            letters.send_one(haven, address, "links")
        commit()
    return page("asked.html", email=email)


@bp.get("/safe-havens/yours/<link>")
def yours(link: str) -> ResponseReturnValue:
    haven, today = haven_of(link), london_today()
    return page(
        "yours.html",
        haven=haven,
        link=link,
        needs=readiness.needs(haven, today=today) if haven.status == "applied" else [],
        hidden=lasting.hidden_because(haven, today) if haven.status == "approved" else (),
        because=SUSPENSIONS.get(haven.suspended_because or "", ""),
        failed=readiness.failed_lines(haven),
        due=renewing.due_on(haven),
        may_renew=renewing.may_renew(haven, on=today),
        trained=venue_queries.trained(haven.id, on=today),
        place=venue_queries.place_name(haven.place_id),
        hours=week_in_words(haven.opening),
        waiting=week_in_words(haven.opening_proposed) if haven.opening_proposed else [],
        other_days=[days.in_words(f"{e.on_day} {e.opening}") for e in haven.exceptions if e.on_day >= today],
        offers=_offered(haven),
        people=[f"{one.name}, {one.email}" for one in haven.contacts],
        code=team_codes.spelt(haven),
        is_open=haven.status in team_codes.ACTIVE,
        must_agree=haven.agreement != renewing.current_version(),
        uninsured=readiness.must_tell_insurance(haven),
        done=request.args.get("done", ""),
    )


@bp.route("/safe-havens/yours/<link>/agreement", methods=["GET", "POST"])
def agree(link: str) -> ResponseReturnValue:
    haven = haven_to_change(link)
    text = agreement(keeps_out=runtime().settings.havens.keeps_out)
    if request.method != "POST":
        return page("agreement.html", haven=haven, link=link, text=text, errors=[])
    if request.form.get("agree") != "yes":
        errors = [("agree", "Tick the box if you agree.")]
        return page("agreement.html", 422, haven=haven, link=link, text=text, errors=errors)
    renewing.accept_agreement(haven, request.form.get("version", ""), on=london_today())
    return done(link, "agreed")


@bp.route("/safe-havens/yours/<link>/check", methods=["GET", "POST"])
def check(link: str) -> ResponseReturnValue:
    haven, today = haven_to_change(link), london_today()
    asks = runtime().settings.havens.insurance
    filled = filled_in()
    until = None
    if request.method == "POST":
        if asks:
            until = filled.day(
                "insured", missing="Enter the day on which your public liability insurance ends.", first=today,
                last=days_before(today, -LONGEST_INSURED_DAYS), outside="Enter a day from today on.",
            )  # fmt: skip
        filled.choices("right", ["yes"])
        if not filled.kept["right"]:
            filled.wrong("right", "Tick the box if all is right. If not, change it first.")
        if not filled.errors:
            renewed = renewing.renew(haven, on=today, insured_until=until)
            return done(link, "checked" if renewed.counts else "visit")
    return page(
        "check.html", 422 if filled.errors else 200, haven=haven, link=link, errors=filled.errors, values=filled.sent,
        asks=asks, hours=week_in_words(haven.opening), offers=_offered(haven),
        due=renewing.due_on(haven), may_renew=renewing.may_renew(haven, on=today),
    )  # fmt: skip


@bp.post("/safe-havens/yours/<link>/code")
def new_code(link: str) -> ResponseReturnValue:
    """Another code behind the counter; the one before opens nothing any more."""
    haven = haven_of(link)
    details.open_to_change(haven)
    team_codes.renew(haven)
    return done(link, "code")


@bp.route("/safe-havens/yours/<link>/leave", methods=["GET", "POST"])
def leave(link: str) -> ResponseReturnValue:
    haven = haven_of(link) if request.method == "POST" else haven_to_change(link)
    if request.method != "POST":
        return page("leave.html", haven=haven, link=link)
    renewing.leave(haven, on=london_today())
    return done(link, "left")


def done(link: str, what: str) -> ResponseReturnValue:
    """Store it, and back to the venue's page, which says what was done."""
    commit()
    return redirect(url_for("haven_yours.yours", link=link, done=what), 303)


def _offered(haven: SafeHaven) -> list[str]:
    return [OFFERED[key][:1].upper() + OFFERED[key][1:] for key in haven.offers if key in OFFERED]
