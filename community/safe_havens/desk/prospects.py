"""Businesses to approach: the list, one of them, what they said."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.extensions import db
from community.places.slugs import plain
from community.safe_havens.desk.beside import said_beside
from community.safe_havens.desk.blueprint import SEE_OTHER, Errors, bp
from community.safe_havens.desk.prospect_form import ProspectForm
from community.safe_havens.desk.showing import may
from community.safe_havens.kinds import HAVEN_KINDS, PROSPECT_ANSWERS
from community.safe_havens.models import HavenProspect
from community.safe_havens.service import prospects
from community.safe_havens.service.prospects import NoSuchProspect, OnTheList
from community.shared.clock import london_now, london_today
from community.staff.access import needs

DONE = {
    "added": "It is on the list.",
    "changed": "It is changed.",
    "removed": "It is off the list, and its contact is gone.",
    "in": "The file is brought in.",
}


@bp.get("/prospects")
@needs("see_havens")
def to_approach() -> ResponseReturnValue:
    sought = {name: request.args.get(name, "")[:100].strip() for name in ("q", "answer", "kind", "place")}
    spots = {spot.id: spot for spot in prospects.spots()}
    found = [
        one
        for one in prospects.everyone()
        if sought["answer"] in ("", one.answer)
        and sought["kind"] in ("", one.kind)
        and (not sought["place"] or (one.place_id in spots and spots[one.place_id].slug == sought["place"]))
        and all(word in plain(f"{one.name} {one.address}") for word in plain(sought["q"]).split())
    ]
    allowed = may()
    counts = tuple(request.args.get(name, "") for name in ("new", "there"))
    return render_template(
        "safe_havens/desk/prospects.html",
        found=found,
        sought=sought,
        spots=spots,
        used=sorted(
            {spots[one.place_id] for one in prospects.everyone() if one.place_id in spots}, key=lambda s: s.name
        ),
        said=said_beside(london_now()) if allowed["may_coverage"] else {},
        answers=PROSPECT_ANSWERS,
        done=DONE.get(request.args.get("done", "")),
        counts=counts if all(n.isascii() and n.isdigit() and len(n) < 5 for n in counts) else None,
        **allowed,
    )


@bp.route("/prospects/new", methods=["GET", "POST"])
@needs("manage_havens")
def new_prospect() -> ResponseReturnValue:
    return _form(None)


@bp.route("/prospects/<int:prospect_id>", methods=["GET", "POST"])
@needs("manage_havens")
def prospect(prospect_id: int) -> ResponseReturnValue:
    return _form(_found(prospect_id))


@bp.post("/prospects/<int:prospect_id>/remove")
@needs("manage_havens")
def remove_prospect(prospect_id: int) -> ResponseReturnValue:
    prospects.remove(_found(prospect_id))
    db.session.commit()
    return redirect(url_for("havens_desk.to_approach", done="removed"), SEE_OTHER)


def _form(before: HavenProspect | None) -> ResponseReturnValue:
    spots, today = prospects.spots(), london_today()
    form = ProspectForm(
        request.form if request.method == "POST" else None, **_shown(before, {s.id: s.slug for s in spots})
    )
    form.offer(spots, today)
    errors: Errors = [] if request.method == "GET" or form.validate() else form.problems()
    if request.method == "POST" and not errors:
        try:
            values = form.values(spots, before)
            if before is None:
                prospects.add(values, on=today)
            else:
                prospects.change(before, values)
            db.session.commit()
            return redirect(url_for("havens_desk.to_approach", done="changed" if before else "added"), SEE_OTHER)
        except OnTheList as refused:
            db.session.rollback()
            errors = [("name", refused.message)]
    page = render_template(
        "safe_havens/desk/prospect.html",
        form=form,
        prospect=before,
        venue=prospects.venue_of(before) if before else None,
        kinds=[("", "Select a kind"), *HAVEN_KINDS.items()],
        places=[("", "Select a place"), *((spot.slug, spot.name) for spot in spots)],
        answers=[(key, words.capitalize()) for key, words in PROSPECT_ANSWERS.items()],
        errors=errors,
    )
    return page, 422 if errors else 200


def _shown(prospect: HavenProspect | None, slugs: dict[int, str]) -> dict[str, object]:
    """What the form begins with."""
    if prospect is None:
        return {}
    names = (
        "name", "kind", "address", "contact_name", "contact_email", "contact_phone", "approached_on", "answer",
    )  # fmt: skip
    return {name: getattr(prospect, name) for name in names} | {"place": slugs.get(prospect.place_id or 0, "")}


def _found(number: int) -> HavenProspect:
    try:
        return prospects.get(number)
    except NoSuchProspect:
        abort(404)
