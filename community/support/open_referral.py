"""The support directory in the words of Open Referral UK (HSDS-UK 3.0), for other directories to take in.

Facts are passed on as they stand in the catalogue; what is not known is left out, never guessed. Identifiers are UUIDs
made from our own ids (RFC 4122, version 5), so they stay the same from release to release.
Source of the form: Open Referral UK, profile 3.0, `service.json` and `service_list.json`."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

from community.support import hours
from community.support.catalogue import Service

VERSION: Final = "3.0"
MOST_PER_PAGE: Final = 100
PER_PAGE: Final = 50

_NAMESPACE: Final = uuid.UUID("9d3c1a52-6f0e-5b7c-8a34-2b1e7f4d9c60")
_TAXONOMIES: Final = {"topic": "Need", "community": "Community", "gender": "Gender", "access": "Ways to get in touch"}
_BYDAY: Final = dict(zip(hours.DAYS, ("MO", "TU", "WE", "TH", "FR", "SA", "SU"), strict=True))
_WITHOUT_LISTS: Final = ("schedules", "service_areas", "languages", "cost_options", "contacts", "attributes")

Document = dict[str, Any]
T = TypeVar("T")


def identifier(*parts: str) -> str:
    """The lasting UUID of a thing of ours.

    >>> identifier("service", "childline") == identifier("service", "childline")
    True
    """
    return str(uuid.uuid5(_NAMESPACE, "/".join(parts)))


def full(service: Service) -> Document:
    """One service with all that belongs to it: the profile's `service`."""
    id = identifier("service", service.id)
    document: Document = {
        "id": id,
        "name": service.name,
        "description": _description(service),
        "url": service.web,
        "email": service.email,
        "status": "active",
        "fees": {True: "Free", False: "The call is charged for", None: None}[service.free],
        "minimum_age": service.age_min,
        "maximum_age": service.age_max,
        "assured_date": service.checked_on.isoformat(),
        "last_modified": f"{service.checked_on.isoformat()}T00:00:00.000Z",
        "schedules": _schedules(service),
        "service_areas": [{"id": identifier("area", service.id), "name": service.area, "service_area": service.area}],
        "languages": _languages(service),
        "organization": _organisation(service),
        "cost_options": [{"id": identifier("cost", service.id), "option": "Free", "amount": 0}] if service.free else [],
        "contacts": _contacts(service),
        "attributes": _attributes(service),
    }
    return {key: value for key, value in document.items() if value not in (None, [])}


def brief(service: Service) -> Document:
    """One service as it stands in a list: only what there is one of. The profile's `service_list`."""
    return {key: value for key, value in full(service).items() if key not in _WITHOUT_LISTS}


def page_of(services: Sequence[Service], *, number: int, size: int) -> Document:
    """A page of the list, counted from 1: the profile's Page. A page beyond the last is empty."""
    return paged(services, brief, number=number, size=size)


def paged(items: Sequence[T], tell: Callable[[T], Document], *, number: int, size: int) -> Document:
    """The profile's Page of things, each told as it stands in a list."""
    pages = max(1, -(-len(items) // size))
    contents = [tell(item) for item in items[(number - 1) * size : number * size]]
    return {
        "total_items": len(items),
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number == pages,
        "empty": not contents,
        "contents": contents,
    }


def chosen(
    services: Sequence[Service], *, search: str, minimum_age: int | None, maximum_age: int | None
) -> list[Service]:
    """Those that hold every word searched for, whose lowest age is at least `minimum_age` and whose highest is at most
    `maximum_age`, as the profile's parameters say."""
    words = search.casefold().split()
    return [
        service
        for service in services
        if all(word in _description(service).casefold() + service.name.casefold() for word in words)
        and (minimum_age is None or (service.age_min or 0) >= minimum_age)
        and (maximum_age is None or (service.age_max is not None and service.age_max <= maximum_age))
    ]


def _description(service: Service) -> str:
    said = [f"For {service.for_who}.", service.note, service.hours and f"Open: {service.hours}."]
    return " ".join(part for part in said if part)


def _organisation(service: Service) -> Document:
    """We know services, not who is registered behind them: the organisation carries the service's name."""
    return {
        "id": identifier("organisation", service.id),
        "name": service.name,
        "description": f"Runs {service.name}.",
        **({"website": service.web} if service.web else {}),
    }


def _schedules(service: Service) -> list[Document]:
    if service.always_open:
        days: Mapping[str, hours.Spans] = hours.parse("24/7").spans
    elif service.opening:
        days = hours.parse(service.opening).spans
    else:
        return []
    return schedules(service.id, days, service.hours)


def schedules(key: str, days: Mapping[str, hours.Spans], description: str | None) -> list[Document]:
    """The spans of a week, each once with the days that have it. days: as hours.Hours.spans."""
    by_span: dict[tuple[int, int], list[str]] = {}
    for day in hours.DAYS:
        for span in days.get(day, ()):
            by_span.setdefault(span, []).append(_BYDAY[day])
    return [
        {
            "id": identifier("schedule", key, str(start), str(end)),
            "freq": "WEEKLY",
            "interval": 1,
            "byday": ",".join(names),
            "description": description,
            "opens_at": _clock(start),
            "closes_at": _clock(end),
            **({"notes": "Shut on England's bank holidays."} if days.get(hours.HOLIDAY) == () else {}),
        }
        for (start, end), names in by_span.items()
    ]


def _clock(minute: int) -> str:
    """Time of day, past midnight that of the next; the end of a day is its last second, since 24:00 is no time in JSON
    Schema's sense."""
    if minute == hours.DAY_MINUTES:
        return "23:59:59"
    return f"{minute % hours.DAY_MINUTES // 60:02}:{minute % 60:02}:00"


def _languages(service: Service) -> list[Document]:
    return [{"id": identifier("language", service.id), "name": service.languages}] if service.languages else []


def _contacts(service: Service) -> list[Document]:
    """HSDS keeps numbers with a contact. A number to text says what to text, where that matters."""
    phones = []
    if service.phone:
        phones.append({"number": service.phone, "type": "voice"})
    if service.sms:
        word = {"description": f"Text the word {service.sms_word}"} if service.sms_word else {}
        phones.append({"number": service.sms, "type": "text", **word})
    if not phones:
        return []
    marked = [{"id": identifier("phone", service.id, phone["type"]), **phone} for phone in phones]
    return [{"id": identifier("contact", service.id), "name": service.name, "phones": marked}]


def _attributes(service: Service) -> list[Document]:
    terms = [("topic", topic) for topic in service.topics]
    terms += [("community", community) for community in service.community]
    terms += [("gender", service.gender)] if service.gender != "any" else []
    terms += [("access", way) for way in service.access]
    named = [(kind, _TAXONOMIES[kind], term, term.replace("_", " ")) for kind, term in terms]
    return [attribute(service.id, *one) for one in named]


def attribute(service_id: str, kind: str, taxonomy: str, term: str, name: str) -> Document:
    """A thing that is said of a service, out of a list of ours."""
    return {
        "id": identifier("attribute", service_id, kind, term),
        "link_id": identifier("service", service_id),
        "link_type": "service",
        "taxonomy_term": {
            "id": identifier("term", kind, term),
            "name": name,
            "description": f"{taxonomy}: {name}",
            "taxonomy": taxonomy,
            "term": term,
        },
    }
