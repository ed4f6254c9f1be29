"""`flask bot ...`."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from community.bot import out_of_order
from community.bot.evaluation import judged_replies
from community.bot.score_sheet import figures, sheet
from community.bot.service import answer_text, hear
from community.bot.talk import Talk
from community.messaging.fallback import as_file
from community.messaging.segments import length, segments
from community.shared.clock import LONDON, london_now
from community.shared.commands import Output, json_command
from community.shared.errors import UserError

bot_cli = AppGroup("bot", help="The conversation by text and on the web.")


TRYING = "trying"
"""The channel of a message typed here: it is counted nowhere."""


@bot_cli.command("say")
@click.argument("text")
@click.option(
    "--from", "sender", default="+447700900000", show_default=True, help="Go on with the talk of this number."
)
@json_command
def say(text: str, sender: str) -> Output:
    """Say TEXT to the bot as a text message would, and print the reply. A talk goes on for 30 minutes; it is kept apart
    from the talk of a phone with that number, and needs are not counted."""
    reply = answer_text(TRYING, f"{TRYING} {sender}", secrets.token_hex(16), text)
    counted = {"reply": reply, "characters": length(reply), "segments": segments(reply)}
    return Output(counted, reply or "(no reply, as was asked for)")


@bot_cli.command("evaluate")
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--services", type=click.Path(path_type=Path), required=True, help="What counts as naming a service.")
@click.option(
    "--at", "moment", type=click.DateTime(["%Y-%m-%dT%H:%M"]), help="London time to answer at; now if not given."
)
@click.option("--misses", type=click.IntRange(0), default=0, help="Print so many of the messages answered wrongly.")
@json_command
def evaluate(files: tuple[Path, ...], services: Path, moment: datetime | None, misses: int) -> Output:
    """Answer each message of FILES by itself, as if from somebody new, and print how often the right help was named."""
    now = moment.replace(tzinfo=LONDON) if moment else london_now()
    talks: dict[str, Talk | None] = {}

    def say(who: str, text: str) -> str:
        turn = hear(talks.get(who), text, now, TRYING)
        talks[who] = turn.talk
        return turn.reply.text if turn.reply else ""

    try:
        judged, known = judged_replies(files, services, say)
    except (OSError, ValueError, LookupError) as error:
        raise UserError(f"These files cannot be used: {error}") from error
    return Output(figures(judged, known), sheet(judged, known, misses=misses))


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
