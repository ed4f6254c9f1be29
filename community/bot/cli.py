"""`flask bot ...`."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from community.bot import out_of_order
from community.messaging.fallback import as_file
from community.shared.commands import Output, json_command
from community.shared.errors import UserError

bot_cli = AppGroup("bot", help="The conversation by text and on the web.")


@bot_cli.command("fallback")
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file instead of printing.")
@json_command
def fallback(out: Path | None) -> Output:
    """The TwiML for the provider to serve itself when it cannot reach us (docs/how-to/run-the-bot.md)."""
    words = out_of_order.words()
    document = as_file(words)
    if out is None:
        return Output({"words": words, "twiml": document}, document.rstrip("\n"))
    try:
        out.write_text(document, "utf-8")
    except OSError as error:
        raise UserError(f"{out} cannot be written: {error.strerror}.") from error
    return Output({"words": words, "file": str(out)}, f"{out} says: {words}")
