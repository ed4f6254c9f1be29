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
from community.safe_havens import service as safe_havens
from community.safe_havens.service import COUNCIL_PAGE, OpenHaven

MOST_NAMED: Final = 3


def find_haven(text: str, now: datetime) -> Reply | None:
    """The Safe Havens that are open near the place that a message names, or kindly that there is none; None when it
    names no place of ours. now: aware."""
    with looking():
        spot = spot_named(text)
        if spot is None:
            return None
        if spot.lat is None or spot.lon is None:
            return say("haven_outside", place=spot.name)
        return found(spot, safe_havens.open_near(spot.lat, spot.lon, at=now))


def found(spot: Spot, havens: Sequence[OpenHaven]) -> Reply:
    """What is said of the Safe Havens near a spot: as many as one text holds, at least one where there is one."""
    place = plain_letters(spot.name)
    if not havens:
        return say("haven_none_near", place=place, page=COUNCIL_PAGE)
    lines = [plain_letters(f"{haven.name}, {haven.address}, open till {haven.until}") for haven in havens[:MOST_NAMED]]
    replies = [say("haven_open_near", place=place, havens="; ".join(lines[:n])) for n in range(len(lines), 0, -1)]
    return next((reply for reply in replies if length(reply.text) <= GSM_ONE), replies[-1])
