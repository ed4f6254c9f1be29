"""What a poster asks, and the waves it may be given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from community.places.models import Poster
from community.places.service import posters
from community.surveys import visits
from community.surveys.fielding import Fielding
from community.surveys.questionnaire import wording
from community.surveys.service import waves


@dataclass(frozen=True)
class Served:
    """A wave and the days on which a poster serves it; last None: until further notice."""

    title: str
    first: date
    last: date | None


def name_of(fielding: Fielding) -> str:
    """What officers call a wave."""
    return f"{fielding.survey}, wave {fielding.number}: {fielding.title}"


def choices(today: date) -> list[tuple[str, str]]:
    """(wave id, name) of the waves that are open or will be."""
    return [(str(wave.wave_id), name_of(wave)) for wave in waves.open_since(today)]


def asked_today(poster: Poster, today: date) -> tuple[str, str] | None:
    """(wave, opening question) that a scan brings up on a day; None when it brings up nothing to answer."""
    visit = visits.now_at_poster(poster.code, today)
    if visit is None:
        return None
    return name_of(visit.fielding), wording(visit.fielding.questionnaire.opening, "en", visit.place_name or None)


def served(poster: Poster) -> Sequence[Served]:
    """The waves it serves and served, by first day."""
    found = posters.assignments(poster)
    return [Served(name_of(waves.fielding(one.wave_id)), one.starts_on, one.ends_on) for one in found]
