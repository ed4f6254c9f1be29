"""`/api/v1/services`: the support directory as open data, in the form of Open Referral UK."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from community.shared.clock import london_today
from community.support import service
from community.support.open_referral import MOST_PER_PAGE, PER_PAGE, chosen, full, identifier, page_of

bp = Blueprint("support_open_data", __name__, url_prefix="/api/v1")


class _NoNumber(ValueError):
    """A parameter that must be a whole number is not, or is out of range."""


@bp.get("/services")
def several() -> ResponseReturnValue:
    """A page of the services that the public may see: ?page=, ?per_page=, ?search=, ?minimum_age=, ?maximum_age=."""
    try:
        number, size = _whole("page", 1, 1_000_000) or 1, _whole("per_page", 1, MOST_PER_PAGE) or PER_PAGE
        ages = {name: _whole(name, 0, 150) for name in ("minimum_age", "maximum_age")}
    except _NoNumber as fault:
        return jsonify(message=str(fault)), 400
    found = chosen(service.directory(today=london_today()), search=request.args.get("search", "")[:200], **ages)
    return jsonify(page_of(found, number=number, size=size))


@bp.get("/services/<service_id>")
def one(service_id: str) -> ResponseReturnValue:
    """One service with all that belongs to it, by the id that the list gives."""
    for found in service.directory(today=london_today()):
        if identifier("service", found.id) == service_id:
            return jsonify(full(found))
    return jsonify(message="There is no service of this id. GET /api/v1/services lists them."), 404


@bp.after_request
def for_everyone(response: Response) -> Response:
    """Any site may read it; a copy may be kept for an hour."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if response.status_code == 200:
        response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def _whole(name: str, least: int, most: int) -> int | None:
    text = request.args.get(name, "")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 9 or not least <= int(text) <= most:
        raise _NoNumber(f"{name} must be a whole number from {least} to {most}.")
    return int(text)
