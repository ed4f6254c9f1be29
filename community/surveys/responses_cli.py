"""`flask responses ...`: older answers, from paper forms and other tools, brought in from a CSV file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from community.extensions import db
from community.shared.clock import london_today
from community.shared.commands import Output, json_command, read_file
from community.shared.errors import UserError
from community.support.harm import topics_in
from community.surveys.importing import bringing_in, mapping, reading
from community.surveys.importing.bringing_in import CHANNELS, BroughtInMeanwhile, Earlier
from community.surveys.importing.faults import FileRefused, shown
from community.surveys.importing.planning import Plan, plan

responses_cli = AppGroup("responses", help="Answers that were given elsewhere.")


@responses_cli.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--survey", default="safety", show_default=True, help="The survey that the answers belong to.")
@click.option("--wave", help="A number, or 'new'. Left out: the wave whose dates hold every row, else a new one.")
@click.option(
    "--mapping", "mapping_file", type=click.Path(dir_okay=False, path_type=Path), help="YAML: what their words mean."
)
@click.option("--channel", type=click.Choice(CHANNELS), default="import", show_default=True, help="How they came.")
@click.option("--dry-run", is_flag=True, help="Check everything, say what would be stored, store nothing.")
@json_command
def import_responses(
    *, file: Path, survey: str, wave: str | None, mapping_file: Path | None, channel: str, dry_run: bool
) -> Output:
    """Bring in a CSV file of older answers, one row a response: all of it or, with any fault, nothing.

    Needs a column 'date'; may have daypart (or time), place and language; other columns are headed with a question's
    key or its English words. The same file twice is stored once."""
    document = _document(file, survey, dry_run)
    try:
        theirs = _mapping(mapping_file)
        sheet = reading.read(read_file(file, max_bytes=reading.MAX_BYTES), name=file.name)
        background, before = bringing_in.look_up(survey), bringing_in.earlier(sheet.digest)
        db.session.commit()  # nobody waits while the rows are checked
        if before is not None:
            return _already(document, before)
        planned = plan(sheet, background, theirs, wave=wave, today=london_today(), tells_of_harm=topics_in)
    except UserError as refusal:
        _print_refused(document, refusal)
        raise
    number = planned.number
    if not dry_run:
        try:
            secret_key = current_app.config["SETTINGS"].secret_key
            number = bringing_in.store(planned, channel=channel, secret_key=secret_key, today=london_today())
        except BroughtInMeanwhile as meanwhile:
            db.session.rollback()
            return _already(document, meanwhile.earlier)
        db.session.commit()
    return _done(document, planned, number, channel)


def _document(file: Path, survey: str, dry_run: bool) -> dict[str, Any]:
    """The document as it is while nothing is stored."""
    return {
        "file": file.name,
        "survey": survey,
        "wave": None,
        "new_wave": None,
        "from": None,
        "to": None,
        "rows": None,
        "stored": 0,
        "already": None,
        "not_asked": [],
        "errors": [],
        "error_count": 0,
        "dry_run": dry_run,
    }


def _mapping(file: Path | None) -> mapping.Mapping:
    if file is None:
        return mapping.Mapping()
    try:
        text = read_file(file, max_bytes=mapping.MAX_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"{shown(file.name)} is not text in UTF-8. Save it as UTF-8 and try again.") from None
    return mapping.load(text, name=file.name)


def _print_refused(document: dict[str, Any], refusal: UserError) -> None:
    """A refusal's words go to standard error; who asked for a document gets it all the same."""
    if isinstance(refusal, FileRefused):
        document |= {"errors": [vars(fault) for fault in refusal.faults], "error_count": refusal.count}
    else:
        fault = {"line": None, "column": None, "message": refusal.message, "fix": ""}
        document |= {"errors": [fault], "error_count": 1}
    if click.get_current_context().params["as_json"]:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def _already(document: dict[str, Any], earlier: Earlier) -> Output:
    document |= {"survey": earlier.survey, "wave": earlier.wave, "already": earlier.on.isoformat()}
    where = f"wave {earlier.wave} of {earlier.survey}"
    said = f"{shown(document['file'])} was already brought in on {earlier.on}, to {where}. Nothing more is stored."
    return Output(document, said)


def _done(document: dict[str, Any], planned: Plan, number: int, channel: str) -> Output:
    count, new = len(planned.rows), planned.fielding is None
    document |= {
        "wave": number,
        "new_wave": new,
        "from": planned.first.isoformat(),
        "to": planned.last.isoformat(),
        "rows": count,
        "stored": 0 if document["dry_run"] else count,
        "not_asked": list(planned.not_asked),
    }
    verb = "would be stored" if document["dry_run"] else "stored"
    where = f"wave {number} of {planned.survey}" + (", which is new" if new else "")
    lines = [
        f"{count:,} responses {verb} in {where}: {planned.first} to {planned.last}, channel {channel}.",
        *([f"Not asked in this file: {', '.join(planned.not_asked)}."] if planned.not_asked else []),
    ]
    warnings = [*planned.sheet.notes, *_harm(planned.harm)]
    return Output(document, "\n".join(lines), warnings)


def _harm(lines: tuple[int, ...]) -> list[str]:
    if not lines:
        return []
    listed = ", ".join(map(str, lines[:50])) + (", ..." if len(lines) > 50 else "")
    where = f"line {listed} reads" if len(lines) == 1 else f"lines {listed} read"
    return [
        f"What is written on {where} as if somebody may be in danger. Only masked words are kept here: have your "
        "safeguarding lead read the file itself today."
    ]
