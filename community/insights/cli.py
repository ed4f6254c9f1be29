"""`flask insights ...`: what people said, whether the counts are right, and the needs assessment's section."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from community.extensions import db, reading
from community.insights import tables
from community.insights.service import missing as missing_answers
from community.insights.service import needs_assessment, rollup
from community.insights.service import results as answers
from community.insights.service import verify as recounting
from community.insights.service.selection import BY
from community.shared.clock import london_today
from community.shared.commands import NUMBER, Output, json_command

insights_cli = AppGroup("insights", help="What people said, with bases and ranges.")

_PLACE = click.option("--place", metavar="SLUG", help="A place, an area, or a ward's code.")
_WAVE = click.option("--wave", type=NUMBER, metavar="W", help="A wave's number.")
_FROM = click.option("--from", "first", metavar="D", help="First day, such as 2026-11-01.")
_TO = click.option("--to", "last", metavar="D", help="Last day.")


@insights_cli.command("results")
@click.argument("survey")
@click.option("--question", metavar="KEY", help="Default: the opening question of the latest wave.")
@click.option("--by", metavar="|".join(BY), help="Split the answers by one of these.")
@_PLACE
@_WAVE
@_FROM
@_TO
@json_command
def results(survey: str, **options: Any) -> Output:
    """How many chose each answer to a question, live."""
    reading.set(True)
    found = answers.results(survey, **options)
    # People read the notes under the table, whoever asked for the document on standard error.
    as_json = click.get_current_context().params["as_json"]
    return Output(found.document(), tables.results(found), found.notes if as_json else ())


@insights_cli.command("missing")
@click.argument("survey")
@_PLACE
@_WAVE
@_FROM
@_TO
@json_command
def missing(survey: str, **options: Any) -> Output:
    """Why answers are missing, question by question."""
    reading.set(True)
    found = missing_answers.missing(survey, **options)
    return Output(found.document(), tables.missing(found))


@insights_cli.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def verify(as_json: bool) -> None:
    """Count everything anew from the stored answers; ends with status 1 when any tally differs."""
    reading.set(True)
    found = recounting.verify()
    click.echo(json.dumps(found.document(), indent=2) if as_json else tables.verification(found))
    if found.differing:
        sys.exit(1)


@insights_cli.command("needs-assessment")
@click.option("--from", "first", required=True, metavar="D", help="First day, such as 2026-01-01.")
@click.option("--to", "last", required=True, metavar="D", help="Last day.")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for the files.")
@click.option("--released", is_flag=True, help="Rounded figures that may be published.")
@json_command
def write_needs_assessment(first: str, last: str, out: Path, released: bool) -> Output:
    """Write the section "Community Voice" as a web page and as Markdown."""
    reading.set(True)
    written = needs_assessment.write(first, last, out, released=released)
    return Output(written.document(), tables.section(written.chapter, written.files))


@insights_cli.command("roll-up")
@json_command
def roll_up() -> Output:
    """Sum closed months, as each night."""
    open_from = rollup.roll_up(london_today())
    db.session.commit()
    return Output({"closed_before": open_from.isoformat()}, f"Months before {open_from} are summed.")
