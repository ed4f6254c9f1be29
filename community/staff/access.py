"""Who may open a page under /staff: each of its views stands under `@needs("a permission")` or `@anyone`.

    @bp.get("/staff/insights/<survey>")
    @needs("see_answers")
    def survey(survey: str) -> ResponseReturnValue: ...

A person who is not signed in is sent to the sign-in page and comes back afterwards; one who may not open the page is
told so. A form that is sent must carry the session's own token. Nothing here runs for a public page.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from flask import Response, current_app, g, make_response, redirect, render_template, request, session, url_for

from community.extensions import csrf
from community.shared import languages
from community.shared.clock import london_now
from community.staff import audit
from community.staff.here import here
from community.staff.roles import NEEDS_A_CODE, PERMISSIONS, ROLES
from community.staff.service import accounts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.typing import ResponseReturnValue

    from community.staff.models import Account

__all__ = [
    "ANYONE",
    "NEEDS_A_CODE",
    "PERMISSIONS",
    "ROLES",
    "anyone",
    "find",
    "here_now",
    "needs",
    "safe_next",
    "signed_in",
]

ANYONE: Final = "anyone"
"""The mark of a page that must open before somebody is signed in."""
SESSION_KEY: Final = "held"
"""Where the cookie keeps the session's token."""
View = Callable[..., Any]


def needs(permission: str, *, counts_as_activity: bool = True) -> Callable[[View], View]:
    """Only for those who have a permission of `PERMISSIONS`.

    counts_as_activity: False for what a page asks by itself, such as whether there are new answers: it keeps nobody
    signed in, and answers 401 instead of leading to the sign-in page."""
    if permission not in PERMISSIONS:
        raise ValueError(f"{permission!r} is not in community/staff/roles.py")

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **options: Any) -> Response:
            languages.use("en")
            person = find(active=counts_as_activity)
            if person is None:
                return _private(_to_sign_in() if counts_as_activity else Response("", 401, content_type="text/plain"))
            if not person.may(permission):
                return _private((render_template("staff/not_for_you.html", permission=permission), 403))
            csrf.protect()
            with _as(person):
                return _private(current_app.ensure_sync(view)(*args, **options))

        guarded.staff_access = permission  # type: ignore[attr-defined]
        return guarded

    return guard


def anyone(view: View) -> View:
    """Open to somebody who is not signed in: the pages of signing in itself."""

    @wraps(view)
    def guarded(*args: Any, **options: Any) -> Response:
        languages.use("en")
        csrf.protect()
        return _private(current_app.ensure_sync(view)(*args, **options))

    guarded.staff_access = ANYONE  # type: ignore[attr-defined]
    return guarded


def signed_in() -> Account | None:
    """The person who is signed in, on a page that stands under `needs`; None elsewhere."""
    person: Account | None = g.get("staff")
    return person


def here_now() -> Account:
    """The person a view under `needs` works for."""
    person: Account = g.staff
    return person


def safe_next(address: str | None) -> str:
    """An address to go on to after signing in: one of ours under /staff, else the home page."""
    text = address or ""
    if any(ord(letter) < 33 or letter == "\\" for letter in text):
        return url_for("staff.home")
    parts = urlsplit(text)
    ours = not parts.scheme and not parts.netloc and (parts.path == "/staff" or parts.path.startswith("/staff/"))
    return text if ours and "//" not in parts.path and ".." not in parts.path else url_for("staff.home")


def find(*, active: bool) -> Account | None:
    """Who is signed in, for the rest of this request. active: whether they did something just now."""
    token = session.get(SESSION_KEY)
    if not isinstance(token, str):
        return None
    signed = here().sessions.find(token, london_now(), active=active)
    person = accounts.of_session(signed.account_id, signed.mark) if signed else None
    g.staff = person
    return person


@contextmanager
def _as(person: Account) -> Iterator[None]:
    """While inside, the audit trail knows who it is that acts."""
    token = audit.acting.set(person.id)
    try:
        yield
    finally:
        audit.acting.reset(token)


def _to_sign_in() -> ResponseReturnValue:
    came_for = request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else None
    after = came_for if came_for not in (None, "/staff") else None
    return redirect(url_for("staff.sign_in", next=after))


def _private(answer: Any) -> Response:
    response = make_response(answer)
    response.headers["Cache-Control"] = "no-store"
    return response
