"""Words that say what kind of place is meant, however they are typed: "becontree stn", "barking tube". Pure.

A name that is short of such a word may be another place's: "becontree" is an estate a kilometre from its station."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from community.places.slugs import plain

STATION: Final = "station"
_STATION_WORDS: Final = frozenset(
    ("station", "stations", "stn", "stns", "sta", "tube", "tubes", "underground", "overground", "train", "trains",
     "rail", "railway")
)  # fmt: skip
_STATION_ITSELF: Final = frozenset(("station", "stations", "stn", "stns", "sta"))
"""Those that stand before a name too: "the station at Becontree", but not "on the train to Becontree"."""
_BUS_STATION: Final = "bus"
KINDS: Final = frozenset(
    ("station", "road", "rd", "street", "lane", "avenue", "ave", "close", "way", "drive", "gardens", "crescent", "park",
     "estate", "market", "library", "school", "college", "campus", "academy", "church", "mosque", "temple", "hospital",
     "surgery", "clinic", "leisure", "centre", "hall", "pub", "car", "bus", "stop", "stops", "parade", "theatre")
)  # fmt: skip


def one_way(text: str) -> str:
    """A plain text in which a station is called station, and once.

    >>> one_way("Becontree Tube stn"), one_way("barking bus stn"), one_way("Heathway")
    ('becontree station', 'barking bus station', 'heathway')
    """
    said: list[str] = []
    for word in plain(text).split():
        meant = STATION if word in _STATION_WORDS else word
        if not (meant == STATION and said[-1:] == [STATION]):
            said.append(meant)
    return " ".join(said)


def is_all_kinds(words: str) -> bool:
    """Whether words say what kind of place, and not which: "the station", "car park"."""
    return set(words.split()) <= KINDS


def kind_left_over(sentence: str, name: str, small: frozenset[str]) -> str | None:
    """The kind of place that a sentence says beside a name and the name does not: "station" of "becontree stn" beside
    "becontree"; None where the name is whole. small: words that may stand between "the station at" and the name."""
    words, named = one_way(sentence).split(), one_way(name).split()
    at = _where(words, named)
    if at is None or STATION in named:
        return None
    after = words[at + len(named) : at + len(named) + 1]
    if after == [STATION] or (after and after[0] in KINDS and not KINDS & set(named)):
        return after[0]
    typed = plain(sentence).split()
    before = [word for word in typed[: _where(typed, plain(name).split()) or 0] if word not in small]
    is_before = before[-1:] and before[-1] in _STATION_ITSELF and before[-2:-1] != [_BUS_STATION]
    return STATION if is_before else None


def is_within(run: str, name: str) -> bool:
    """Whether words, but for "the", stand within a name. name: one way.

    >>> is_within("the Heathway", "heathway station"), is_within("upney station", "heathway station")
    (True, False)
    """
    return f" {one_way(run).removeprefix('the ')} " in f" {name} "


def station_last(words: str) -> str:
    """Words of which the first is no station: "station upney" as "upney station"."""
    first, _, others = words.partition(" ")
    return f"{others} {first}" if first == STATION and others else words


def _where(words: Sequence[str], named: Sequence[str]) -> int | None:
    """Where these words stand one after another."""
    starts = range(len(words) - len(named) + 1)
    return next((at for at in starts if list(words[at : at + len(named)]) == list(named)), None)
