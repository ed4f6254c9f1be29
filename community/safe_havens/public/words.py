"""Kinds, offers, problems and times in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from community.safe_havens.directory import walk_in_words
from community.shared import languages
from community.support.hours import DAY_MINUTES, Hours, clock

KINDS: Final[Mapping[str, Any]] = {
    "shop": _l("shop"),
    "shopping_centre": _l("shopping centre"),
    "cafe": _l("cafe or restaurant"),
    "fast_food": _l("fast food"),
    "pub": _l("pub or bar"),
    "pharmacy": _l("pharmacy"),
    "library": _l("library"),
    "culture": _l("theatre, museum or other cultural venue"),
    "leisure": _l("leisure or sports centre"),
    "school": _l("school or college"),
    "worship": _l("place of worship"),
    "community": _l("community hub or charity"),
    "lobby": _l("lobby of an office, hotel or station"),
}
FACILITIES: Final[Mapping[str, Any]] = {
    "seat": _l("a seat apart from others"),
    "water": _l("drinking water"),
    "toilet": _l("a toilet"),
    "charging": _l("phone charging"),
    "landline": _l("a phone to use"),
    "first_aider": _l("a first aider"),
    "cctv": _l("CCTV"),
    "lockable_door": _l("a door that locks"),
}
ACCESS: Final[Mapping[str, Any]] = {
    "step_free": _l("step-free way in"),
    "accessible_toilet": _l("accessible toilet"),
    "hearing_loop": _l("hearing loop"),
    "quiet_space": _l("quiet space"),
}
PROBLEMS: Final[Mapping[str, Any]] = {
    "danger": _l("I was not safe there"),
    "turned_away": _l("They turned me away"),
    "did_not_know": _l("Staff did not know about Safe Havens"),
    "shut": _l("It was shut when this page said open"),
    "details_wrong": _l("Something on this page is wrong"),
    "sticker": _l("The sticker looks fake, or is not there"),
}
FEEDBACK: Final[Mapping[str, Any]] = {
    "helped": _l("Yes, they helped"),
    "partly": _l("Partly"),
    "not_helped": _l("No"),
    "nobody_knew": _l("Nobody there knew about it"),
}


def time_in_words(at: time) -> str:
    """A time of day: "7pm" in English, "19:00" elsewhere."""
    return clock(at) if languages.current() == languages.DEFAULT else f"{at:%H:%M}"


def until_in_words(until: datetime | None) -> str:
    """How long a door stays open. until: None where no end is in sight."""
    return str(_("till %(time)s", time=time_in_words(until.time())) if until else _("day and night"))


def now_in_words(is_open: bool, until: datetime | None, opens: tuple[date, time] | None, today: date) -> str:
    """ "Open, till 7pm" or "Shut, opens tomorrow at 9am", as the list says it."""
    comma = "،" if languages.current() == "ur" else ","
    if is_open:
        return f"{_('Open')}{comma} {until_in_words(until)}"
    return f"{_('Shut')}{comma} {opens_in_words(opens, today)}"


def opens_in_words(opens: tuple[date, time] | None, today: date) -> str:
    """When a shut door opens. opens: None when not within two weeks."""
    if opens is None:
        return str(_("shut for now"))
    day, at = opens[0], time_in_words(opens[1])
    match (day - today).days:
        case 0:
            return str(_("opens today at %(time)s", time=at))
        case 1:
            return str(_("opens tomorrow at %(time)s", time=at))
        case ahead:
            return str(_("opens %(day)s at %(time)s", day=day_in_words(day, with_date=ahead > 6), time=at))


def day_in_words(day: date, *, with_date: bool = True) -> str:
    """ "Friday 25 December", or the weekday alone."""
    words: str = format_date(day, "EEEE d MMMM" if with_date else "EEEE")
    return words


def spans_in_words(spans: Sequence[tuple[int, int]]) -> str:
    """The hours of one day: "9am to 5pm", "shut", "all day"."""
    if not spans:
        return str(_("shut"))
    if list(spans) == [(0, DAY_MINUTES)]:
        return str(_("all day"))
    return ", ".join(_("%(start)s to %(end)s", start=_clock(start), end=_clock(end)) for start, end in spans)


def distance_in_words(metres: float, area: str = "") -> str:
    """ "450 m in a straight line". area: of which only the middle is known: "450 m from the middle of IG11"."""
    if area:
        return str(_("%(far)s from the middle of %(area)s", far=walk_in_words(metres), area=area))
    return str(_("%(far)s in a straight line", far=walk_in_words(metres)))


def shut_in_words(hours: Hours, at: datetime) -> str:
    """When a venue that is shut at a moment opens next."""
    return opens_in_words(hours.next_opening(at), at.date())


def _clock(minute: int) -> str:
    minute %= DAY_MINUTES
    return time_in_words(time(minute // 60, minute % 60))
