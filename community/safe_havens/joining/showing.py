"""What the templates of the single screens need beside what was filled in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from community.places.service import places
from community.safe_havens import agreement, venue_queries
from community.safe_havens.forms import days, week
from community.safe_havens.forms.fields import first
from community.safe_havens.joining import spot
from community.safe_havens.joining.filling import Filling
from community.safe_havens.joining.reading import ELSEWHERE, HOME, spot_of
from community.safe_havens.joining.spot import Known
from community.safe_havens.kinds import ACCESS, FACILITIES, HAVEN_KINDS, HEARD_FROM, PROMISES
from community.safe_havens.spoken import LANGUAGES
from community.shared.runtime import runtime

Places = Sequence[tuple[str, Known]]


def known_places() -> list[tuple[str, Known]]:
    """(slug, place) of every place, by name."""
    return [(slug, Known(name, lat, lon)) for _, slug, name, lat, lon in venue_queries.points()]


def screen_context(key: str, filling: Filling, known: Places) -> dict[str, Any]:
    """More for the template of one screen."""
    wanted = runtime().settings.havens
    more: dict[str, Callable[[], dict[str, Any]]] = {
        "kind": lambda: {"kinds": {**HAVEN_KINDS, HOME: "my own home"}},
        "where": lambda: {"areas": places.by_area(), "elsewhere": ELSEWHERE},
        "spot": lambda: {"map": spot_view(spot_of(filling), known)},
        "pattern": lambda: {"patterns": week.PATTERNS},
        "hours": lambda: {"rows": week.rows_of(first(filling.of("pattern"), "pattern"))},
        "holidays": lambda: {"holidays": week.HOLIDAYS},
        "days": lambda: {"other_days": day_lines(list(filling.of("days").get("days", ())))},
        "offers": lambda: {"facilities": FACILITIES, "access": ACCESS},
        "languages": lambda: {"spoken": LANGUAGES},
        "promises": lambda: {"promises": PROMISES, "keep_out": agreement.keep_out_rule(keeps_out=wanted.keeps_out)},
        "asked": lambda: {"wanted": wanted},
        "heard": lambda: {"heard_from": HEARD_FROM},
    }
    return more[key]() if key in more else {}


def day_lines(kept: list[str]) -> list[tuple[str, str]]:
    """(day, words) of each day with hours of its own."""
    return [(line[:10], days.in_words(line)) for line in kept]


def spot_view(now: spot.Spot, known: Places) -> dict[str, Any]:
    """The drawn map round a spot: squares, known places, and where it is in words."""
    places_at = [at for _, at in known]
    return {
        "squares": spot.squares(now),
        "marks": spot.marks(now, places_at),
        "here": spot.nearest_words(now, places_at),
        "side": spot.SIDE,
        "wide_m": spot.SQUARES * now.square_m,
        "can_widen": now.step > 0,
    }
