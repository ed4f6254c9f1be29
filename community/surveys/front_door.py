"""The survey's first page, and the tap on it, before Flask is asked: what a worker has ready goes out at once.

They are the commonest requests there are, and their pages are known but for the ticket. Only what is in memory is sent
from here; whatever is not, or is asked for in any other way, is Flask's to answer, which puts it in memory."""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from flask import Flask
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from community.shared.clock import london_today, now_ms
from community.shared.daily_keys import KeyGone
from community.shared.headers import PAGE_HEADERS, takes_gzip
from community.shared.languages import first_spoken
from community.shared.runtime import Runtime
from community.surveys.first_tap import TRIED, counted
from community.surveys.pages import first_key
from community.surveys.tickets import seal
from community.surveys.visits import poster_key, ticket_for

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_AT_POSTERS: Final = "/q/"
_LONG_SECONDS: Final = 1.0
_MOST_HEADER: Final = 500
_HEADERS: Final = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"), *PAGE_HEADERS]


def open_front_door(app: Flask, runtime: Runtime) -> None:
    """Let an application's first pages, and what answers a tap on them, out at once. Before `init_headers`, which
    dresses whatever goes out."""
    app.wsgi_app = _before(app, app.wsgi_app, runtime)  # type: ignore[method-assign, assignment]


def _before(app: Flask, inner: WSGIApplication, at: Runtime) -> WSGIApplication:
    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        page = None
        if environ["PATH_INFO"].startswith(_AT_POSTERS):
            match environ["REQUEST_METHOD"]:
                case "GET":
                    page = _ready(environ, at)
                case "POST":
                    page = _answered(app, environ, at)
        if page is None:
            return inner(environ, start_response)
        start_response("200 OK", [*_HEADERS, ("Content-Length", str(len(page)))])
        return [page]

    return application


def _ready(environ: WSGIEnvironment, at: Runtime) -> bytes | None:
    """The packed page that a scan asks for, with a new ticket; None when Flask must make it."""
    path: str = environ["PATH_INFO"]
    if environ.get("QUERY_STRING"):
        return None
    today = london_today()
    visit = at.recent.peek(poster_key(path.removeprefix(_AT_POSTERS), today))
    if visit is None or not takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
        return None
    language = _language(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
    if language is None:
        return None
    page = at.pages.peek(first_key(visit, language))
    if page is None:
        return None
    ticket = ticket_for(visit, language, today=today, issued_ms=now_ms())
    try:
        sealed = seal(ticket, at.keys, today=today)
    except (OSError, KeyGone):
        return None  # the day's key cannot be read: Flask has a page for that
    if visit.poster_id is not None:
        at.counters.note("scans", visit.poster_id, today.isoformat())
    packed: bytes = page.gzipped(sealed)
    return packed


def _answered(app: Flask, environ: WSGIEnvironment, at: Runtime) -> bytes | None:
    """The packed page that answers a first tap, which is then counted; None when Flask must see to it."""
    began = time.monotonic()
    with app.app_context():
        try:
            return counted(environ, at)
        except Exception as fault:
            # Flask tries once more, which heals a line that was cut, and has a page for the rest.
            if time.monotonic() - began > _LONG_SECONDS:
                environ[TRIED] = fault
            return None


@lru_cache(maxsize=512)
def _language(header: str) -> str | None:
    return first_spoken(parse_accept_header(header, LanguageAccept)) if len(header) < _MOST_HEADER else None
