"""The papers of one venue: window sticker and staff card, each as a page and as a PDF."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from community.places import qr
from community.safe_havens.desk.blueprint import bp
from community.safe_havens.desk.showing import found_or_404, show_venue
from community.safe_havens.models import SafeHaven
from community.safe_havens.papers import making, said
from community.safe_havens.papers.views import pdf
from community.shared.clock import london_today
from community.shared.errors import UserError
from community.staff.access import needs


@bp.get("/venues/<haven>/sticker")
@needs("manage_havens")
def sticker(haven: str) -> ResponseReturnValue:
    venue = _with_papers(haven)
    made = making.sticker(venue)
    squares = qr.matrix(made.address)
    drawn = {"side": qr.side_of(squares), "path": qr.path(squares)}
    return render_template("safe_havens/papers/sticker.html", haven=venue, sticker=made, qr=drawn, said=said)


@bp.get("/venues/<haven>/sticker.pdf")
@needs("manage_havens")
def sticker_pdf(haven: str) -> ResponseReturnValue:
    venue = _with_papers(haven)
    try:
        return pdf(making.sticker_pdf(venue, london_today()), f"sticker-{venue.serial}.pdf")
    except UserError as refused:
        return show_venue(venue, [("papers", refused.message)])


@bp.get("/venues/<haven>/staff-card")
@needs("manage_havens")
def staff_card(haven: str) -> ResponseReturnValue:
    venue = _with_papers(haven)
    return render_template("safe_havens/papers/staff_card.html", haven=venue, card=making.staff_card(venue), said=said)


@bp.get("/venues/<haven>/staff-card.pdf")
@needs("manage_havens")
def staff_card_pdf(haven: str) -> ResponseReturnValue:
    venue = _with_papers(haven)
    return pdf(making.staff_card_pdf(venue, london_today()), f"staff-card-{venue.slug}.pdf")


def _with_papers(slug: str) -> SafeHaven:
    """A venue in the scheme that has a serial: only such a one has papers."""
    haven = found_or_404(slug)
    if haven.serial is None or haven.status not in ("approved", "suspended"):
        abort(404)
    return haven
