"""Commands of the places room: `places` and `posters`. Each is a few lines round a service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Final

import click
from flask import current_app
from flask.cli import AppGroup

from community.extensions import db
from community.places import csv_import, queries, ward_shapes
from community.places.codes import display
from community.places.csv_import import parse_places
from community.places.kinds import POSTER_KINDS
from community.places.models import Place, Poster
from community.places.service import facts, importing, places, posters
from community.places.ward_shapes import parse_wards
from community.shared.clock import london_today
from community.shared.commands import NUMBER, Output, json_command, read_file, table

places_cli = AppGroup("places", help="Places, wards and areas.")
posters_cli = AppGroup("posters", help="QR posters: what was printed, where it hangs, which survey wave it serves.")

DAY: Final = click.DateTime(["%Y-%m-%d"])


@places_cli.command("list")
@json_command
def list_places() -> Output:
    """List the places, with their wards and areas."""
    found = queries.all_places()
    rows = [(place.slug, place.name, place.kind, place.ward.name if place.ward else None) for place in found]
    return Output([_place(place) for place in found], table(rows, headings=("place", "name", "kind", "ward")))


@places_cli.command("import")
@click.argument("path", metavar="FILE.csv")
@json_command
def import_places(path: str) -> Output:
    """Take in places from a CSV file: all of it, or nothing when a line is wrong.

    It needs columns headed name, kind, lat and lon, and may have ward_code, ward_name, areas, aliases, id, source,
    credit, precision and approximate. The same file twice changes nothing."""
    report = importing.import_places(parse_places(read_file(path, max_bytes=csv_import.MAX_BYTES)))
    db.session.commit()
    return _imported(report, "places")


@places_cli.command("facts")
@json_command
def load_facts() -> Output:
    """Take in Barking and Dagenham's own places, wards and areas. Twice is once; slugs never change."""
    report = facts.load_facts()
    db.session.commit()
    return _imported(report, "places")


@places_cli.command("import-wards")
@click.argument("path", metavar="FILE.geojson")
@json_command
def import_wards(path: str) -> Output:
    """Take in ward shapes from a GeoJSON file, then give places without a ward theirs."""
    report = importing.import_wards(parse_wards(read_file(path, max_bytes=ward_shapes.MAX_BYTES)))
    db.session.commit()
    return _imported(report, "wards", placed=report.placed)


@posters_cli.command("list")
@click.option("--place", "place_slug", metavar="SLUG", help="Only those at this place.")
@json_command
def list_posters(place_slug: str | None) -> Output:
    """List the posters, by place."""
    if place_slug is not None:
        places.get_by_slug(place_slug)
    return _posters(posters.list_posters(place_slug))


def wave_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The days on which a poster serves a wave."""
    command = click.option("--to", "ends_on", type=DAY, help="Last day; without it, until further notice.")(command)
    return click.option("--from", "starts_on", type=DAY, help="First day; today when not given.")(command)


@posters_cli.command("create")
@click.option("--place", "place_slug", metavar="SLUG", help="Where they will hang.")
@click.option("--spot", default="", metavar="TEXT", help='Where exactly, as in "by the ticket gates".')
@click.option("--kind", type=click.Choice(list(POSTER_KINDS)), default="fixed_place", show_default=True)
@click.option("--route", metavar="TEXT", help="The route, for posters on buses.")
@click.option("--count", default=1, show_default=True, help="How many, each with a code of its own.")
@click.option("--wave", "wave_id", type=NUMBER, metavar="ID", help="The survey wave they serve.")
@wave_options
@json_command
def create_posters(
    *, place_slug: str | None, spot: str, kind: str, route: str | None, count: int, wave_id: int | None,
    starts_on: datetime | None, ends_on: datetime | None,
) -> Output:  # fmt: skip
    """Make posters for a place or a bus route; `posters pdf` prints them."""
    made = posters.create_posters(
        places.get_by_slug(place_slug) if place_slug is not None else None,
        on=london_today(),
        kind=kind,
        spot=spot,
        route=route,
        n=count,
        wave_id=wave_id,
        starts_on=_day(starts_on),
        ends_on=_day(ends_on),
    )
    db.session.commit()
    return _posters(made)


@posters_cli.command("assign")
@click.argument("code")
@click.option("--wave", "wave_id", type=NUMBER, required=True, metavar="ID", help="The survey wave it will serve.")
@click.option("--instead", is_flag=True, help="End what it serves on the first day, if anything, the day before.")
@wave_options
@json_command
def assign(code: str, wave_id: int, instead: bool, starts_on: datetime | None, ends_on: datetime | None) -> Output:
    """Let a poster serve a survey wave. Answers already given stay with the wave they were given in."""
    point = posters.repoint if instead else posters.assign
    poster = posters.get(code)
    point(poster, wave_id, _day(starts_on) or london_today(), _day(ends_on))
    db.session.commit()
    waves = posters.assignments(poster)
    document = {
        "code": poster.code,
        "waves": [{"wave": w.wave_id, "from": w.starts_on.isoformat(), "to": _iso(w.ends_on)} for w in waves],
    }
    rows = [(w.wave_id, w.starts_on, w.ends_on) for w in waves]
    return Output(document, f"{display(poster.code)} serves:\n" + table(rows, headings=("wave", "from", "to")))


@posters_cli.command("mark")
@click.argument("code")
@click.argument("status", type=click.Choice(["up", "taken-down", "reported", "retired"]))
@click.option("--on", "day", type=DAY, help="The day it happened; today when not given.")
@json_command
def mark(code: str, status: str, day: datetime | None) -> Output:
    """Say what became of a poster. A taken-down one asks nothing; a retired one is never hung again."""
    poster, today = posters.get(code), london_today()
    on = _day(day) or today
    if on > today:
        raise posters.WrongDay(f"{on} has not come yet. Say what became of {display(poster.code)} on that day.")
    posters.BECOMES[status](poster, on)
    db.session.commit()
    return _posters([poster])


def _place(place: Place) -> dict[str, object]:
    return {
        "slug": place.slug, "name": place.name, "kind": place.kind, "ward_code": place.ward_code,
        "ward": place.ward.name if place.ward else None, "areas": [area.slug for area in place.areas],
        "lat": place.lat, "lon": place.lon, "precision": place.precision, "approximate": place.approximate,
        "aliases": place.aliases, "source": place.source, "credit": place.credit, "external_id": place.external_id,
    }  # fmt: skip


def _posters(found: Sequence[Poster]) -> Output:
    base = current_app.config["SETTINGS"].public_base_url
    document = [
        {
            "code": poster.code, "place": poster.place.slug if poster.place else None, "spot": poster.spot,
            "kind": poster.kind, "status": poster.status, "url": f"{base}/q/{poster.code}",
        }
        for poster in found
    ]  # fmt: skip
    rows = [(display(p.code), p.place.slug if p.place else p.route, p.spot, p.kind, p.status) for p in found]
    return Output(document, table(rows, headings=("code", "place", "spot", "kind", "status")))


def _imported(report: importing.ImportReport, what: str, **more: int) -> Output:
    counts = {"added": report.added, "changed": report.changed, "unchanged": report.unchanged, **more}
    text = f"{what}: " + ", ".join(f"{n} {word}" for word, n in counts.items())
    return Output({**counts, "warnings": report.warnings}, text, report.warnings)


def _day(value: datetime | None) -> date | None:
    return value.date() if value is not None else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
