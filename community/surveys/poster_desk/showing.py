"""Pages that only show: the list, one poster, and the paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from flask import Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from community.config import ROOT
from community.places import qr
from community.places.codes import display
from community.places.kinds import POSTER_KINDS, POSTER_STATUSES
from community.places.models import Poster
from community.places.service import posters
from community.shared.clock import LONDON, london_today
from community.shared.errors import UserError
from community.staff.access import needs, signed_in
from community.surveys import poster_sheets
from community.surveys.poster_desk import asking, listing, told
from community.surveys.poster_desk.blueprint import bp
from community.surveys.poster_desk.forms import AGAIN
from community.surveys.poster_desk.listing import Sought
from community.surveys.poster_desk.selection import BadSelection, chosen

DONE = {
    "up": "Marked as put up.",
    "taken-down": "Marked as taken down. It asks nothing from now on.",
    "reported": "Marked as being checked. Its public page says so until you mark it as put up or taken down.",
    "retired": "Retired. Its code is never hung again.",
    "assigned": "The wave is set.",
}
"""What was done, by the word that the next page's address carries."""


@bp.app_context_processor
def poster_words() -> dict[str, object]:
    """Words of ours that the desk's templates use."""
    return {"poster_kinds": POSTER_KINDS, "poster_statuses": POSTER_STATUSES, "printed_code": display, "alert": told}


@bp.get("")
@needs("see_posters")
def posters_list() -> ResponseReturnValue:
    return show_list()


def show_list(refused: UserError | None = None) -> ResponseReturnValue:
    """The posters that are looked for; once more, with why nothing came of what was ticked there."""
    sought = Sought.of(request.args)
    return render_template(
        "surveys/poster_desk/list.html",
        sought=sought,
        found=listing.find(sought, london_today()),
        areas=listing.areas(),
        statuses=listing.STATUSES,
        errors=[("ticked", refused.message)] if refused else [],
        may_manage=may_manage(),
    )


@bp.get("/<code>")
@needs("see_posters")
def poster(code: str) -> ResponseReturnValue:
    found = posters.find(code)
    return show(found) if found is not None else abort(404)


def show(poster: Poster, errors: list[tuple[str, str]] | None = None) -> ResponseReturnValue:
    """One poster: what it asks, what came of it, what became of it."""
    today = london_today()
    address = f"{current_app.config['SETTINGS'].public_base_url}/q/{poster.code}"
    squares = qr.matrix(address)
    page = render_template(
        "surveys/poster_desk/poster.html",
        row=listing.row_of(poster, today),
        poster=poster,
        address=address,
        qr={"side": qr.side_of(squares), "path": qr.path(squares)},
        asked=asking.asked_today(poster, today),
        served=asking.served(poster),
        done=DONE.get(request.args.get("done", "")),
        errors=errors or [],
        may_manage=may_manage(),
    )
    return page, 422 if errors else 200


@bp.get("/made")
@needs("see_posters")
def made() -> ResponseReturnValue:
    try:
        found = chosen(request.args.getlist("code"))
    except BadSelection:
        return show_list()
    again = {name: value for name in AGAIN if (value := request.args.get(name))}
    base = current_app.config["SETTINGS"].public_base_url
    return render_template(
        "surveys/poster_desk/made.html",
        posters=found,
        again=again,
        may_manage=may_manage(),
        not_yet=None if base.startswith("https://") else base,
    )


@bp.get("/print")
@needs("see_posters")
def paper() -> ResponseReturnValue:
    try:
        found = chosen(request.args.getlist("code"))
        made = _drawn(found, london_today())
    except UserError as refused:
        return show_list(refused)
    name = f"poster-{found[0].code}.pdf" if len(found) == 1 else f"posters-{len(found)}.pdf"
    return Response(made, mimetype="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'})


def may_manage() -> bool:
    """Whether the person at hand may change posters."""
    person = signed_in()
    return person is not None and person.may("manage_posters")


def _drawn(found: Sequence[Poster], today: date) -> bytes:
    """Raises UserError when one of them cannot be printed."""
    from community.places.print_fonts import Fonts
    from community.places.printing import posters_pdf

    settings = current_app.config["SETTINGS"]
    return posters_pdf(
        [poster_sheets.sheet(poster, settings, today) for poster in found],
        Fonts.from_folder(ROOT / "node_modules"),
        created=datetime.combine(today, time(12), LONDON),
        brand_colour=settings.organisation.brand_colour,
    )
