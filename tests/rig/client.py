"""Asking the application as a browser or a person at a terminal would: every page that comes back is checked."""

from __future__ import annotations

import contextvars
import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from click.testing import Result
from flask import Flask, Response, has_app_context
from flask.testing import FlaskClient

from community.extensions import db
from tests.rig.forms import Values, press
from tests.rig.pages import Page, header_faults


class PageResponse(Response):
    """A response whose HTML can be asked about."""

    @cached_property
    def html(self) -> str:
        body = self.get_data()
        return (gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body).decode()

    @cached_property
    def page(self) -> Page:
        return Page(self.html)


class Client(FlaskClient):
    """A browser without scripts, at the application given. Checks every HTML page: grammar, headings, labels,
    language, nothing inline, nothing from elsewhere, no cookie. An unforeseen error is raised, unless
    `surprises=True` asks for the page a person would see."""

    def __init__(self, app: Flask, *, surprises: bool = False, **options: Any) -> None:
        options.setdefault("response_wrapper", PageResponse)
        super().__init__(app, **options)
        self.surprises = surprises
        self.environ_base = {"REMOTE_ADDR": "127.0.0.1", "HTTP_USER_AGENT": "A browser in a test"}

    def open(self, *args: Any, **options: Any) -> Any:
        options.setdefault("buffered", True)  # read to the end and closed, as a browser does
        unforeseen: list[BaseException] = []
        settle_session()
        with _noticing(self.application, unforeseen):
            # A context of its own, as in a server: no application context or language of the test leaks into it.
            response = contextvars.Context().run(super().open, *args, **options)
        refresh_session()
        if unforeseen and not self.surprises:
            raise unforeseen[0]
        check_response(response)
        return response

    def press(self, response: Any, words: str, values: Values | None = None, **headers: str) -> Any:
        """Press a button on a page that was fetched, filled in as `tests.rig.forms.press` says; the next page."""
        sending = press(response.page, words, values)
        address = sending.action or response.request.full_path.rstrip("?")
        if sending.method == "get":
            return self.get(address, query_string=sending.grouped(), headers=headers)
        return self.post(address, data=sending.grouped(), headers=headers)

    def follow(self, response: Any, words: str) -> Any:
        """Follow the first link whose words contain these."""
        address = response.page.link(words)
        path = response.request.path
        return self.get(path + address if address.startswith("?") else address)


class Runner:
    """Types commands: `run("places", "list")` is `flask places list`."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def __call__(self, *words: str, input: str | None = None, status: int = 0) -> Result:
        """What a command printed. Fails unless it ended with `status`, and never with a stack trace."""
        settle_session()
        runner = self.app.test_cli_runner()
        result = contextvars.Context().run(runner.invoke, args=list(words), input=input)
        refresh_session()
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == status, f"flask {' '.join(words)} ended with {result.exit_code}:\n{result.output}"
        return result

    def json(self, *words: str) -> Any:
        """The one JSON document a command prints with `--json`."""
        return json.loads(self(*words, "--json").stdout)


def check_response(response: Any) -> None:
    """Fail with every rule that a response breaks."""
    path = response.request.path
    if "Set-Cookie" in response.headers and not path.startswith("/staff"):
        raise AssertionError(f"{path} sets a cookie: {response.headers['Set-Cookie'].partition('=')[0]}")
    if response.mimetype != "text/html" or response.request.method == "HEAD" or response.status_code in (301, 302, 303):
        return
    faults = [*response.page.faults(), *header_faults(response.page, path, response.headers)]
    if faults:
        listed = "\n".join(f"  - {fault}" for fault in faults)
        raise AssertionError(f"{response.request.method} {path} ({response.status_code}):\n{listed}\n{response.html}")


def settle_session() -> None:
    """Make what the test has added visible to the request or command that follows."""
    if has_app_context():
        db.session.commit()


def refresh_session() -> None:
    """Let the test see what the request or command stored."""
    if has_app_context():
        db.session.expire_all()


@contextmanager
def _noticing(app: Flask, errors: list[BaseException]) -> Iterator[None]:
    """Collect the errors that reach the application's last handler; what it answers is unchanged."""
    handlers = app.error_handler_spec[None][None]
    handler = handlers.get(Exception)
    if handler is None:
        yield
        return

    def note(error: Exception) -> Any:
        errors.append(error)
        return handler(error)

    handlers[Exception] = note
    try:
        yield
    finally:
        handlers[Exception] = handler
