"""What is said of the Safe Havens near a place: one text where it can be, two where a whole name and street need them.

Somebody followed at night cannot look for half a name: a name is cut only where even two texts do not hold it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from community.bot.plain_letters import plain_letters
from community.bot.wording import Reply, say
from community.messaging.segments import segments
from community.places.service.naming import Spot
from community.safe_havens.council import COUNCIL_PAGE
from community.safe_havens.directory import Near, NextOpening, walk_in_words
from community.safe_havens.service.answer import Answer

SHORTEST_NAME: Final = 12
"""Letters that are left of a name at least."""
MOST_SEGMENTS: Final = 2


def found(spot: Spot, answer: Answer) -> Reply:
    """What is said of the Safe Havens near a spot: as many as one text holds, at least one where there is one."""
    place = plain_letters(spot.name)
    if answer.near:
        return _first_that_fits(*_open(place, answer.near, is_area=spot.is_area))
    middle = f"the middle of {place}" if spot.is_area else place  # what is near is measured from there
    if answer.farther:
        return _first_that_fits(*_farther(middle, answer.farther, answer.following))
    if answer.following:
        return _first_that_fits(*_next(middle, answer.following))
    return _first_that_fits((say("haven_none_near", place=name, page=COUNCIL_PAGE) for name in _shorter(place)), ())


def _open(place: str, havens: Sequence[Near], *, is_area: bool) -> tuple[Iterator[Reply], Iterator[Reply]]:
    """(with whole names: from all of them down to the nearest alone; the nearest, cut short)"""
    id = "haven_open_area" if is_area else "haven_open_near"
    lines = [plain_letters(_line(near)) for near in havens]
    nearest, name = havens[0], plain_letters(havens[0].venue.name)
    walk = f"{walk_in_words(nearest.distance_m)}, open {nearest.until_words}"
    whole = (say(id, place=place, havens="; ".join(lines[:n])) for n in range(len(lines), 0, -1))
    cut = (say(id, place=p, havens=f"{short}, {walk}") for short in _shorter(name) for p in _shorter(place))
    return whole, cut


def _farther(place: str, farther: Near, following: NextOpening | None) -> tuple[Iterator[Reply], Iterator[Reply]]:
    """The nearest open door beyond 800 m, and who opens next where there is room for both."""
    walk = f"{walk_in_words(farther.distance_m)}, {farther.until_words}"
    name = plain_letters(farther.venue.name)
    told = f"{plain_letters(_where(farther))}, {walk}"
    alone = iter([say("haven_farther", place=place, haven=told)])
    cut = (say("haven_farther", place=p, haven=f"{short}, {walk}") for short in _shorter(name) for p in _shorter(place))
    if following is None:
        return alone, cut
    then = plain_letters(f"{following.venue.name}, {following.words}")
    both = say("haven_farther_next", place=place, haven=told, following=then)
    return chain([both], alone), cut


def _next(place: str, following: NextOpening) -> tuple[Iterator[Reply], Iterator[Reply]]:
    venue, name = following.venue, plain_letters(following.venue.name)
    whole = say("haven_next", place=place, haven=plain_letters(f"{venue.name}, {venue.address}, {following.words}"))
    cut = (
        say("haven_next", place=p, haven=f"{short}, {following.words}")
        for short in _shorter(name)
        for p in _shorter(place)
    )
    return iter([whole]), cut


def _first_that_fits(whole: Iterator[Reply], cut: Iterator[Reply] | tuple[()]) -> Reply:
    """The first with whole names that is one text; the last of those, where two hold it; else the first that two hold
    although something is left out, or the shortest."""
    reply = None
    for reply in whole:
        if segments(reply.text) == 1:
            return reply
    if reply is not None and segments(reply.text) <= MOST_SEGMENTS:
        return reply
    for reply in cut:
        if segments(reply.text) <= MOST_SEGMENTS:
            return reply
    if reply is None:
        raise ValueError("there is nothing to say")
    return reply


def _shorter(name: str) -> Iterator[str]:
    """A name, then shorter and shorter, cut after a word where one ends."""
    yield name
    for length in range(min(len(name) - 1, 40), SHORTEST_NAME - 1, -4):
        cut = name[: length - 3]
        yield f"{(cut.rpartition(' ')[0] or cut).rstrip(',;:- ')}..."


def _line(near: Near) -> str:
    return f"{_where(near)}, {walk_in_words(near.distance_m)}, open {near.until_words}"


def _where(near: Near) -> str:
    return f"{near.venue.name}, {near.venue.address}"
