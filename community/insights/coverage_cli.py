"""`flask havens coverage`: the gaps, for people or as one JSON document."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from community.extensions import reading
from community.insights.coverage import FAR_M, NEAR_M
from community.insights.made_up import SOME_BANNER
from community.insights.service import coverage as coverages
from community.insights.tables import percent, range_words
from community.shared.clock import london_now
from community.shared.commands import Output, json_command, table


@click.command("coverage")
@with_appcontext
@json_command
def coverage() -> Output:
    """Where people said they feel unsafe and no Safe Haven is open near."""
    reading.set(True)
    found = coverages.coverage_on(london_now())
    rows = [
        (
            row.gap.spot.name,
            coverages.part_in_words(row.gap.daypart),
            f"{percent(row.gap.share)} ({row.gap.unsafe} of {row.gap.base})",
            range_words(row.gap.low, row.gap.high),
            coverages.none_in_words(row.gap, NEAR_M),
            coverages.none_in_words(row.gap, FAR_M) or f"one open within {FAR_M} m",
            ", ".join(one.name for one in row.prospects),
        )
        for row in found.rows
    ]
    headings = (
        "place",
        "part of the day",
        "felt unsafe",
        "likely",
        f"within {NEAR_M} m",
        f"within {FAR_M} m",
        "to ask",
    )
    text = table(rows, headings=headings) if rows else "No gap can be shown."
    told = f"{found.found.hidden} too small to show, {found.flagged} flagged answers left out, {found.havens} listed."
    return Output(found.document(), f"{text}\n{told}", [SOME_BANNER] if found.made_up else [])
