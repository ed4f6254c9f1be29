"""What each screen of the application reads from its form."""

from __future__ import annotations

from typing import Final

from community.config import Havens
from community.safe_havens.forms import days, offering, people, week
from community.safe_havens.forms.fields import Filled, first
from community.safe_havens.joining.filling import Filling
from community.safe_havens.joining.spot import Known, Spot, read_move
from community.safe_havens.kinds import HAVEN_KINDS, HEARD_FROM, PROMISES
from community.shared.clock import days_before, london_today
from community.shared.runtime import runtime

HOME: Final = "home"
"""Offered among the kinds so that it can be refused kindly."""
ELSEWHERE: Final = "elsewhere"
"""Stands for a place that is not on the list."""


class PrivateHome(Exception):
    """A home cannot be a Safe Haven."""


def name(filled: Filled, _filling: Filling) -> None:
    words = filled.text("name", most=120, missing="Enter the name that people see on the door.")
    if words and not any(character.isalnum() for character in words):
        filled.wrong("name", "Enter the name that people see on the door.")


def kind(filled: Filled, _filling: Filling) -> None:
    chosen = filled.choice("kind", [*HAVEN_KINDS, HOME], missing="Choose what kind of place it is.")
    if chosen == HOME:
        raise PrivateHome


def where(filled: Filled, filling: Filling) -> None:
    filled.text("address", most=200, missing="Enter the address: number, street and postcode.")
    place = filled.text("place", most=80, missing="Choose the nearest place, or None of these.")
    if place != first(filling.of("where"), "place"):  # the spot begins anew at the place
        filling.forget("spot")


def spot(filled: Filled, filling: Filling) -> None:
    now = spot_of(filling)
    move = read_move(filled.raw("_move"))
    if move is not None:
        now, filled.stay = now.moved(*move), True
    elif filled.raw("_wider"):
        now, filled.stay = now.wider(), True
    filled.kept = spot_fields(now)


def contact(filled: Filled, _filling: Filling) -> None:
    people.read_contact(filled)


def deputy(filled: Filled, filling: Filling) -> None:
    people.read_deputy(filled)
    email = filled.raw("email").lower()
    if email and email == first(filling.of("contact"), "email").lower():
        filled.wrong("email", "Enter another address than that of the person in charge, or leave all three empty.")


def pattern(filled: Filled, filling: Filling) -> None:
    chosen = filled.choice("pattern", week.PATTERNS, missing="Choose how your days are.")
    if chosen != first(filling.of("pattern"), "pattern"):  # other lines are asked for
        filling.forget("hours")


def hours(filled: Filled, filling: Filling) -> None:
    week.read_week(filled, first(filling.of("pattern"), "pattern"))


def holidays(filled: Filled, _filling: Filling) -> None:
    chosen = filled.choice("holidays", week.HOLIDAYS, missing="Choose what happens on bank holidays.")
    if chosen == "own":
        week.read_day(filled, "PH", "Bank holidays")


def other_days(filled: Filled, filling: Filling) -> None:
    days.read_days(filled, kept=list(filling.of("days").get("days", ())), today=london_today())


def staff(filled: Filled, _filling: Filling) -> None:
    offering.read_staff(filled)


def offers(filled: Filled, _filling: Filling) -> None:
    offering.read_offers(filled)


def languages(filled: Filled, _filling: Filling) -> None:
    offering.read_languages(filled)


def promises(filled: Filled, _filling: Filling) -> None:
    made = filled.choices("promises", list(PROMISES))
    for key in PROMISES:
        if key not in made:
            filled.wrong(f"promises-{key}", f"Tick this if you can promise it: {PROMISES[key]}")


def asked(filled: Filled, _filling: Filling) -> None:
    wanted = runtime().settings.havens
    today = london_today()
    if wanted.insurance:
        last = days_before(today, -3660)
        filled.day("insured", missing="Enter the day on which your public liability insurance ends.",
                   first=today, last=last, outside="Enter a day from today on.")  # fmt: skip
    for key, is_wanted in (("safeguarding", wanted.safeguarding), ("charter", wanted.night_charter)):
        if is_wanted:
            filled.choice(key, ["yes", "no"], missing="Choose yes or no. Both are fine to send.")


def consent(filled: Filled, _filling: Filling) -> None:
    filled.choice("consent", ["yes", "no"], missing="Choose yes or no.")


def heard(filled: Filled, _filling: Filling) -> None:
    filled.choice("heard", list(HEARD_FROM), missing=None)


def is_asked(wanted: Havens) -> bool:
    """Whether the council's settings ask for anything more."""
    return wanted.insurance or wanted.safeguarding or wanted.night_charter


def spot_of(filling: Filling) -> Spot:
    """The spot as the form carries it. Raises KeyError before there is one."""
    kept = filling.answers["spot"]
    return Spot(float(kept["lat"][0]), float(kept["lon"][0]), int(kept["step"][0]))


def spot_fields(spot: Spot) -> dict[str, list[str]]:
    return {"lat": [str(spot.lat)], "lon": [str(spot.lon)], "step": [str(spot.step)]}


def begin_spot(filling: Filling, at: Known | None, known: list[Known]) -> None:
    """Put the spot at the place that was chosen, or in the middle of all of them with a wide look; and keep it within
    reach of the places we know."""
    if "spot" in filling.answers:
        start = spot_of(filling)
    elif at is not None:
        start = Spot(round(at.lat, 6), round(at.lon, 6))
    else:
        lat = sum(place.lat for place in known) / len(known) if known else 51.54
        lon = sum(place.lon for place in known) / len(known) if known else 0.13
        start = Spot(round(lat, 6), round(lon, 6), 0)
    filling.answers["spot"] = spot_fields(start.within(known))
