"""A person's own account: what it may open, another app, fresh recovery codes, signing out everywhere."""

from __future__ import annotations

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from community.extensions import db
from community.shared.clock import london_now
from community.staff import audit
from community.staff.access import here_now, needs
from community.staff.forms import Code, Password
from community.staff.here import here
from community.staff.models import Account
from community.staff.service import links, passwords, second_step, signing_in
from community.staff.views import half_way
from community.staff.views.blueprint import bp
from community.staff.views.second_step import NEW_SECRET, WRONG_CODE, set_up_page, waiting_secret


@bp.get("/account")
@needs("see_home")
def account() -> ResponseReturnValue:
    return _page(here_now(), [])


@bp.post("/account/recovery-codes")
@needs("see_home")
def new_codes() -> ResponseReturnValue:
    form, person = Password(request.form), here_now()
    errors = [] if form.validate() else form.problems()
    if person.totp_secret is None:
        return redirect(url_for("staff.another_app"))
    if errors := errors or password_fault(person, form.password.data, field="password"):
        return _page(person, errors), 422
    codes = second_step.new_codes(person)
    db.session.commit()
    return render_template("staff/recovery_codes.html", codes=codes, after=url_for("staff.account"))


@bp.route("/account/app", methods=["GET", "POST"])
@needs("see_home")
def another_app() -> ResponseReturnValue:
    person, form, given, secret = here_now(), Code(request.form), Password(request.form), waiting_secret()
    if request.method == "GET":
        return set_up_page(person, form, secret, [], own=True)
    errors = [*([] if form.validate() else form.problems()), *([] if given.validate() else given.problems())]
    if errors := errors or password_fault(person, given.password.data, field="password"):
        return set_up_page(person, form, secret, errors, own=True), 422
    codes = second_step.set_up(person, secret, form.code.data)
    if codes is None:
        return set_up_page(person, form, secret, [("code", WRONG_CODE)], own=True), 422
    session.pop(NEW_SECRET)
    db.session.commit()
    return render_template("staff/recovery_codes.html", codes=codes, after=url_for("staff.account"))


@bp.post("/account/sign-out-everywhere")
@needs("see_home")
def sign_out_everywhere() -> ResponseReturnValue:
    person = here_now()
    links.end_sessions(person)
    audit.record("account.sign-out-everywhere", str(person.id))
    db.session.commit()
    half_way.forget()
    return redirect(url_for("staff.sign_in", done="out"))


def password_fault(person: Account, password: str, *, field: str) -> list[tuple[str, str]]:
    """What is wrong with the password that somebody who is signed in gave again; nothing when it is theirs."""
    email, address, now, tries = person.email, request.remote_addr or "", london_now(), here().tries
    if wait := tries.may_try(email, address, now):
        return [(field, wait.words)]
    try:
        if signing_in.confirm(person, password):
            return []
    except passwords.Busy as busy:
        return [(field, busy.message)]
    tries.wrong(email, address, now)
    return [(field, "That is not your password. Try again.")]


def _page(person: Account, errors: list[tuple[str, str]]) -> str:
    return render_template(
        "staff/account.html",
        person=person,
        codes_left=second_step.codes_left(person),
        errors=errors,
        done=request.args.get("done"),
    )
