"""A venue changes its details, its people, its hours and its single days."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from community.safe_havens.forms import days, offering, people, week
from community.safe_havens.forms.fields import Filled, Values, first
from community.safe_havens.joining.showing import day_lines
from community.safe_havens.kinds import ACCESS, FACILITIES
from community.safe_havens.models import SafeHaven
from community.safe_havens.service import details, links
from community.safe_havens.service.applying import Contact
from community.safe_havens.spoken import LANGUAGES
from community.safe_havens.venue_pages import filled_in
from community.safe_havens.yours.blueprint import bp, haven_to_change, page
from community.safe_havens.yours.views import done
from community.shared.clock import london_now, london_today
from community.shared.database import commit


@bp.route("/safe-havens/yours/<link>/details", methods=["GET", "POST"])
def change_details(link: str) -> ResponseReturnValue:
    haven, filled = haven_to_change(link), filled_in()
    if request.method == "POST":
        offering.read_staff(filled)
        offering.read_offers(filled)
        offering.read_languages(filled)
        consent = filled.choice("consent", ["yes", "no"], missing="Choose yes or no.")
        if not filled.errors:
            details.change_offers(
                haven, offers=offering.offers_of(filled.kept), languages=offering.languages_of(filled.kept),
                least_staff=int(first(filled.kept, "least_staff")), consents=consent == "yes", on=london_today(),
            )  # fmt: skip
            return done(link, "details")
        values = filled.shown_again()
    else:
        values = offering.as_fields(haven.offers, haven.languages)
        values |= {"least_staff": [str(haven.least_staff)], "consent": ["yes" if haven.consents else "no"]}
    return page(
        "details.html", 422 if filled.errors else 200, haven=haven, link=link, errors=filled.errors, values=values,
        facilities=FACILITIES, access=ACCESS, spoken=LANGUAGES,
    )  # fmt: skip


@bp.route("/safe-havens/yours/<link>/people", methods=["GET", "POST"])
def change_people(link: str) -> ResponseReturnValue:
    haven, sent = haven_to_change(link), filled_in().sent
    one, other = _apart(sent, ""), _apart(sent, "deputy_")
    if request.method == "POST":
        people.read_contact(one)
        people.read_deputy(other)
        if not other.errors and first(other.kept, "email").lower() == first(one.kept, "email").lower() != "":
            other.wrong("email", "Enter another address than that of the person in charge, or leave all three empty.")
        if not (one.errors or other.errors):
            deputy = _contact(other) if first(other.kept, "name") else None
            details.change_people(haven, _contact(one), deputy, link=link, now=london_now())
            if links.holder(link, haven) is None:
                commit()
                return page("handed_over.html", haven=haven)
            return done(link, "people")
        values = one.shown_again() | {f"deputy_{name}": kept for name, kept in other.shown_again().items()}
    else:
        values = _stored(haven)
    errors = [*one.errors, *((f"deputy_{name}", words) for name, words in other.errors)]
    return page("people.html", 422 if errors else 200, haven=haven, link=link, errors=errors, values=values)


@bp.route("/safe-havens/yours/<link>/hours", methods=["GET", "POST"])
def change_hours(link: str) -> ResponseReturnValue:
    haven, filled = haven_to_change(link), filled_in()
    stored = week.as_rows(haven.opening)
    pattern = request.form.get("pattern", "") or first(stored, "pattern")
    pattern = pattern if pattern in week.PATTERNS else "each_day"
    values = stored
    if request.method == "POST" and "_rows" not in request.form:
        usual = week.read_week(filled, pattern, may_be_shut=True)
        chosen = filled.choice("holidays", week.HOLIDAYS, missing="Choose what happens on bank holidays.")
        own = week.read_day(filled, "PH", "Bank holidays") if chosen == "own" else "off"
        if not filled.errors:
            opening = week.with_holidays(usual, "" if chosen == "usual" else own)
            shown = details.change_hours(haven, opening, on=london_today())
            return done(link, "hours" if shown else "waits")
        values = filled.shown_again()
    return page(
        "hours.html", 422 if filled.errors else 200, haven=haven, link=link, errors=filled.errors, values=values,
        pattern=pattern, patterns=week.PATTERNS, rows=week.rows_of(pattern), holidays=week.HOLIDAYS,
    )  # fmt: skip


@bp.route("/safe-havens/yours/<link>/days", methods=["GET", "POST"])
def change_days(link: str) -> ResponseReturnValue:
    haven, filled, today = haven_to_change(link), filled_in(), london_today()
    kept = [f"{one.on_day} {one.opening}" for one in haven.exceptions if one.on_day >= today]
    if request.method == "POST":
        days.read_days(filled, kept=kept, today=today)
        if not filled.errors:
            details.change_days(haven, [days.parts_of(line) for line in filled.kept["days"]], on=today)
            return done(link, "days")
    return page(
        "days.html", 422 if filled.errors else 200, haven=haven, link=link, errors=filled.errors,
        values=filled.shown_again(), other_days=day_lines(kept),
    )  # fmt: skip


def _apart(sent: Values, prefix: str) -> Filled:
    """The fields of one person out of a form for two."""
    return Filled({name: sent.get(f"{prefix}{name}", []) for name in ("name", "email", "phone")})


def _contact(filled: Filled) -> Contact:
    return Contact(*(first(filled.kept, name) for name in ("name", "email", "phone")))


def _stored(haven: SafeHaven) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for person in haven.contacts:
        prefix = "deputy_" if person.role == "deputy" else ""
        values |= {f"{prefix}{name}": [getattr(person, name)] for name in ("name", "email", "phone")}
    return values
