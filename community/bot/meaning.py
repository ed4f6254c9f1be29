"""What a message is about: the one value that understanding hands to the rest of the bot.

The words of a message end here: nothing beyond this room's `understanding` sees them, and nothing stores them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

NEEDS: Final = (
    "domestic_abuse", "sexual_violence", "child_safety", "suicide", "weapons", "stalking", "honour_abuse",
    "exploitation", "robbery", "hate_crime", "image_abuse", "own_behaviour",
)  # fmt: skip
"""What somebody may need help with."""
ERRANDS: Final = ("safe_haven", "survey", "report_place", "privacy", "phone_watched", "menu", "start", "stop")
"""What somebody may want of this service itself. `menu` with urgency emergency or urgent is a cry for help that does
not say for what."""
HARMLESS: Final = ("smalltalk", "out_of_scope")
TOPICS: Final = (*NEEDS, *ERRANDS, *HARMLESS)


class Urgency(StrEnum):
    """emergency: somebody is in danger now. urgent: harm, or the fear of it, that calls for a helpline."""

    emergency = "emergency"
    urgent = "urgent"
    none = "none"


LEARNED_FACETS: Final = (
    "cannot_speak",  # in danger and must not be heard
    "child",         # the writer seems to be under 18: a guess
    "about_child",   # a grown-up worried about a child
    "other",         # about another grown-up: a friend, a neighbour, a relative
    "man",           # the person harmed is a man or boy
    "lgbt",          # the person harmed is LGBT+, or is harmed for it
    "older",         # the person harmed is old or cared for, and harmed for it or by a carer
    "deaf",          # cannot use a voice call
    "transport",     # on a train, Tube, DLR, tram or at a station
    "childhood",     # a grown-up speaking of what was done to them as a child
    "fgm",           # cutting of girls
    "gang",          # drug lines, gangs, grooming of the young, a home taken over
    "labour",        # forced or trapped work, servitude, papers kept
    "legal",         # asks for a solicitor, an injunction, the law
    "housing",       # needs a roof: thrown out, nowhere to sleep, refuge space
    "migrant",       # visa, papers, no recourse to public funds
)  # fmt: skip
"""What the model tells, or a rule."""
TOLD_FACETS: Final = (
    "at_school",     # says which year or school they are in: under 18
    "disabled",      # says so of themselves
    "muslim",        # Muslim, or taken for a Muslim
    "jewish",        # Jewish, or taken for a Jew
    "minoritised",   # Black, Asian or of another minority, by their own words
    "hurt",          # hurt or threatened with a weapon, themselves or somebody of theirs
    "knows",         # has word of what others did or keep, and no more than that
)  # fmt: skip
"""What only the writer's own words tell, by rule: nobody is guessed to be any of these."""
FACETS: Final = (*LEARNED_FACETS, *TOLD_FACETS)
"""What changes who is named. None of them makes a message more urgent, or less."""


@dataclass(frozen=True)
class Meaning:
    """topics: of TOPICS, surest first, never empty. facets: of FACETS. age: in years, when the writer says their own.
    language: a BCP 47 tag as far as told, "en" otherwise. sure: false when a short menu should be shown beside any
    help. maybe: further NEEDS that it may be about instead, likeliest first."""

    topics: tuple[str, ...]
    urgency: Urgency = Urgency.none
    facets: frozenset[str] = frozenset()
    age: int | None = None
    language: str = "en"
    sure: bool = True
    maybe: tuple[str, ...] = ()
