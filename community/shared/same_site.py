"""Forms without a cookie cannot carry a session's token; the browser says instead where they were sent from."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import abort, request

from community.shared.runtime import runtime

UNSAID = ("", "null")
"""What a browser sends as a form's origin when it keeps it to itself: our own pages ask for that, since an address may
hold a ticket."""


def only_from_our_own_pages() -> None:
    """Before a request: another site's page may link here, but not send our forms in somebody's name. New browsers say
    whether it was sent from our own site; of others the name of the site counts, if they give it."""
    if request.method != "POST":
        return
    said = request.headers.get("Sec-Fetch-Site")
    if said == "cross-site" or (said != "same-origin" and not _is_ours(request.headers.get("Origin", ""))):
        abort(403)


def _is_ours(origin: str) -> bool:
    """Whether an origin is ours, or is not told: the address people type, or the one that this request came to."""
    if origin in UNSAID:
        return True
    ours = {urlsplit(runtime().settings.public_base_url).netloc.casefold(), request.host.casefold()}
    try:
        return urlsplit(origin).netloc.casefold() in ours
    except ValueError:  # no address at all
        return False
