"""From a poster on a wall to its page under /staff: by its code, its printed address, or the phone's camera.

The poster's own address is a public page, to which the browser sends no cookie: it cannot know that an officer looks at
it, and must not. So a poster is read off here instead, or reached from the link on its public page.
"""

from __future__ import annotations

from flask import Response, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.places.scanned import LONGEST, read
from community.places.service import posters
from community.staff.access import needs
from community.surveys.poster_desk.blueprint import bp

CAMERA = "geolocation=(), camera=(self), microphone=()"
"""On this page alone may a script of ours ask for the camera."""


@bp.get("/scan")
@needs("see_posters")
def scan() -> ResponseReturnValue:
    typed = request.args.get("code", "")[:LONGEST]
    found = read(typed, base_url=current_app.config["SETTINGS"].public_base_url)
    if found.code and not found.elsewhere and posters.find(found.code) is not None:
        return redirect(url_for("poster_desk.poster", code=found.code))
    if not typed:
        return _page()
    if found.elsewhere:
        return _page(typed, "This code does not lead to us.", elsewhere=found.elsewhere)
    return _page(typed, "No poster of ours has this code. Check it letter by letter, or scan again.")


def _page(typed: str = "", problem: str = "", elsewhere: str | None = None) -> Response:
    errors = [("code", problem)] if problem else []
    page = render_template("surveys/poster_desk/scan.html", typed=typed, errors=errors, elsewhere=elsewhere)
    response = make_response(page, 422 if problem else 200)
    response.headers["Permissions-Policy"] = CAMERA
    return response
