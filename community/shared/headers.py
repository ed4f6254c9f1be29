"""Security headers on every answer, and gzip for pages that are not sent in pieces already."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, current_app, request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PACK_FROM_BYTES = 600
PAGE_HEADERS = (("Cache-Control", "private, no-cache"), ("Vary", "Accept-Encoding, Accept-Language"))
"""Of every page that sets none of its own."""


def init_headers(app: Flask, style_hashes: str) -> None:
    """Add the headers to all answers of an application. No inline script, no third party, no framing."""
    policy = (
        f"default-src 'none'; style-src 'self' {style_hashes}; script-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    app.config["CONTENT_SECURITY_POLICY"] = policy
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
    app.wsgi_app = _adding(app.wsgi_app, list(fixed.items()))  # type: ignore[method-assign, assignment]
    app.after_request(_dress)


def _adding(inner: WSGIApplication, fixed: list[tuple[str, str]]) -> WSGIApplication:
    """The fixed headers on whatever goes out, where a page has not set its own; below Flask, which would look each up
    in each answer."""

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
            own = {name for name, _ in headers}
            return start_response(status, headers + [pair for pair in fixed if pair[0] not in own], exc_info)

        return inner(environ, start)

    return application


def may_show_frames(response: Response) -> Response:
    """Let a page show other pages of ours within it."""
    policy = current_app.config["CONTENT_SECURITY_POLICY"]
    response.headers["Content-Security-Policy"] = f"{policy}; frame-src 'self'"
    return response


def may_be_framed(response: Response) -> Response:
    """Let a page of ours show this one within it; it then runs and sends nothing."""
    policy = current_app.config["CONTENT_SECURITY_POLICY"]
    for name, ours, instead in (
        ("frame-ancestors", "'none'", "'self'"),
        ("form-action", "'self'", "'none'"),
        ("script-src", "'self'", "'none'"),
    ):
        policy = policy.replace(f"{name} {ours}", f"{name} {instead}")
    response.headers["Content-Security-Policy"] = policy
    return response


def _dress(response: Response) -> Response:
    if response.mimetype == "text/html":
        for name, value in PAGE_HEADERS:
            response.headers.setdefault(name, value)
        _pack(response)
    return response


def _pack(response: Response) -> None:
    if response.direct_passthrough or response.headers.get("Content-Encoding") or not accepts_gzip():
        return
    body = response.get_data()
    if len(body) >= PACK_FROM_BYTES:
        response.set_data(gzip.compress(body, 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"


def accepts_gzip() -> bool:
    """Whether the browser of the request at hand takes gzip."""
    return takes_gzip(request.headers.get("Accept-Encoding", ""))


def takes_gzip(accept_encoding: str) -> bool:
    """Whether gzip is among what an Accept-Encoding header takes."""
    accepted = accept_encoding.replace(" ", "")
    return "gzip" in accepted and "gzip;q=0" not in accepted.replace("gzip;q=0.", "")
