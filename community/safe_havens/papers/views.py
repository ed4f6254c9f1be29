"""ICE cards and the advice pack, for anybody: as a page, and as a PDF to print."""

from __future__ import annotations

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from community.safe_havens.papers import making, said
from community.safe_havens.papers.blueprint import bp
from community.shared.clock import london_today


@bp.get("/ice-card")
def ice_card() -> ResponseReturnValue:
    return render_template("safe_havens/papers/ice_card.html", said=said)


@bp.get("/ice-card.pdf")
def ice_card_pdf() -> ResponseReturnValue:
    return pdf(making.ice_cards_pdf(london_today()), "ice-cards.pdf")


@bp.get("/advice")
def advice() -> ResponseReturnValue:
    return render_template("safe_havens/papers/advice.html", pack=making.pack(london_today()))


@bp.get("/advice.pdf")
def advice_pdf() -> ResponseReturnValue:
    return pdf(making.advice_pdf(london_today()), "safe-haven-advice.pdf")


def pdf(made: bytes, name: str) -> Response:
    """A PDF to keep or to print."""
    return Response(made, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})
