"""The second step of signing in: a code from an app, a recovery code, or setting an app up the first time."""

from __future__ import annotations

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from community.extensions import db
from community.shared.clock import london_now
from community.staff.access import anyone
from community.staff.forms import Code, RecoveryCode
from community.staff.here import here
from community.staff.models import Account
from community.staff.service import second_step
from community.staff.views import half_way
from community.staff.views.blueprint import bp
from community.staff.views.refusing import slow_down

NEW_SECRET = "new_secret"  # noqa: S105  the name of a place in the cookie, where it stands encrypted
WRONG_CODE = "That code is not right, or was used already. Wait for the next one in the app, then type it."


@bp.route("/sign-in/code", methods=["GET", "POST"])
@anyone
def code() -> ResponseReturnValue:
    account = half_way.whose()
    if account is None or account.totp_secret is None:
        return redirect(url_for("staff.sign_in"))
    return _step(account, Code(request.form), "staff/code.html", WRONG_CODE, by="app")


@bp.route("/sign-in/recovery-code", methods=["GET", "POST"])
@anyone
def recovery_code() -> ResponseReturnValue:
    account = half_way.whose()
    if account is None or account.totp_secret is None:
        return redirect(url_for("staff.sign_in"))
    wrong = "That recovery code is not right, or was used already. Try another one from your list."
    return _step(account, RecoveryCode(request.form), "staff/recovery_code.html", wrong, by="recovery code")


@bp.route("/sign-in/set-up", methods=["GET", "POST"])
@anyone
def set_up() -> ResponseReturnValue:
    account = half_way.whose()
    if account is None or account.totp_secret is not None:
        return redirect(url_for("staff.sign_in"))
    form, secret = Code(request.form), waiting_secret()
    if request.method == "GET":
        return set_up_page(account, form, secret, [])
    if not form.validate():
        return set_up_page(account, form, secret, form.problems()), 422
    codes = second_step.set_up(account, secret, form.code.data)
    if codes is None:
        return set_up_page(account, form, secret, [("code", WRONG_CODE)]), 422
    after = half_way.after()
    half_way.enter(account, by="app")
    db.session.commit()
    return render_template("staff/recovery_codes.html", codes=codes, after=after)


def waiting_secret() -> str:
    """The secret that an app is being given, encrypted; the same one until it is in use."""
    if not isinstance(session.get(NEW_SECRET), str):
        session[NEW_SECRET] = second_step.new_secret()
    secret: str = session[NEW_SECRET]
    return secret


def set_up_page(account: Account, form: Code, secret: str, errors: list[tuple[str, str]], *, own: bool = False) -> str:
    """own: somebody who is signed in sets up another app, and gives their password too."""
    app = second_step.to_show(account, secret)
    return render_template("staff/set_up.html", form=form, app=app, errors=errors, email=account.email, own=own)


def _step(account: Account, form: Code | RecoveryCode, template: str, wrong: str, *, by: str) -> ResponseReturnValue:
    if request.method == "GET":
        return render_template(template, form=form, errors=[])
    if not form.validate():
        return render_template(template, form=form, errors=form.problems()), 422
    tries, now = here().tries, london_now()
    if wait := tries.may_try_code(account.id, now):
        return slow_down(render_template(template, form=form, errors=[("code", wait.words)]), wait)
    check = second_step.is_right if by == "app" else second_step.use_recovery_code
    if not check(account, form.code.data):
        tries.wrong_code(account.id, now)
        return render_template(template, form=form, errors=[("code", wrong)]), 422
    after = half_way.after()
    half_way.enter(account, by=by)
    db.session.commit()
    return redirect(after)
