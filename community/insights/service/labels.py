"""What a group of a table is called for people who read it: names for slugs, codes and keys."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Final

from community.insights import queries
from community.insights.measures import label_of
from community.insights.sentences import long_date
from community.insights.service.grouping import NO, NOT_KNOWN
from community.insights.service.selection import PlaceRow
from community.places.codes import display
from community.surveys.fielding import Fielding

SPLITS: Final[Mapping[str, str]] = {
    "place": "Place",
    "area": "Area",
    "ward": "Ward",
    "poster": "Poster",
    "age": "Age",
    "daypart": "Time of day",
    "date": "Day",
    "week": "Week",
    "wave": "Wave",
    "channel": "Way of answering",
    "gender": "Gender",
    "ethnicity": "Ethnic group",
    "disability": "Disability",
    "connection": "What brings people here",
}
"""How answers can be split -> what that is called; in the order of the page."""
DAYPARTS: Final[Mapping[str, str]] = {
    "00-06": "Midnight to 6am",
    "06-09": "6am to 9am",
    "09-12": "9am to midday",
    "12-15": "Midday to 3pm",
    "15-19": "3pm to 7pm",
    "19-21": "7pm to 9pm",
    "21-24": "9pm to midnight",
}
_CHANNELS: Final[Mapping[str, str]] = {
    "web": "On the web", "sms": "By text", "whatsapp": "By WhatsApp", "paper": "On paper",
    "import": "From an older file", "demo": "Made up, for demonstration",
}  # fmt: skip
_NONE: Final = {NOT_KNOWN: "Not known", **{name: name.capitalize() for name in NO.values()}}


def labels(by: str | None, groups: Iterable[str], fielding: Fielding, places: Iterable[PlaceRow]) -> dict[str, str]:
    """Group -> its name, in the same order. fielding: the wave whose options name the groups of an attribute."""
    found = tuple(dict.fromkeys(groups))
    name = _namer(by, found, fielding, places)
    return {group: _NONE.get(group) or name(group) for group in found}


def _namer(
    by: str | None, groups: Collection[str], fielding: Fielding, places: Iterable[PlaceRow]
) -> Callable[[str], str]:
    match by:
        case "place":
            return _from({place.slug: place.name for place in places})
        case "area":
            return _from({row.slug: row.name for row in queries.areas()})
        case "ward":
            return _from({code: f"{name} ({code})" for code, name in queries.wards()})
        case "poster":
            return _from({code: _poster(code, where) for code, where in queries.where_posters_hang(groups)})
        case "daypart":
            return _from(DAYPARTS)
        case "channel":
            return _from(_CHANNELS)
        case "date":
            return lambda day: long_date(date.fromisoformat(day))
        case "week":
            return lambda day: f"Week from {long_date(date.fromisoformat(day))}"
        case "wave":
            return lambda number: f"Wave {number}"
        case None:
            return lambda _: "Everyone"
    asks = next((q for q in fielding.questionnaire.attribute_questions if q.attribute == by), None)
    return lambda group: label_of(asks, group) if asks else group


def _from(names: Mapping[str, str]) -> Callable[[str], str]:
    return lambda group: names.get(group, group)


def _poster(code: str, where: str | None) -> str:
    return f"{display(code)}, {where}" if where else display(code)
