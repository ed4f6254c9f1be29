"""The first page of signing in, and the way out."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.extensions import db
from community.shared.clock import london_now
from community.staff.access import anyone, find, safe_next
from community.staff.forms import SignIn
from community.staff.here import here
from community.staff.service import passwords, signing_in
from community.staff.views import half_way
from community.staff.views.blueprint import bp
from community.staff.views.refusing import slow_down

WRONG = "The email address or the password is not right. Check both and try again."
"""The same for an address without an account, one that was switched off, and a wrong password."""


@bp.route("/sign-in", methods=["GET", "POST"])
@anyone
def sign_in() -> ResponseReturnValue:
    form, after = SignIn(request.form), safe_next(request.values.get("next"))
    if request.method == "GET":
        done = request.args.get("done")
        return redirect(after) if find(active=True) else _page(form, after, [], done=done)
    if not form.validate():
        return _page(form, after, form.problems()), 422
    email, address, now = form.email.data, request.remote_addr or "", london_now()
    if wait := here().tries.may_try(email, address, now):
        return slow_down(_page(form, after, [("password", wait.words)]), wait)
    try:
        queues = here().tries.may_queue(email, address, now)
        account = signing_in.check(email, form.password.data, may_queue=queues)
    except passwords.Busy as busy:
        return slow_down(_page(form, after, [("password", busy.message)]))
    if account is None:
        if signing_in.note_wrong(email, here().tries.wrong(email, address, now)):
            db.session.commit()
        return _page(form, after, [("email", WRONG)]), 422
    if account.totp_secret or account.needs_a_code:
        half_way.begin(account, after)
        return redirect(url_for("staff.code" if account.totp_secret else "staff.set_up"))
    half_way.enter(account, by="password")
    db.session.commit()
    return redirect(after)


@bp.post("/sign-out")
@anyone
def sign_out() -> ResponseReturnValue:
    half_way.forget()
    return redirect(url_for("staff.sign_in", done="out"))


def _page(form: SignIn, after: str, errors: list[tuple[str, str]], done: str | None = None) -> str:
    return render_template("staff/sign_in.html", form=form, errors=errors, next=after, done=done)
