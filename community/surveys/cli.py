"""`flask surveys ...`: questionnaires in and out, waves open and closed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from community.extensions import db
from community.shared.clock import london_today
from community.shared.commands import NUMBER, Output, fail, json_command, table
from community.shared.errors import UserError
from community.surveys import poster_sheets, queries
from community.surveys.files import load_file
from community.surveys.problems import QuestionnaireError
from community.surveys.responses_cli import responses_cli
from community.surveys.service import waves

__all__ = ["poster_sheets", "responses_cli", "surveys_cli"]

surveys_cli = AppGroup("surveys", help="Questionnaires and the waves that field them.")
DAY = click.DateTime(["%Y-%m-%d"])
NO_WAVE = "(no wave: surveys open-wave opens one of the newest version)"


@surveys_cli.command("list")
@json_command
def list_surveys() -> Output:
    """Surveys with their versions and waves."""
    found = [
        {
            "survey": slug,
            "versions": versions,
            "waves": [
                {
                    "wave": w.number,
                    "id": w.wave_id,
                    "title": w.title,
                    "version": w.version,
                    "opens": w.opens_on.isoformat(),
                    "closes": w.closes_on.isoformat() if w.closes_on else None,
                }
                for w in waves.waves_of(slug)
            ],
            "never_fielded": _never_fielded(slug),
        }
        for slug, versions, _ in queries.surveys()
    ]
    rows: list[tuple[object, ...]] = []
    for slug, _, _ in queries.surveys():
        rows += [(slug, None, None, NO_WAVE, number, None, None) for number in _never_fielded(slug)]
        rows += [
            (slug, w.number, w.wave_id, w.title, w.version, w.opens_on, w.closes_on or "open-ended")
            for w in waves.waves_of(slug)
        ]
    return Output(found, table(rows, headings=("survey", "wave", "id", "title", "version", "opens", "closes")))


def _never_fielded(slug: str) -> list[int]:
    """The numbers of the versions that no wave asks or asked, the newest first."""
    fielded = {wave.version for wave in waves.waves_of(slug)}
    return [version.number for version in queries.versions_of(slug) if version.number not in fielded]


@surveys_cli.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_command
def import_survey(file: Path) -> Output:
    """Bring a questionnaire in from YAML or an XLSForm spreadsheet (.xlsx, .csv). The same file twice is one version;
    an edited one is the next."""
    try:
        loaded = load_file(file.read_bytes(), name=file.name)
    except QuestionnaireError as exc:
        raise UserError(str(exc)) from exc
    questionnaire = loaded.questionnaire
    version = waves.publish(questionnaire, on=london_today())
    db.session.commit()
    remarks = [f"{remark.where(file.name)}: {remark.message}" for remark in loaded.remarks]
    said = "\n".join([*remarks, f"{questionnaire.slug}: version {version.number}"])
    return Output({"survey": questionnaire.slug, "version": version.number, "remarks": remarks}, said)


@surveys_cli.command("export")
@click.argument("survey")
def export_survey(survey: str) -> None:
    """Print the latest version as YAML."""
    try:
        click.echo(waves.export(survey), nl=False)
    except UserError as exc:
        fail(exc.message)


@surveys_cli.command("open-wave")
@click.argument("survey")
@click.option("--title", default="", help="What this fielding is called.")
@click.option("--from", "opens", type=DAY, help="First day; today when left out.")
@click.option("--to", "closes", type=DAY, help="Last day; open-ended when left out.")
@json_command
def open_wave(survey: str, title: str, opens: datetime | None, closes: datetime | None) -> Output:
    """Field the latest version of a survey."""
    first: date = opens.date() if opens else london_today()
    wave = waves.open_wave(
        survey, title=title or f"From {first:%B %Y}", opens_on=first, closes_on=closes.date() if closes else None
    )
    db.session.commit()
    document = {"survey": survey, "wave": wave.number, "id": wave.id, "opens": first.isoformat()}
    return Output(document, f"{survey}: wave {wave.number} (id {wave.id}) opens on {first}")


@surveys_cli.command("close-wave")
@click.argument("survey")
@click.argument("wave", type=NUMBER)
@click.option("--on", type=DAY, help="Last day; today when left out.")
@json_command
def close_wave(survey: str, wave: int, on: datetime | None) -> Output:
    """Take no new answers after a day."""
    last = on.date() if on else london_today()
    waves.close_wave(survey, wave, on=last)
    db.session.commit()
    document = {"survey": survey, "wave": wave, "closes": last.isoformat()}
    return Output(document, f"{survey}: wave {wave} closes on {last}")


@surveys_cli.command("stop-wave")
@click.argument("survey")
@click.argument("wave", type=NUMBER)
@json_command
def stop_wave(survey: str, wave: int) -> Output:
    """Ask nobody else from this moment; who has begun may finish."""
    today = london_today()
    waves.stop_wave(survey, wave, today=today)
    db.session.commit()
    return Output({"survey": survey, "wave": wave, "stopped": today.isoformat()}, f"{survey}: wave {wave} is stopped")
