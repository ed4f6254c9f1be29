"""`/api/v1/safe-havens`: the list as GeoJSON, and in the form of Open Referral UK."""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from community.safe_havens import open_data
from community.safe_havens.service.listing import directory
from community.shared.clock import london_now
from community.shared.open_data import BadParameter, open_to_everyone, page_asked
from community.shared.runtime import runtime
from community.support.open_referral import MOST_PER_PAGE, PER_PAGE, paged

bp = Blueprint("safe_havens_open_data", __name__, url_prefix="/api/v1/safe-havens")
open_to_everyone(bp, seconds=60)  # doors open and shut


@bp.get("")
def points() -> ResponseReturnValue:
    """Every venue as a point: ?open=now for those open at this minute."""
    asked = request.args.get("open")
    if asked not in (None, "now"):
        raise BadParameter("open can only be: now.")
    now = london_now()
    listed = directory(now)
    response = jsonify(open_data.collection(listed.open_at(now) if asked else listed.venues, now))
    response.mimetype = "application/geo+json"
    return response


@bp.get("/services")
def services() -> ResponseReturnValue:
    """A page of the venues in the form of Open Referral UK: ?page=, ?per_page=."""
    number, size = page_asked(usual=PER_PAGE, most=MOST_PER_PAGE)
    run_by = runtime().settings.organisation.name
    venues = directory(london_now()).venues
    return jsonify(paged(venues, lambda venue: open_data.brief(venue, run_by), number=number, size=size))


@bp.get("/services/<haven_id>")
def service(haven_id: str) -> ResponseReturnValue:
    """One venue with all that belongs to it, by the id that the list gives."""
    for venue in directory(london_now()).venues:
        if open_data.service_id(venue) == haven_id:
            return jsonify(open_data.full(venue, runtime().settings.organisation.name))
    return jsonify(message="No Safe Haven has this id. GET /api/v1/safe-havens/services lists them."), 404
