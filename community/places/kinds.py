"""What sort of thing a place or a poster is: the words we store, and how a person reads them.

The field's lists, in one place so that the tables' constraints, the importer and the pages agree."""

from typing import Final

PLACE_KINDS: Final[dict[str, str]] = {
    "station": "station",
    "bus_hub": "bus station or bus stops",
    "town_centre": "town centre or shops",
    "market": "market",
    "street": "street",
    "car_park": "car park",
    "park": "park",
    "estate": "estate or neighbourhood",
    "leisure": "leisure or community centre",
    "library": "library",
    "health": "health centre or hospital",
    "worship": "place of worship",
    "school_area": "school or college area",
    "other": "other place",
}
"""Kind of place -> plain words."""

CHILDREN_GATHER: Final = frozenset({"school_area"})
"""Kinds of place where a small count may point at one child, so results there hide more."""

PRECISIONS: Final[dict[str, str]] = {
    "point": "the place itself",
    "stop": "the middle of its bus stops",
    "snap": "a street point near it",
    "hand": "put on the map by hand",
    "unknown": "not said",
}
"""How well a place's coordinates are known -> plain words. All but `point` are approximate."""

POSTER_KINDS: Final[dict[str, str]] = {
    "fixed_place": "poster at a fixed place",
    "bus_route": "poster on a bus route",
    "event": "poster at an event or stall",
    "school_session": "poster for a school session",
}

POSTER_STATUSES: Final[dict[str, str]] = {
    "planned": "planned",
    "up": "up",
    "taken-down": "taken down",
    "reported": "reported as not ours",
}

ANSWERING_STATUSES: Final = frozenset({"planned", "up", "reported"})
"""A poster with one of these statuses opens its survey. A planned one may be hung before anyone says so; a
reported one is still under a resident's thumb while somebody goes to look. Only a taken-down one does not."""

REPORT_REASONS: Final[dict[str, str]] = {
    "covered": "something is stuck or written over the code",
    "leads_elsewhere": "it opened a page that did not look right",
    "asks_details": "it asked for a name, a phone number, a password or money",
    "wrong_place": "it does not hang where it says",
    "damaged": "it is torn, wet or cannot be scanned",
    "other": "something else looks wrong",
}
"""Why somebody doubts a poster -> plain words. A choice of ours, so that nobody can write about a person."""

REPORT_OUTCOMES: Final[dict[str, str]] = {
    "kept": "ours and whole: it stays",
    "taken-down": "taken down",
    "retired": "taken down for good",
    "not-ours": "not one of ours: removed, or passed on",
}
"""What somebody found who went to look -> plain words."""

POSTER_EVENTS: Final = ("planned", "up", "taken-down", "reported", "retired")
"""What becomes of a poster, a line each in its history."""
