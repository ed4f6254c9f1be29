"""Finding a Safe Haven by text: "closest safe haven to RM10 7AA", "which cafe on East Street is a safe haven".

Where somebody asks about is looked up and forgotten: of a postcode only the first half is used, and nothing is kept.
What is not clearly one place is not guessed at: somebody may walk there at night."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from community.bot.haven_words import found
from community.bot.plain_letters import plain_letters
from community.bot.replies import fact
from community.bot.survey_showing import looking
from community.bot.wording import Reply, say
from community.places.naming import rest_of
from community.places.service.naming import Spot, is_elsewhere, likely_places, places_meant, spot_named
from community.safe_havens.service.answer import open_near
from community.safe_havens.service.listing import directory
from community.support.harm import topics_in

MOST_NAMED: Final = 3
MOST_OFFERED: Final = 2
"""Places named as examples where it is not clear which one is meant."""
MOST_BARE: Final = 60
"""Letters of a message that is a place and nothing else."""
_POSTCODE_WORDS: Final = 2
_ANYBODY: Final = "samaritans"


def find_haven(text: str, now: datetime, *, bare: bool = False) -> Reply | None:
    """The Safe Havens that are open near the place that a message names, or kindly that there is none and which opens
    next. Where it is not clear which place: how to say it; None while no venue is listed and no place is named. bare:
    the message must be a place and nothing else, or None. now: aware, in London."""
    with looking():
        if bare and not _is_bare(text):
            return None
        if (outside := is_elsewhere(text)) is not None:
            return say("haven_outside", place=outside)
        spot = spot_named(text)
        if spot is None:
            return _unknown(text) if len(directory(now)) else None
        if not spot.is_clear:
            return _which(text)
        return _near(spot, now)


def _near(spot: Spot, now: datetime) -> Reply:
    if spot.lat is None or spot.lon is None:
        return say("haven_outside", place=spot.name)
    return found(spot, open_near(spot.lat, spot.lon, now, most=MOST_NAMED))


def _is_bare(text: str) -> bool:
    """Whether it names a place and tells nothing of harm: a name, a part of one, or a postcode."""
    if len(text) > MOST_BARE or topics_in(text):
        return False
    if is_elsewhere(text) is not None or places_meant(text):
        return True
    spot = spot_named(text)
    return spot is not None and spot.is_area and len(rest_of(text).split()) <= _POSTCODE_WORDS


def _which(text: str) -> Reply:
    """Which of several, by name; where nothing begins so, what we can find at all."""
    names = likely_places(text, MOST_OFFERED)
    return say("haven_which", places=plain_letters(" or ".join(names))) if names else _unknown(text)


def _unknown(text: str) -> Reply:
    return say("haven_unknown", number=fact(_ANYBODY)) if rest_of(text) else say("haven_where")
