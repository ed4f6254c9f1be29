"""Finding a Safe Haven by text: "closest safe haven to RM10 7AA", "which cafe on East Street is a safe haven".

Where somebody asks about is looked up and forgotten: of a postcode only the first half is used, and nothing is kept.
One text holds the answer, however long the names are: what matters least goes first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from community.bot.plain_letters import plain_letters
from community.bot.survey_showing import looking
from community.bot.wording import Reply, say
from community.messaging.segments import segments
from community.places.service.naming import Spot, spot_named
from community.safe_havens.council import COUNCIL_PAGE
from community.safe_havens.directory import Near, NextOpening, walk_in_words
from community.safe_havens.service.answer import Answer, open_near
from community.safe_havens.service.listing import directory

MOST_NAMED: Final = 3
SHORTEST_NAME: Final = 12
"""Letters that are left of a name at least."""


def find_haven(text: str, now: datetime) -> Reply | None:
    """The Safe Havens that are open near the place that a message names, or kindly that there is none and which opens
    next. Where it names no place of ours: how to ask, or None while no venue is listed. now: aware, in London."""
    with looking():
        spot = spot_named(text)
        if spot is None:
            return say("haven_where") if len(directory(now)) else None
        if spot.lat is None or spot.lon is None:
            return say("haven_outside", place=spot.name)
        answer = open_near(spot.lat, spot.lon, now, most=MOST_NAMED)
        return found(spot, answer)


def found(spot: Spot, answer: Answer) -> Reply:
    """What is said of the Safe Havens near a spot: as many as one text holds, at least one where there is one."""
    place = plain_letters(spot.name)
    if answer.near:
        return _first_that_fits(_open(place, answer.near))
    if answer.farther and answer.following:
        both = _first_that_fits(_farther(place, answer.farther, answer.following))
        if segments(both.text) == 1:
            return both
    if answer.farther:
        return _first_that_fits(_farther(place, answer.farther, None))
    if answer.following:
        return _first_that_fits(_next(place, answer.following))
    return _first_that_fits(say("haven_none_near", place=name, page=COUNCIL_PAGE) for name in _shorter(place))


def _open(place: str, havens: Sequence[Near]) -> Iterator[Reply]:
    """From all with their addresses down to the nearest alone, its name and the place's cut short."""
    lines = [plain_letters(_line(near)) for near in havens]
    for n in range(len(lines), 0, -1):
        yield say("haven_open_near", place=place, havens="; ".join(lines[:n]))
    nearest, name = havens[0], plain_letters(havens[0].venue.name)
    for short in _shorter(name):
        for short_place in _shorter(place):
            told = f"{short}, {walk_in_words(nearest.distance_m)}, open {nearest.until_words}"
            yield say("haven_open_near", place=short_place, havens=told)


def _farther(place: str, farther: Near, following: NextOpening | None) -> Iterator[Reply]:
    """The nearest open door beyond 800 m, and who opens next where there is room for both."""
    names = [list(_shorter(plain_letters(one.venue.name))) for one in (farther, following or farther)]
    for n in range(max(map(len, names))):
        short, short_next = (each[min(n, len(each) - 1)] for each in names)
        for short_place in _shorter(place):
            told = f"{short}, {walk_in_words(farther.distance_m)}, {farther.until_words}"
            if following is None:
                yield say("haven_farther", place=short_place, haven=told)
            else:
                yield say(
                    "haven_farther_next", place=short_place, haven=told, following=f"{short_next}, {following.words}"
                )


def _next(place: str, following: NextOpening) -> Iterator[Reply]:
    venue, name = following.venue, plain_letters(following.venue.name)
    yield say("haven_next", place=place, haven=plain_letters(f"{venue.name}, {venue.address}, {following.words}"))
    for short in _shorter(name):
        for short_place in _shorter(place):
            yield say("haven_next", place=short_place, haven=f"{short}, {following.words}")


def _first_that_fits(replies: Iterator[Reply]) -> Reply:
    """The first that is one text; else the last, which is the shortest."""
    for reply in replies:
        if segments(reply.text) == 1:
            break
    return reply


def _shorter(name: str) -> Iterator[str]:
    """A name, then shorter and shorter, cut after a word where one ends."""
    yield name
    for length in range(min(len(name) - 1, 40), SHORTEST_NAME - 1, -4):
        cut = name[: length - 3]
        yield f"{(cut.rpartition(' ')[0] or cut).rstrip(',;:- ')}..."


def _line(near: Near) -> str:
    return f"{near.venue.name}, {near.venue.address}, {walk_in_words(near.distance_m)}, open {near.until_words}"
