"""The answers as a person reads them back, and as the application they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from community.config import Havens
from community.safe_havens.forms import days, offering, week
from community.safe_havens.forms.fields import Filled, day_of, first
from community.safe_havens.joining import screens
from community.safe_havens.joining.filling import Filling
from community.safe_havens.joining.reading import ELSEWHERE, spot_of
from community.safe_havens.joining.spot import Known, nearest_words
from community.safe_havens.kinds import HAVEN_KINDS, HEARD_FROM, OFFERED
from community.safe_havens.service.applying import Application, Contact
from community.support.week_in_words import week_in_words


@dataclass(frozen=True)
class Line:
    """One line of the answers: what it is, what was said, and which screen changes it."""

    key: str
    label: str
    said: Sequence[str]


def lines(filling: Filling, wanted: Havens, known: Sequence[Known]) -> list[Line]:
    """Every answer, in the order of the screens. All screens are done."""
    said = application(filling)
    told = {
        "name": [said.name],
        "kind": [HAVEN_KINDS[said.kind].capitalize()],
        "where": [said.address],
        "spot": [nearest_words(spot_of(filling), known)] if known else ["On the map"],
        "contact": _person(said.contact),
        "deputy": _person(said.deputy) if said.deputy else ["Nobody else"],
        "pattern": [week.PATTERNS[first(filling.of("pattern"), "pattern")]],
        "hours": [line for line in week_in_words(said.opening) if not line.startswith("Bank")],
        "holidays": [week.HOLIDAYS[first(filling.of("holidays"), "holidays")], *_holiday_lines(said.opening)],
        "days": [days.in_words(line) for line in filling.of("days").get("days", ())] or ["None"],
        "staff": [str(said.least_staff)],
        "offers": [OFFERED[key].capitalize() if key != "cctv" else OFFERED[key] for key in said.offers]
        or ["None of these"],
        "languages": list(said.languages),
        "promises": ["You promise all six"],
        "asked": _asked(said),
        "consent": ["Yes" if said.consents else "No"],
        "heard": [HEARD_FROM[said.heard_from].capitalize() if said.heard_from else "Not said"],
    }
    return [Line(screen.key, screen.label, told[screen.key]) for screen in screens.asked(filling, wanted)]


def application(filling: Filling) -> Application:
    """What the answers say. Every screen that is asked is done."""
    where, spot = filling.of("where"), spot_of(filling)
    place, offered, more = first(where, "place"), filling.of("offers"), filling.of("asked")
    return Application(
        name=first(filling.of("name"), "name"),
        kind=first(filling.of("kind"), "kind"),
        address=first(where, "address"),
        place="" if place == ELSEWHERE else place,
        lat=spot.lat,
        lon=spot.lon,
        contact=_contact(filling, "contact"),
        deputy=_contact(filling, "deputy") if first(filling.of("deputy"), "name") else None,
        opening=opening(filling),
        exceptions=[days.parts_of(line) for line in filling.of("days").get("days", ())],
        least_staff=int(first(filling.of("staff"), "least_staff")),
        offers=offering.offers_of(offered),
        languages=offering.languages_of(filling.of("languages")),
        consents=first(filling.of("consent"), "consent") == "yes",
        heard_from=first(filling.of("heard"), "heard") or None,
        insured_until=day_of(*(first(more, f"insured-{part}") for part in ("day", "month", "year"))),
        safeguarding_trained=_yes_or_no(first(more, "safeguarding")),
        night_charter=_yes_or_no(first(more, "charter")),
    )


def opening(filling: Filling) -> str:
    """The week and what holds on bank holidays, as hours are stored."""
    usual = week.read_week(Filled(filling.of("hours")), first(filling.of("pattern"), "pattern"))
    chosen = first(filling.of("holidays"), "holidays")
    own = week.read_day(Filled(filling.of("holidays")), "PH", "") if chosen == "own" else "off"
    return week.with_holidays(usual, "" if chosen == "usual" else own)


def _holiday_lines(opening: str) -> list[str]:
    return [
        line.partition(": ")[2] for line in week_in_words(opening) if line.startswith("Bank") and "shut" not in line
    ]


def _contact(filling: Filling, screen: str) -> Contact:
    said = filling.of(screen)
    return Contact(first(said, "name"), first(said, "email"), first(said, "phone"))


def _person(person: Contact) -> list[str]:
    return [part for part in (person.name, person.email, person.phone) if part]


def _asked(said: Application) -> list[str]:
    words = {None: "not asked", True: "yes", False: "no"}
    until = said.insured_until
    return [
        *([f"Insured until {until.day} {until:%B %Y}"] if until else []),
        *(
            [f"Safeguarding training: {words[said.safeguarding_trained]}"]
            if said.safeguarding_trained is not None
            else []
        ),
        *([f"Night safety charter: {words[said.night_charter]}"] if said.night_charter is not None else []),
    ]


def _yes_or_no(said: str) -> bool | None:
    return {"yes": True, "no": False}.get(said)
