"""A new password: by a link from an email or for a new account, or by somebody who knows the old one."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.extensions import db
from community.shared.clock import london_now
from community.shared.errors import UserError
from community.staff.access import anyone, here_now, needs
from community.staff.forms import ChangePassword, Forgot, NewPassword
from community.staff.here import here
from community.staff.service import accounts, letters, links, passwords
from community.staff.views import half_way
from community.staff.views.blueprint import bp, sender
from community.staff.views.own_account import password_fault
from community.staff.views.refusing import slow_down


@bp.route("/forgot-password", methods=["GET", "POST"])
@anyone
def forgot() -> ResponseReturnValue:
    form, send = Forgot(request.form), sender()
    if request.method == "GET" or send is None:
        return render_template("staff/forgot.html", form=form, errors=[], by_email=send is not None)
    if not form.validate():
        return render_template("staff/forgot.html", form=form, errors=form.problems(), by_email=True), 422
    account = accounts.by_email(form.email.data)
    if here().tries.may_write(form.email.data, london_now()):
        letters.link(send, account if account and accounts.may_sign_in(account) else None)
        db.session.commit()
    return render_template("staff/forgot_sent.html")


@bp.route("/new-password/<token>", methods=["GET", "POST"])
@anyone
def by_link(token: str) -> ResponseReturnValue:
    form = NewPassword(request.form)
    try:
        account = links.holder(token)
    except links.LinkOver as over:
        return render_template("staff/link_over.html", words=over.message), 410
    if request.method == "GET":
        return render_template("staff/new_password.html", form=form, errors=[], email=account.email)
    try:
        if form.validate():
            links.set_password(account, form.password.data, action="account.password-by-link")
            letters.changed(sender(), account)
            db.session.commit()
            half_way.forget()
            return redirect(url_for("staff.sign_in", done="password"))
        errors = form.problems()
    except passwords.Busy as busy:
        return slow_down(
            render_template(
                "staff/new_password.html", form=form, errors=[("password", busy.message)], email=account.email
            )
        )
    except UserError as refused:
        errors = [("password", refused.message)]
    return render_template("staff/new_password.html", form=form, errors=errors, email=account.email), 422


@bp.route("/account/password", methods=["GET", "POST"])
@needs("see_home")
def change_password() -> ResponseReturnValue:
    form, person, errors = ChangePassword(request.form), here_now(), []
    if request.method == "POST":
        errors = [] if form.validate() else form.problems()
        errors = errors or password_fault(person, form.now.data, field="now")
        try:
            if not errors:
                links.set_password(person, form.password.data, action="account.password")
                half_way.enter(person, by="new password")
                letters.changed(sender(), person)
                db.session.commit()
                return redirect(url_for("staff.account", done="password"))
        except UserError as refused:
            errors = [("password", refused.message)]
    return render_template("staff/change_password.html", form=form, errors=errors), 422 if errors else 200
