"""Pages for what went wrong: what to do next, 999 and where to get help, without asking the database anything."""

from __future__ import annotations

import logging

from flask import Flask, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, NotFound

from community.shared.typed_addresses import meant

log = logging.getLogger(__name__)

PAGES = {
    400: (_l("Something in that page did not arrive whole"), _l("Go back, open the page again and try once more.")),
    403: (_l("You cannot open this page"), _l("If you think you should be able to, tell us.")),
    404: (_l("We cannot find that page"), _l("Check the address, or start from the first page.")),
    405: (_l("That page cannot be used in this way"), _l("Start from the first page.")),
    410: (_l("That page is no longer here"), _l("Start from the first page.")),
    413: (_l("That was too long for us to take"), _l("Go back, make it shorter and send it again.")),
    415: (_l("We could not read what was sent"), _l("Go back, open the page again and try once more.")),
    422: (_l("Something in that page did not arrive whole"), _l("Go back, open the page again and try once more.")),
    429: (_l("We are very busy just now"), _l("Wait a minute, then try again.")),
    500: (_l("Something went wrong on our side"), _l("Nothing you did caused this. Try again in a few minutes.")),
    503: (_l("We cannot take answers just now"), _l("Nothing you did caused this. Keep this page and try again.")),
}


def error_page(status: int) -> tuple[str, int]:
    """The page and status for an error; one we have no words for is shown as the nearest we have."""
    known = status if status in PAGES else 400 if status < 500 else 500
    heading, advice = PAGES[known]
    return render_template(
        "errors/error.html", heading=heading, advice=advice, lines=current_app.config["ERROR_LINES"]
    ), status


def init_error_pages(app: Flask) -> None:
    """Show our own page for every error. An unforeseen one is logged by its kind and place only: its message
    could quote what a person wrote."""

    @app.errorhandler(HTTPException)
    def expected(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.code < 400:
            return error.get_response()
        if isinstance(error, NotFound) and request.routing_exception is error:
            typed = meant(app, request)
            if typed is not None:
                return redirect(typed)
        said = [(name, value) for name, value in error.get_headers() if name != "Content-Type"]  # Allow, Retry-After
        return *error_page(error.code), said

    @app.errorhandler(OperationalError)
    def database_gone(error: OperationalError) -> ResponseReturnValue:
        log.error("database: %s", type(error.orig).__name__)
        return error_page(503)

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> ResponseReturnValue:
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
        log.error("unforeseen %s at %s", type(error).__name__, where)
        return error_page(500)
