"""`flask responses comments`: what people wrote, masked, for people or as one JSON document. That it was read is
written down."""

from __future__ import annotations

from typing import Any

import click
from flask.cli import with_appcontext

from community.extensions import db, reading
from community.insights.sentences import month_of
from community.insights.service import words
from community.insights.service.words import Section, Words
from community.shared.commands import Output, json_command

_AS_TYPED = {"first": "from", "last": "to"}


@click.command("comments")
@click.argument("survey")
@click.option("--question", metavar="KEY", help="Default: the survey's first question that is answered in words.")
@click.option("--place", metavar="SLUG", help="A place, an area, or a ward's code.")
@click.option("--from", "first", metavar="D", help="First day, such as 2026-11-01; its whole month is taken.")
@click.option("--to", "last", metavar="D", help="Last day; its whole month is taken.")
@with_appcontext
@json_command
def comments(survey: str, **options: Any) -> Output:
    """What people wrote, masked, without anything about them. Reading it is written down."""
    reading.set(True)
    found = words.words(survey, **options)
    db.session.rollback()  # what is noted is a write, and nobody waits for it while words are looked up
    reading.set(False)
    asked = {_AS_TYPED.get(name, name): str(value) for name, value in options.items() if value}
    words.record_reading(survey, asked)
    db.session.commit()
    return Output(found.document(), _text(found))


def _text(found: Words) -> str:
    parts = [f"{found.wording}   ({found.question}; {found.survey})"]
    parts += [f"{_heading(section)}\n{_lines(section)}" for section in found.sections]
    nothing = "Nothing can stand under this place." if found.place else "Nobody has written anything."
    return "\n\n".join([*parts, *([] if found.sections else [nothing]), "\n".join(found.notes)])


def _heading(section: Section) -> str:
    where = f"{section.place}, {month_of(section.month)}" if section.month else "Places and months where few wrote"
    return f"{where}: {section.n}"


def _lines(section: Section) -> str:
    return "\n".join(f"- {_on_one_line(text)}" for text in section.texts)


def _on_one_line(text: str) -> str:
    """Without what a terminal would take for an order."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
