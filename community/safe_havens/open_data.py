"""Safe Havens as open data: GeoJSON (RFC 7946), and the words of Open Referral UK (HSDS-UK 3.0). Pure.

Of a venue only what its own page shows: never who speaks for it. A made-up venue says so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from community.safe_havens.kinds import ACCESS, FACILITIES, HAVEN_KINDS, OFFERED
from community.safe_havens.venue import Venue
from community.support.open_referral import attribute, identifier, schedules

Document = dict[str, Any]

_WITHOUT_LISTS: Final = ("schedules", "languages", "cost_options", "attributes", "service_at_locations")
_ABOUT: Final = "Open to anyone who feels unsafe, unwell or lost: a place to wait, and staff who call someone."


def collection(venues: Iterable[Venue], at: datetime) -> Document:
    """A FeatureCollection of points. at: the moment of `open_now` and `until`; aware, in London."""
    return {
        "type": "FeatureCollection",
        "features": [feature(venue, at) for venue in venues],
    }


def feature(venue: Venue, at: datetime) -> Document:
    """One venue. hours: as OpenStreetMap writes them. until: null when it is shut, or no end is in sight."""
    is_open, until = venue.hours.is_open(at), venue.hours.until(at)
    return {
        "type": "Feature",
        "id": venue.slug,
        "geometry": {"type": "Point", "coordinates": [round(venue.lon, 6), round(venue.lat, 6)]},
        "properties": {
            "name": venue.name,
            "kind": venue.kind,
            "address": venue.address,
            "place": venue.place_slug,
            "hours": venue.opening,
            "exceptions": {day.isoformat(): _spans(spans) for day, spans in sorted(venue.exceptions.items())},
            "open_now": is_open,
            "until": until.isoformat(timespec="minutes") if until else None,
            "offers": [key for key in OFFERED if key in venue.offers],
            "languages": list(venue.languages),
            "checked_on": venue.checked_on.isoformat(),
            "demo": venue.demo,
        },
    }


def full(venue: Venue, organisation: str) -> Document:
    """One venue with all that belongs to it: the profile's `service`. organisation: who runs the scheme."""
    key = _key(venue)
    made_up = "Made up, for demonstration. " if venue.demo else ""
    document: Document = {
        "id": identifier("service", key),
        "name": venue.name,
        "description": f"{made_up}Safe Haven: {HAVEN_KINDS[venue.kind]}, {venue.address}. {_ABOUT}",
        "status": "active",
        "fees": "Free",
        "assured_date": venue.checked_on.isoformat(),
        "last_modified": f"{venue.checked_on.isoformat()}T00:00:00.000Z",
        "schedules": schedules(key, venue.hours.spans, venue.opening),
        "languages": [{"id": identifier("language", key, name), "name": name} for name in venue.languages],
        "organization": {
            "id": identifier("organisation", "safe-havens", organisation),
            "name": organisation,
            "description": "Runs the Safe Havens of the borough.",
        },
        "cost_options": [{"id": identifier("cost", key), "option": "Free", "amount": 0}],
        "attributes": _attributes(venue),
        "service_at_locations": [_location(venue)],
    }
    return {name: value for name, value in document.items() if value != []}


def brief(venue: Venue, organisation: str) -> Document:
    """One venue as it stands in a list: the profile's `service_list`."""
    return {name: value for name, value in full(venue, organisation).items() if name not in _WITHOUT_LISTS}


def service_id(venue: Venue) -> str:
    """The lasting UUID of a venue in Open Referral UK."""
    return identifier("service", _key(venue))


def _key(venue: Venue) -> str:
    return f"safe-haven/{venue.slug}"


def _location(venue: Venue) -> Document:
    key = _key(venue)
    return {
        "id": identifier("service_at_location", key),
        "service_id": identifier("service", key),
        "location": {
            "id": identifier("location", key),
            "location_type": "physical",
            "name": venue.name,
            "description": venue.address,
            "latitude": round(venue.lat, 6),
            "longitude": round(venue.lon, 6),
        },
    }


def _attributes(venue: Venue) -> list[Document]:
    key = _key(venue)
    told = [attribute(key, "haven-kind", "Kind of place", venue.kind, HAVEN_KINDS[venue.kind])]
    for kind, taxonomy, names in (("haven-facility", "Facility", FACILITIES), ("haven-access", "Access", ACCESS)):
        told += [attribute(key, kind, taxonomy, term, name) for term, name in names.items() if term in venue.offers]
    return told


def _spans(spans: Iterable[tuple[int, int]]) -> str:
    written = ",".join(f"{_clock(start)}-{_clock(end)}" for start, end in spans)
    return written or "off"


def _clock(minute: int) -> str:
    past = minute - 1440 if minute > 1440 else minute
    return f"{past // 60:02}:{past % 60:02}"
