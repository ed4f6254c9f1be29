"""Forms without a cookie cannot carry a session's token; the browser says instead where they were sent from."""

from __future__ import annotations

from flask import abort, request


def only_from_our_own_pages() -> None:
    """Before a request: another site's page may link here, but not send our forms in somebody's name. Old browsers do
    not say where they come from."""
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(403)
