"""Saying "not yet" to somebody who tries too fast."""

from __future__ import annotations

from flask import Response, make_response

from community.staff.tries import Wait


def slow_down(page: str, wait: Wait | None = None) -> Response:
    """A page with 429 and when to come again."""
    response = make_response(page, 429)
    response.headers["Retry-After"] = str(wait.seconds if wait else 3)
    return response
