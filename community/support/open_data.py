"""`/api/v1/services`: the support directory as open data, in the form of Open Referral UK."""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from community.shared.clock import london_today
from community.shared.open_data import open_to_everyone, page_asked, whole_number
from community.support import service
from community.support.open_referral import MOST_PER_PAGE, PER_PAGE, chosen, full, identifier, page_of

bp = Blueprint("support_open_data", __name__, url_prefix="/api/v1")
open_to_everyone(bp, seconds=3600)


@bp.get("/services")
def several() -> ResponseReturnValue:
    """A page of the services that the public may see: ?page=, ?per_page=, ?search=, ?minimum_age=, ?maximum_age=."""
    number, size = page_asked(usual=PER_PAGE, most=MOST_PER_PAGE)
    ages = {name: whole_number(name, 0, 150) for name in ("minimum_age", "maximum_age")}
    found = chosen(service.directory(today=london_today()), search=request.args.get("search", "")[:200], **ages)
    return jsonify(page_of(found, number=number, size=size))


@bp.get("/services/<service_id>")
def one(service_id: str) -> ResponseReturnValue:
    """One service with all that belongs to it, by the id that the list gives."""
    for found in service.directory(today=london_today()):
        if identifier("service", found.id) == service_id:
            return jsonify(full(found))
    return jsonify(message="There is no service of this id. GET /api/v1/services lists them."), 404
