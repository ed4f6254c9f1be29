"""What the web server itself refuses before the application is asked: an address or headers that are too long, a
request that cannot be read. gunicorn's own words would name nobody who helps, and quote what was sent."""

from __future__ import annotations

import logging
import socket
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any, Final

from flask import Flask
from gunicorn.http.errors import (
    ForbiddenProxyRequest,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)
from gunicorn.workers.gthread import ThreadWorker

from community.shared.error_pages import error_page

log = logging.getLogger(__name__)

TOO_LONG: Final = 413
"""Whose words are said of an address or headers that are too long; the status stays gunicorn's."""
_STATUSES: Final[dict[type[Exception], tuple[int, int]]] = {
    LimitRequestLine: (400, TOO_LONG),
    LimitRequestHeaders: (431, TOO_LONG),
    ForbiddenProxyRequest: (403, 403),
    UnsupportedTransferCoding: (501, 400),
    ParseException: (400, 400),
    Exception: (500, 500),
}
"""Fault -> status and the error page whose words are said; the first that fits."""
_MOST_LEFT: Final = 1_000_000

Answers = Mapping[type[Exception], bytes]


def answers(app: Flask) -> Answers:
    """Fault -> the whole answer. Made before anything goes wrong, in English: what was asked for cannot be read."""
    with app.test_request_context("/"):
        return {fault: _answer(app, *statuses) for fault, statuses in _STATUSES.items()}


def _answer(app: Flask, status: int, words_of: int) -> bytes:
    page = error_page(words_of)[0].encode()
    head = [
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        "Connection: close",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(page)}",
        "Cache-Control: no-store",
        f"Content-Security-Policy: {app.config['CONTENT_SECURITY_POLICY']}",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: no-referrer",
    ]
    return "\r\n".join([*head, "", ""]).encode("ascii") + page


class KindWorker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's worker with threads, but for what it says when it refuses. Its application has `refusals`."""

    def handle_error(self, _req: Any, client: socket.socket, _addr: Any, exc: Exception) -> None:
        """Send the page for a fault. Neither page nor log says who asked or for what."""
        fault = next(kind for kind in _STATUSES if isinstance(exc, kind))
        if fault is Exception:
            log.error("unforeseen %s outside the application", type(exc).__name__)
        with suppress(OSError):
            client.settimeout(1)
            client.sendall(self.app.refusals[fault])
            client.shutdown(socket.SHUT_WR)
            _take_the_rest(client)


def _take_the_rest(client: socket.socket) -> None:
    """Read what has arrived already: closed over it, the connection would be reset and the page lost on its way."""
    client.setblocking(False)
    left = _MOST_LEFT
    while left > 0 and (taken := client.recv(65_536)):
        left -= len(taken)
