"""The `type` column: what kind of question a row is, a note, the edge of a group, or something that has no place here.
Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from community.surveys.questionnaire import Kind
from community.surveys.xlsform.relevance import CannotRead


class Edge(Enum):
    begin = "begin"
    end = "end"


NOTE: Final = "note"


@dataclass(frozen=True)
class RowType:
    """kind: how a question is answered; None for a note or the edge of a group. choices: the list it chooses from.
    numbers: a `range`, whose choices are numbers."""

    kind: Kind | None = None
    choices: str | None = None
    edge: Edge | None = None
    numbers: bool = False


_SELECT_ONE: Final = "select_one|select one from|select one|select1|add select one prompt using"
_SELECT_MANY: Final = (
    "select_multiple|select multiple from|select multiple|select all that apply from|select all that apply"
    "|add select multiple prompt using"
)
_CHOICE: Final = re.compile(
    rf"(?:(?P<one>{_SELECT_ONE})|(?P<many>{_SELECT_MANY}))\s+(?P<list>\S+)(?P<other>\s+or[_ ]other)?"
)
_FROM_FILE: Final = re.compile(r"select_one_from_file\s+(\S+)")
PLACES_FILE: Final = "places.csv"
_PLAIN: Final = {
    "text": RowType(Kind.text), "string": RowType(Kind.text), "integer": RowType(Kind.number),
    "int": RowType(Kind.number), "note": RowType(), "range": RowType(Kind.scale, numbers=True),
    "begin_group": RowType(edge=Edge.begin), "end_group": RowType(edge=Edge.end),
}  # fmt: skip
_ABOUT_THE_PERSON: Final = frozenset(
    ("start", "end", "today", "deviceid", "imei", "phonenumber", "phone_number", "simserial", "sim_id",
     "subscriberid", "subscriber_id", "username", "email", "audit", "start-geopoint", "background-geopoint",
     "background-audio")
)  # fmt: skip
_EXACT: Final = frozenset(("geopoint", "geotrace", "geoshape", "location", "gps", "osm"))
_FILES: Final = frozenset(("image", "photo", "audio", "video", "file"))
_WORKED_OUT: Final = frozenset(("calculate", "hidden", "xml-external", "csv-external", "property"))
_WHAT_TO_USE: Final = "use select_one, select_multiple, integer, text, range or note"


def row_type(words: str) -> RowType:
    """Raises CannotRead, with what to write instead."""
    said = " ".join(words.split())
    if chosen := _CHOICE.fullmatch(said):
        if chosen["other"]:
            fix = f"take it out, and add a choice 'other' to the list {chosen['list']}, with yes in its column last"
            raise CannotRead("or_other cannot be used", fix)
        return RowType(Kind.single if chosen["one"] else Kind.multiple, choices=chosen["list"])
    if said in ("select_one", "select_multiple"):
        raise CannotRead(f"{said} names no list of choices", f"write the list's name behind it, such as {said} yes_no")
    if from_file := _FROM_FILE.fullmatch(said):
        if from_file[1] == PLACES_FILE:
            return RowType(Kind.place)
        fix = f"write the choices on the sheet choices; only {PLACES_FILE} (our list of places) can be named here"
        raise CannotRead("choices cannot come from a file", fix)
    plain = said.lower().replace("begin ", "begin_").replace("end ", "end_")
    if plain in _PLAIN:
        return _PLAIN[plain]
    raise CannotRead(f"{said!r} cannot be asked here", _instead(plain))


def _instead(plain: str) -> str:
    if plain in _ABOUT_THE_PERSON:
        return "take the row out: it would tell who answered, or when, and answers here are anonymous"
    if plain in _EXACT:
        return f"take it out, or ask for a place of our list with select_one_from_file {PLACES_FILE}"
    if plain in _FILES:
        return "take the row out: pictures, recordings and files may show people"
    if plain in _WORKED_OUT:
        return "take the row out: nothing is worked out from answers"
    if plain.endswith(("_repeat", "_loop")):
        return "ask the questions once; nothing can be repeated"
    if plain == "decimal":
        return "use integer: whole numbers only"
    if plain in ("date", "time", "datetime"):
        return "offer choices such as this week, this month, this year"
    if plain == "rank" or plain.startswith("rank "):
        return "use select_multiple: dragging is hard for many people"
    return _WHAT_TO_USE
