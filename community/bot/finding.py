"""Finding a Safe Haven by text: "closest safe haven to RM10 7AA", "which cafe on East Street is a safe haven".

Where somebody asks about is looked up and forgotten: of a postcode only the first half is used, and nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from community.bot.plain_letters import plain_letters
from community.bot.survey_showing import looking
from community.bot.wording import Reply, say
from community.messaging.segments import GSM_ONE, length
from community.places.service.naming import Spot, spot_named
from community.safe_havens.council import COUNCIL_PAGE
from community.safe_havens.directory import NEAR_M, Near, NextOpening, walk_in_words
from community.safe_havens.service.listing import directory

MOST_NAMED: Final = 3


def find_haven(text: str, now: datetime) -> Reply | None:
    """The Safe Havens that are open near the place that a message names, or kindly that there is none and which opens
    next; None when it names no place of ours. now: aware, in London."""
    with looking():
        spot = spot_named(text)
        if spot is None:
            return None
        if spot.lat is None or spot.lon is None:
            return say("haven_outside", place=spot.name)
        listed = directory(now)
        near = listed.nearest(spot.lat, spot.lon, at=now, most=MOST_NAMED, within_m=NEAR_M)
        return found(spot, near, None if near else listed.next_to_open(spot.lat, spot.lon, at=now))


def found(spot: Spot, havens: Sequence[Near], following: NextOpening | None = None) -> Reply:
    """What is said of the Safe Havens near a spot: as many as one text holds, at least one where there is one. following:
    where none is open, the one that opens next, wherever it is."""
    place = plain_letters(spot.name)
    if havens:
        lines = [plain_letters(_line(near)) for near in havens]
        replies = [say("haven_open_near", place=place, havens="; ".join(lines[:n])) for n in range(len(lines), 0, -1)]
        return next((reply for reply in replies if length(reply.text) <= GSM_ONE), replies[-1])
    if following is None:
        return say("haven_none_near", place=place, page=COUNCIL_PAGE)
    opens = f"{following.venue.name}, {following.venue.address}, {following.words}"
    return say("haven_next", place=place, haven=plain_letters(opens))


def _line(near: Near) -> str:
    return f"{near.venue.name}, {near.venue.address}, {walk_in_words(near.distance_m)}, open {near.until_words}"
