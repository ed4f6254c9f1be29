"""Where a respondent stands: which wave, at which poster or place. Looked up once in a few seconds."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from community.places.kinds import ANSWERING_STATUSES
from community.places.models import Poster
from community.places.service import places, posters
from community.shared.runtime import runtime
from community.surveys.fielding import Fielding
from community.surveys.service import waves
from community.surveys.tickets import Ticket, fresh

UNASSIGNED = "safety"
"""What a poster asks that was given no wave of its own."""
_NAME = re.compile(r"[\w-]{1,80}")
"""A survey's or a place's name in an address; anything else would only trouble the database."""


class Standing(StrEnum):
    """Why a code opens no survey."""

    unknown = "unknown"
    retired = "retired"
    quiet = "quiet"


@dataclass(frozen=True)
class Visit:
    """A page of a wave, opened at a poster (its code and id) or without one (code ""). No place: place_name ""."""

    fielding: Fielding
    poster_id: int | None
    code: str
    place_id: int | None
    place_name: str
    place_slug: str

    @property
    def action(self) -> str:
        """The address its forms are sent to."""
        return f"/q/{self.code}" if self.code else f"/s/{self.fielding.survey}"


def at_poster(code: str, on: date) -> Visit | None:
    """What the poster with this code asks on a day; None when it is not ours, taken down or has nothing to ask."""
    return runtime().recent.get(poster_key(code, on), lambda: now_at_poster(code, on))


def poster_key(code: str, on: date) -> Hashable:
    """Under which what a poster asks is remembered for a moment."""
    return "poster", code, on


def now_at_poster(code: str, on: date) -> Visit | None:
    """The same as it is this moment, for whoever has just changed it."""
    poster = posters.poster_visit(code, on)
    if poster is None or poster.status not in ANSWERING_STATUSES:
        return None
    fielding = wave(poster.wave_id) if poster.wave_id else open_fielding(UNASSIGNED, on)
    if fielding is None or not fielding.takes_answers(on):
        return None
    return Visit(
        fielding, poster.poster_id, poster.code, poster.place_id, poster.place_name or "", poster.place_slug or ""
    )


def standing(code: str) -> Standing:
    """Why this code opens no survey: not ours, taken down, or hanging while nothing is asked there."""
    poster = posters.find(code)
    if poster is None:
        return Standing.unknown
    return Standing.quiet if poster.status in ANSWERING_STATUSES else Standing.retired


def fielding_of(poster: Poster, on: date) -> Fielding:
    """What a poster asks on a day, or else the wave it will serve or served last. Raises NoSuchWave."""
    now = at_poster(poster.code, on)
    if now is not None:
        return now.fielding
    served = posters.assignments(poster)
    fielding = waves.fielding(served[-1].wave_id) if served else waves.open_fielding(UNASSIGNED, on)
    if fielding is None:
        raise waves.NoSuchWave(f"Poster {poster.code} serves no wave: `surveys open-wave` opens one.")
    return fielding


def at_place(survey: str, slug: str | None, on: date) -> Visit | None:
    """What a survey asks on a day without a poster; None while no wave is open. Raises NoSuchPlace."""
    fielding = open_fielding(survey, on)
    if fielding is None:
        return None
    if slug is None:
        return Visit(fielding, None, "", None, "", "")
    if not _NAME.fullmatch(slug):
        raise places.NoSuchPlace("A place's name in addresses has letters, digits and hyphens.")
    place = places.get_by_slug(slug)
    return Visit(fielding, None, "", place.id, place.name, place.slug)


def same_place(visit: Visit, survey: str, on: date) -> Visit | None:
    """Another survey at the same poster or place; None while it has no open wave."""
    fielding = open_fielding(survey, on)
    return replace(visit, fielding=fielding) if fielding else None


def open_fielding(survey: str, on: date) -> Fielding | None:
    """What a survey asks on a day, by the name in its address; None for a name that nobody could have given."""
    if not _NAME.fullmatch(survey):
        return None
    return runtime().recent.get(("open", survey, on), lambda: waves.open_fielding(survey, on))


def wave(wave_id: int) -> Fielding:
    """A wave, as it was moments ago. Raises NoSuchWave."""
    return runtime().recent.get(("wave", wave_id), lambda: waves.fielding(wave_id))


def of_ticket(ticket: Ticket) -> Visit:
    """Where the respondent with this ticket stands: as it was when the page was made."""
    return Visit(
        wave(ticket.wave_id), ticket.poster_id, ticket.code, ticket.place_id, ticket.place_name, ticket.place_slug
    )


def ticket_for(visit: Visit, language: str, *, today: date, issued_ms: int) -> Ticket:
    """A new ticket on the opening screen: the start of a response tied to no other."""
    return fresh(
        day=today,
        issued_ms=issued_ms,
        wave_id=visit.fielding.wave_id,
        poster_id=visit.poster_id,
        place_id=visit.place_id,
        place_name=visit.place_name,
        place_slug=visit.place_slug,
        code=visit.code,
        language=language,
        screen=visit.fielding.questionnaire.screens[0].key,
    )
