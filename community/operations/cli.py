"""`flask demo|data|jobs ...`: what needs every room."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from community.extensions import db
from community.operations import demo, inventory
from community.shared.clock import london_today
from community.shared.commands import Output, json_command, table

demo_cli = AppGroup("demo", help="Made-up answers to try things with; never released.")
data_cli = AppGroup("data", help="What is kept, and for how long.")
jobs_cli = AppGroup("jobs", help="What otherwise happens by itself.")


@demo_cli.command("load")
@click.option("--responses", type=click.IntRange(1, 5_000_000), default=demo.START_RESPONSES, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@json_command
def load(responses: int, seed: int) -> Output:
    """Store made-up answers of the last year, channel "demo", and made-up Safe Havens."""
    done = demo.load(responses, seed=seed, on=london_today())
    db.session.commit()
    havens = f" {done['havens']} made-up Safe Havens are in." if done["havens"] else ""
    return Output(done, f"{done['responses']} made-up answers are in, channel demo.{havens}")


@demo_cli.command("clear")
@json_command
def clear() -> Output:
    """Take every made-up answer, Safe Haven and business away."""
    gone, havens = demo.clear(today=london_today()), demo.clear_havens()
    db.session.commit()
    told = f"{gone} made-up answers and {havens} made-up venues were taken away."
    return Output({"responses": gone, "havens": havens}, told)


@data_cli.command("inventory")
@json_command
def show_inventory() -> Output:
    """Every column of every table, what it holds, why, and how long."""
    rows = inventory.rows()
    return Output(
        [row.__dict__ for row in rows],
        table([(r.column, r.holds, r.kept) for r in rows], headings=("column", "holds", "kept")),
    )


@data_cli.command("retain")
@json_command
def retain() -> Output:
    """Forget what is past its time and rewrite respondents' tables, as each night."""
    from community.operations import jobs

    gone = jobs.nightly(current_app._get_current_object())  # type: ignore[attr-defined]
    return Output(gone, ", ".join(f"{name}: {n}" for name, n in gone.items()))


@jobs_cli.command("run")
def run() -> None:
    """Run the job consumer in the foreground, where something other than `make run` starts the web workers."""
    from community.operations import jobs

    jobs.consume(current_app._get_current_object())  # type: ignore[attr-defined]
