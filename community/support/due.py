"""How what is due for a check is said to staff: in letters, on their home page and in the list."""

from __future__ import annotations

from collections.abc import Iterable, Sized
from datetime import date

from community.support.catalogue import Service, hidden_from


def how_many(services: Sized) -> str:
    """ "1 service", "12 services"."""
    n = len(services)
    return f"{n} service{'' if n == 1 else 's'}"


def day_in_words(day: date) -> str:
    """ "19 May 2027"."""
    return f"{day.day} {day:%B %Y}"


def first_hidden(services: Iterable[Service]) -> str:
    """The day on which the first of services that will be hidden is: "19 May 2027"."""
    return day_in_words(min(day for one in services if (day := hidden_from(one)) is not None))


def unchecked(service: Service, today: date) -> str:
    """How long ago somebody looked: "97 days unchecked"."""
    days = (today - service.checked_on).days
    return f"{days} day{'' if days == 1 else 's'} unchecked"


def what_becomes_of(service: Service, today: date) -> str:
    """How long it is unchecked, and whether and when the public loses sight of it."""
    gone = hidden_from(service)
    if not service.verified:
        return f"{unchecked(service, today)}; held back until somebody confirms it"
    if gone is None:
        return f"{unchecked(service, today)}; of the national core, so never hidden: what is wrong in it stays up"
    if gone <= today:
        return f"{unchecked(service, today)}; hidden since {day_in_words(gone)}"
    return f"{unchecked(service, today)}; hidden from {day_in_words(gone)} on"
