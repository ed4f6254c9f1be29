"""Signing in and out, and the first page for those who are in."""

from __future__ import annotations

from flask import Blueprint, Flask, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from community.extensions import db
from community.shared.clock import london_now
from community.staff import audit, home
from community.staff.access import SESSION_KEY, anyone, needs, safe_next, signed_in
from community.staff.engine import init_engine
from community.staff.forms import SignIn
from community.staff.here import here
from community.staff.models import Account
from community.staff.service import accounts, passwords

bp = Blueprint("staff", __name__, url_prefix="/staff")


def init_staff(app: Flask) -> None:
    """Set sign-in up, and what templates under staff/ may ask for."""
    settings = app.extensions["community"].settings
    app.config.update(
        SESSION_COOKIE_NAME="staff",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_production,
        WTF_CSRF_TIME_LIMIT=None,  # a form is good as long as its session
        WTF_CSRF_SSL_STRICT=False,  # it asks for a referrer, which our own pages tell the browser not to send
    )
    init_engine(app)
    app.jinja_env.globals.update(staff_links=home.links_for, staff_person=signed_in)


@bp.get("", endpoint="home")
@needs("see_home")
def home_page() -> ResponseReturnValue:
    person = signed_in()
    assert person is not None
    return render_template("staff/home.html", cards=home.cards_for(person, london_now()))


@bp.route("/sign-in", methods=["GET", "POST"])
@anyone
def sign_in() -> ResponseReturnValue:
    form = SignIn(request.form)
    after = safe_next(request.values.get("next"))
    if request.method == "GET":
        return render_template("staff/sign_in.html", form=form, errors=[], next=after)
    if not form.validate():
        return render_template("staff/sign_in.html", form=form, errors=form.problems(), next=after), 422
    account = accounts.by_email(form.email.data or "")
    usable = account if account is not None and accounts.may_sign_in(account) else None
    if not passwords.is_right(form.password.data or "", usable.password if usable else None) or usable is None:
        errors = [("email", "The email address or the password is not right. Check both and try again.")]
        return render_template("staff/sign_in.html", form=form, errors=errors, next=after), 422
    enter(usable)
    db.session.commit()
    return redirect(after)


@bp.post("/sign-out")
@anyone
def sign_out() -> ResponseReturnValue:
    if token := session.get(SESSION_KEY):
        here().sessions.end(token)
    session.clear()
    return redirect(url_for("staff.sign_in"))


def enter(account: Account) -> None:
    """Begin a session of its own: nothing of what came before is carried into it."""
    session.clear()
    g.pop("csrf_token", None)
    session[SESSION_KEY] = here().sessions.begin(account.id, account.fs_uniquifier, london_now())
    audit.record("account.sign-in", str(account.id), who=account.id)
