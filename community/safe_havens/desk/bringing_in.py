"""The list of businesses to approach in and out of a spreadsheet."""

from __future__ import annotations

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from community.extensions import db
from community.safe_havens.desk.blueprint import SEE_OTHER, Errors, bp
from community.safe_havens.kinds import HAVEN_KINDS, PROSPECT_ANSWERS
from community.safe_havens.service import prospects
from community.safe_havens.table_file import KINDS, BadFile
from community.shared.clock import london_today
from community.staff.access import needs
from community.staff.uploads import TOO_LARGE, read_away, sent_file

MOST_SHOWN = 100


@bp.route("/prospects/bring-in", methods=["GET", "POST"])
@needs("manage_havens")
def bring_in() -> ResponseReturnValue:
    if request.method == "GET":
        return _form()
    sent = sent_file("file")
    if sent is None:
        return _form([("file", "Select a file.")])
    name, file = sent
    try:
        new, there = prospects.bring_in(file.read(), name=name, on=london_today())
        db.session.commit()
    except BadFile as wrong:
        db.session.rollback()
        return _form([("file", wrong.summary)], name=name, faults=list(wrong.faults))
    return redirect(url_for("havens_desk.to_approach", done="in", new=new, there=there), SEE_OTHER)


@bp.post("/prospects/list.csv")
@needs("manage_havens")
def take_away() -> ResponseReturnValue:
    """The list with its contacts. Sent by a form, because it is written down who took it."""
    body = prospects.export()
    db.session.commit()
    response = Response(body, mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="to-approach.csv"'
    return response


@bp.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    read_away()
    page, _ = _form([("file", f"{TOO_LARGE} Take pictures out, or cut it into smaller files.")])
    return page, 413


def _form(
    errors: Errors | None = None, *, name: str = "", faults: list[tuple[int | None, str]] | None = None
) -> tuple[str, int]:
    listed = faults or []
    page = render_template(
        "safe_havens/desk/bring_in.html",
        errors=errors or [],
        name=name,
        faults=listed[:MOST_SHOWN],
        more=max(0, len(listed) - MOST_SHOWN),
        endings=",".join(KINDS),
        kinds=HAVEN_KINDS,
        answers=PROSPECT_ANSWERS,
    )
    return page, 422 if errors else 200
