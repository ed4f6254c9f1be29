"""The list of Safe Havens, its map, and the places to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from flask import Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.places.service import places
from community.places.service.places import Choice
from community.safe_havens.council import COUNCIL_PAGE
from community.safe_havens.public import asking, words
from community.safe_havens.public.around import places_around
from community.safe_havens.public.blueprint import bp, demo_words, may_ask_where
from community.safe_havens.public.drawing import Spot as Drawn
from community.safe_havens.public.drawing import drawn
from community.safe_havens.public.ground import ground
from community.safe_havens.public.listed import Row, listed, on_page
from community.safe_havens.public.where import Where, where
from community.safe_havens.service.listing import directory
from community.shared.clock import london_now
from community.support.service import for_everyone

HOUR_SECONDS = 3600


@bp.get("/safe-havens")
def havens() -> ResponseReturnValue:
    """The list first, the map second."""
    now = london_now()
    today = directory(now)
    spoken = sorted({name for venue in today.venues for name in venue.languages})
    asked = asking.read(request.args, now, spoken)
    at, at_place = asked.at or now, where(asked.near) if asked.near else Where()
    shown = listed(asked, at_place.spot, directory(at), at)
    errors = _errors(asked, at_place)
    page = render_template(
        "safe_havens/list.html",
        asked=asked,
        shown=shown,
        spot=at_place.spot if not at_place.outside else None,
        choices=at_place.choices,
        around=_around(at_place),
        at=at,
        now=now,
        is_empty=len(today) == 0,
        days=asking.days_ahead(now.date()),
        spoken=spoken,
        errors=errors,
        credits=ground().credits if shown.rows else (),
        demo_banner=demo_words(shown.is_demo),
        council_page=COUNCIL_PAGE,
        services=for_everyone() if len(today) == 0 else (),
    )
    return may_ask_where(make_response(page, 422 if errors else 200))


@bp.get("/safe-havens/places")
def choose_place() -> str:
    """Places to find a Safe Haven near, for whoever would rather choose than type."""
    return render_template("safe_havens/places.html", areas=places.by_area())


@bp.get("/safe-havens/map.svg")
def map_picture() -> Response:
    """The venues that fit, drawn: those of a page of the list with their numbers; `haven`: one venue alone."""
    now = london_now()
    today = directory(now)
    only = today.by_slug.get(request.args.get("haven", ""))
    if only is not None:
        spots = [Drawn(1, only.name, only.lat, only.lon, only.hours.is_open(now))]
    else:
        spots = [
            Drawn(row.number if is_here else 0, row.venue.name, row.venue.lat, row.venue.lon, row.is_open)
            for row, is_here in sorted(_all_that_fit(now), key=lambda pair: not pair[1])
        ]
    picture = render_template("safe_havens/map.svg", map=drawn(spots, ground())) if spots else _EMPTY
    return Response(picture, mimetype="image/svg+xml", headers={"Cache-Control": "private, no-cache"})


@bp.get("/safe-havens/map.json")
def map_others() -> Response:
    """The venues that fit and stand on other pages of the list, for the map that moves: its own page has the rest."""
    now = london_now()
    others = [
        {
            "name": row.venue.name,
            "slug": row.venue.slug,
            "at": [row.venue.lat, row.venue.lon],
            "open": row.is_open,
            "said": words.now_in_words(row.is_open, row.until, row.opens, now.date()),
        }
        for row, is_here in _all_that_fit(now)
        if not is_here
    ]
    response = jsonify(others)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@bp.get("/safe-havens/ground.json")
def map_ground() -> Response:
    """What lies under the venues, for the map that moves: the same for everybody."""
    response = jsonify(ground().to_geojson())
    response.headers["Cache-Control"] = f"public, max-age={HOUR_SECONDS}"
    return response


_EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


def _all_that_fit(now: datetime) -> list[tuple[Row, bool]]:
    """(row, whether it stands on the page that is asked for) of all that is asked for, in the list's order."""
    today = directory(now)
    asked = asking.read(request.args, now, {name for venue in today.venues for name in venue.languages})
    spot = where(asked.near).spot if asked.near else None
    at = asked.at or now
    every = listed(replace(asked, everything=True, page=1), spot, directory(at), at)
    here = every.rows if asked.everything else on_page(every.rows, asked.page)
    numbers = {row.number for row in here}
    return [(row, row.number in numbers) for row in every.rows]


def _around(at_place: Where) -> Sequence[Choice]:
    """Places to choose from, where no more than a postcode area was named."""
    spot = at_place.spot
    is_wide = spot is not None and spot.is_area and not at_place.outside
    return places_around(spot.lat, spot.lon) if is_wide and spot and spot.lat and spot.lon else ()


def _errors(asked: asking.Asked, at_place: Where) -> list[tuple[str, str]]:
    found = []
    if asked.near and at_place.outside:
        found.append(("near", _("We only know Safe Havens in this borough. That place is outside it.")))
    elif asked.near and at_place.spot is None and not at_place.choices:
        found.append(
            ("near", _("We do not know that place. Try a station, a street, or the code on one of our posters."))
        )
    if asked.wrong == "day":
        found.append(("day", _("Choose a day from the list.")))
    if asked.wrong == "time":
        found.append(("time", _("Enter a time, such as 21:30 or 9:30pm.")))
    return found
