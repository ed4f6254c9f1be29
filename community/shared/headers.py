"""Security headers on every answer, and gzip for pages that are not sent in pieces already."""

from __future__ import annotations

import gzip
from collections.abc import Callable

from flask import Flask, Response, request

PACK_FROM_BYTES = 600


def init_headers(app: Flask, style_hashes: str) -> None:
    """Add the headers to all answers of an application. No inline script, no third party, no framing."""
    policy = (
        f"default-src 'none'; style-src 'self' {style_hashes}; script-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    fixed = {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if app.config["SETTINGS"].public_base_url.startswith("https://"):
        fixed["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    app.after_request(_add(fixed))


def _add(fixed: dict[str, str]) -> Callable[[Response], Response]:
    def add(response: Response) -> Response:
        for name, value in fixed.items():
            response.headers.setdefault(name, value)
        if response.mimetype == "text/html":
            response.headers.setdefault("Cache-Control", "private, no-cache")
            response.headers["Vary"] = "Accept-Encoding, Accept-Language"
            _pack(response)
        return response

    return add


def _pack(response: Response) -> None:
    if response.direct_passthrough or response.headers.get("Content-Encoding") or not accepts_gzip():
        return
    body = response.get_data()
    if len(body) >= PACK_FROM_BYTES:
        response.set_data(gzip.compress(body, 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"


def accepts_gzip() -> bool:
    """Whether the browser of the request at hand takes gzip."""
    return "gzip" in request.headers.get("Accept-Encoding", "")
