"""Addresses typed by hand from a poster that are nearly right: a stroke too many at the end, or a capital at the
beginning, as phones write it by themselves."""

from __future__ import annotations

from flask import Flask, Request
from werkzeug.exceptions import HTTPException


def tidied(path: str) -> str:
    """The path without strokes at its end and with its first word in small letters.

    >>> tidied("/Q/V5XK7HV3/"), tidied("/Help/"), tidied("/")
    ('/q/V5XK7HV3', '/help', '/')
    """
    first, *rest = path.strip("/").split("/")
    return "/" + "/".join([first.lower(), *rest])


def meant(app: Flask, request: Request) -> str | None:
    """Where an address that leads to no page of ours leads to when it is tidied, with its query; None when nowhere."""
    path = tidied(request.path)
    if request.method not in ("GET", "HEAD") or path == request.path:
        return None
    try:
        app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return None
    query = request.query_string.decode("ascii", "replace")
    return f"{path}?{query}" if query else path
