"""`flask havens ...`: the public list of a moment, and what waits at the desk. `coverage` is added by app.py: its
answer needs what people said."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click
from flask.cli import AppGroup

from community.extensions import reading
from community.safe_havens.kinds import HAVEN_KINDS, VISIT_KINDS
from community.safe_havens.service import listing, queue
from community.safe_havens.venue import Venue
from community.shared.clock import LONDON, london_now
from community.shared.commands import Output, json_command, table
from community.shared.errors import UserError
from community.support.hours import clock, opens_in_words

havens_cli = AppGroup("havens", help="Safe Havens: who is listed, what waits, where one is missed.")


class BadMoment(UserError):
    """--at is no time."""


@havens_cli.command("list")
@click.option("--at", "at", metavar="TIME", help="A London time such as 2026-11-20T21:20; now if not given.")
@json_command
def list_havens(at: str | None) -> Output:
    """Every listed venue by name, and whether it is open."""
    reading.set(True)
    moment = _moment(at)
    directory = listing.directory(moment)
    is_open = {venue.slug for venue in directory.open_at(moment)}
    rows = [_venue(venue, moment, is_open=venue.slug in is_open) for venue in directory.venues]
    shown = [(row["name"], row["kind"], row["place"] or row["address"], row["now"], row["checked_on"]) for row in rows]
    text = table(shown, headings=("name", "kind", "place", "now", "checked")) if rows else "No venue is listed."
    return Output({"at": moment.isoformat(timespec="minutes"), "havens": rows}, text)


@havens_cli.command("review")
@json_command
def review() -> Output:
    """What waits at the desk: reports, applications, visits, hours, what runs out, what a setting asks for anew."""
    reading.set(True)
    now = london_now()
    waits = queue.queue(now)
    found: dict[str, list[dict[str, Any]]] = {
        "reports": [
            {"venue": one.haven.slug, "problem": one.problem, "reported_on": one.reported_on.isoformat(), "n": one.n,
             "is_overdue": one.is_overdue}
            for one in waits.reports
        ],
        "applications": [
            {"venue": one.haven.slug, "reference": one.haven.reference, "applied_on": one.haven.applied_on.isoformat(),
             "stage": one.stage, "is_ready": one.is_ready, "like": one.like.slug if one.like else None}
            for one in waits.applications
        ],
        "visits": [
            {"venue": haven.slug, "kind": visit.kind, "planned_on": visit.planned_on.isoformat(),
             "is_due": visit.planned_on <= now.date()}
            for visit, haven in waits.visits
        ],
        "hours": [{"venue": haven.slug, "opening": haven.opening, "proposed": haven.opening_proposed}
                  for haven in waits.hours],
        "lapses": [
            {"venue": lapse.haven.slug, "what": list(lapse.what), "on": lapse.on.isoformat(), "is_over": lapse.is_over}
            for lapse in waits.lapses
        ],
        "to_agree": [{"venue": haven.slug, "accepted": haven.agreement} for haven in waits.to_agree],
        "uninsured": [{"venue": haven.slug} for haven in waits.uninsured],
    }  # fmt: skip
    lines = [(what, row["venue"], _told(what, row)) for what, rows in found.items() for row in rows]
    text = table(lines, headings=("what", "venue", "")) if lines else "Nothing waits."
    return Output(found, text)


def _venue(venue: Venue, at: datetime, *, is_open: bool) -> dict[str, Any]:
    until = venue.hours.until(at) if is_open else None
    now = f"open till {clock(until.time())}" if until else "open" if is_open else opens_in_words(venue.hours, at)
    return {
        "slug": venue.slug, "name": venue.name, "kind": HAVEN_KINDS[venue.kind], "address": venue.address,
        "place": venue.place_name, "lat": venue.lat, "lon": venue.lon, "opening": venue.opening, "is_open": is_open,
        "now": now, "offers": sorted(venue.offers), "languages": list(venue.languages),
        "checked_on": venue.checked_on.isoformat(), "demo": venue.demo,
    }  # fmt: skip


def _told(what: str, row: dict[str, Any]) -> str:
    """What a person needs to know of a line."""
    match what:
        case "reports":
            return f"{row['problem']}, {row['n']} on {row['reported_on']}{', overdue' if row['is_overdue'] else ''}"
        case "applications":
            return f"{row['applied_on']}: {row['stage']}"
        case "visits":
            return f"{VISIT_KINDS[row['kind']]}, {row['planned_on']}"
        case "hours":
            return f"{row['opening']} -> {row['proposed']}"
        case "to_agree":
            return f"accepted version {row['accepted'] or 'none'}, and it is another now"
        case "uninsured":
            return "has not said until when it is insured"
        case _:
            return f"{', '.join(row['what'])}, {row['on']}"


def _moment(text: str | None) -> datetime:
    if text is None:
        return london_now()
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError as wrong:
        raise BadMoment(f"--at is {text[:40]!r}: write a London time as 2026-11-20T21:20.") from wrong
    return at.astimezone(LONDON) if at.tzinfo else at.replace(tzinfo=LONDON)
