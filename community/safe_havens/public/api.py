"""`/api/v1/safe-havens`: the list as GeoJSON, and in the form of Open Referral UK."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from community.safe_havens import open_data
from community.safe_havens.service.listing import directory
from community.shared.clock import london_now
from community.shared.runtime import runtime
from community.support.open_referral import MOST_PER_PAGE, PER_PAGE, paged

bp = Blueprint("safe_havens_open_data", __name__, url_prefix="/api/v1/safe-havens")

MINUTE_SECONDS = 60


class _BadAsk(ValueError):
    """A parameter has a value that it cannot have."""


@bp.get("")
def points() -> ResponseReturnValue:
    """Every venue as a point: ?open=now for those open at this minute."""
    asked = request.args.get("open")
    if asked not in (None, "now"):
        return jsonify(message="open can only be: now."), 400
    now = london_now()
    listed = directory(now)
    response = jsonify(open_data.collection(listed.open_at(now) if asked else listed.venues, now))
    response.mimetype = "application/geo+json"
    return response


@bp.get("/services")
def services() -> ResponseReturnValue:
    """A page of the venues in the form of Open Referral UK: ?page=, ?per_page=."""
    try:
        number, size = _whole("page", 1_000_000, 1), _whole("per_page", MOST_PER_PAGE, PER_PAGE)
    except _BadAsk as fault:
        return jsonify(message=str(fault)), 400
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


@bp.after_request
def for_everyone(response: Response) -> Response:
    """Any site may read it. A copy may be kept for a minute: doors open and shut."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if response.status_code == 200:
        response.headers["Cache-Control"] = f"public, max-age={MINUTE_SECONDS}"
    return response


def _whole(name: str, most: int, usual: int) -> int:
    text = request.args.get(name, "")
    if not text:
        return usual
    if not text.isascii() or not text.isdigit() or len(text) > 9 or not 1 <= int(text) <= most:
        raise _BadAsk(f"{name} must be a whole number from 1 to {most}.")
    return int(text)
