"""The form that puts a venue right: name, kind, address, and the point, by squares to press as in the application. What
is typed goes with each press; nothing is stored until Keep."""

from __future__ import annotations

import math

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.extensions import db
from community.places.service import places
from community.safe_havens.desk.blueprint import SEE_OTHER, bp
from community.safe_havens.desk.showing import found_or_404
from community.safe_havens.forms.fields import Filled, first
from community.safe_havens.joining.reading import ELSEWHERE
from community.safe_havens.joining.showing import Places, known_places, spot_view
from community.safe_havens.joining.spot import STEPS_M, Spot, read_move
from community.safe_havens.kinds import HAVEN_KINDS
from community.safe_havens.models import SafeHaven
from community.safe_havens.service import correcting, prospects
from community.safe_havens.service.correcting import Correct, LooksLike
from community.safe_havens.service.life import NotNow
from community.safe_havens.venue_pages import filled_in
from community.shared.clock import london_today
from community.staff.access import needs

CLOSEST = len(STEPS_M) - 1


@bp.route("/venues/<haven>/correct", methods=["GET", "POST"])
@needs("manage_havens")
def correct(haven: str) -> ResponseReturnValue:
    venue, known = found_or_404(haven), known_places()
    if request.method == "GET":
        return _page(venue, Filled(_stored(venue)), Spot(venue.lat, venue.lon, CLOSEST), known)
    filled = filled_in()
    spot = _spot(filled, venue, known)
    right = _read(filled, spot)
    if filled.stay or right is None:
        return _page(venue, filled, spot, known, moved=filled.stay)
    try:
        changed = correcting.correct(venue, right, on=london_today(), anyway=filled.raw("_anyway") == "yes")
        db.session.commit()
    except NotNow as refused:
        db.session.rollback()
        filled.wrong("name", refused.message)
        return _page(found_or_404(haven), filled, spot, known, twice=isinstance(refused, LooksLike))
    return redirect(url_for("havens_desk.venue", haven=haven, done="corrected" if changed else "right"), SEE_OTHER)


def _read(filled: Filled, spot: Spot) -> Correct | None:
    """What is right, as it was typed; None where something is wrong with it."""
    name = filled.text("name", most=120, missing="Enter the name that people see on the door.")
    if name and not any(letter.isalnum() for letter in name):
        filled.wrong("name", "Enter the name that people see on the door.")
    kind = filled.choice("kind", HAVEN_KINDS, missing="Choose what kind of place it is.")
    address = filled.text("address", most=200, missing="Enter the address: number, street and postcode.")
    place = filled.text("place", most=80, missing="Choose the nearest place, or None of these.")
    if filled.errors:
        return None
    return Correct(name, kind, address, "" if place == ELSEWHERE else place, spot.lat, spot.lon)


def _spot(filled: Filled, venue: SafeHaven, known: Places) -> Spot:
    """The spot as the form carries it, moved by what was pressed."""
    places_at = dict(known)
    try:
        lat, lon, step = float(filled.raw("lat")), float(filled.raw("lon")), int(filled.raw("step"))
    except ValueError:  # not from our form
        lat, lon, step = venue.lat, venue.lon, CLOSEST
    if not (math.isfinite(lat) and math.isfinite(lon)):
        lat, lon = venue.lat, venue.lon
    spot = Spot(lat, lon, min(max(step, 0), CLOSEST)).within(list(places_at.values()))
    chosen = places_at.get(filled.raw("place"))
    if (move := read_move(filled.raw("_move"))) is not None:
        spot, filled.stay = spot.moved(*move), True
    elif filled.raw("_wider"):
        spot, filled.stay = spot.wider(), True
    elif filled.raw("_at_place") and chosen is not None:
        spot, filled.stay = Spot(round(chosen.lat, 6), round(chosen.lon, 6)), True
    return spot


def _stored(venue: SafeHaven) -> dict[str, list[str]]:
    near = next((spot.slug for spot in prospects.spots() if spot.id == venue.place_id), ELSEWHERE)
    return {"name": [venue.name], "kind": [venue.kind], "address": [venue.address], "place": [near]}


def _page(
    venue: SafeHaven, filled: Filled, spot: Spot, known: Places, *, moved: bool = False, twice: bool = False
) -> tuple[str, int]:
    errors = [] if moved else filled.errors
    values = filled.shown_again()
    page = render_template(
        "safe_havens/desk/correct.html",
        haven=venue,
        typed={name: first(values, name) for name in ("name", "kind", "address", "place")},
        spot=spot,
        map=spot_view(spot, known),
        kinds=[("", "Select a kind"), *HAVEN_KINDS.items()],
        areas=[(area, [(one.slug, one.name) for one in here]) for area, here in places.by_area()],
        elsewhere=ELSEWHERE,
        moved=moved,
        twice=twice,
        errors=errors,
    )
    return page, 422 if errors else 200
