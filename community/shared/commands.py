"""How every command of ours speaks: text for people, one JSON document with `--json`, errors on standard error."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from community.extensions import db
from community.shared.errors import UserError

NUMBER: Final = click.IntRange(1, 2**31 - 1)
"""A row's id or number. Larger ones exist in neither database, and would end in a fault of its driver."""


@dataclass(frozen=True)
class Output:
    """What a command answers: `document` is printed with `--json`, `text` without. `warnings` go to standard error."""

    document: Any
    text: str
    warnings: Sequence[str] = ()


def json_command(command: Callable[..., Output]) -> Callable[..., None]:
    """Give a command `--json` and our way of failing. Stands under click's own decorators:

        @places_cli.command("list")
        @json_command
        def list_places() -> Output: ...

    The command commits; whatever it raises rolls the session back. A UserError is printed and ends with status 1."""

    @click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
    @functools.wraps(command)
    def run(*args: Any, as_json: bool, **options: Any) -> None:
        try:
            output = command(*args, **options)
        except UserError as exc:
            db.session.rollback()
            fail(exc.message)
        except (OperationalError, ProgrammingError) as exc:
            db.session.rollback()
            fail(f"The database cannot be used ({exc.orig}). If it is new, start the service once with `make run`.")
        except BaseException:
            db.session.rollback()
            raise
        for warning in output.warnings:
            click.echo(warning, err=True)
        click.echo(json.dumps(output.document, ensure_ascii=False, indent=2) if as_json else output.text)

    return run


def fail(message: str) -> NoReturn:
    """Say it on standard error and stop with status 1."""
    click.echo(message, err=True)
    sys.exit(1)


def read_file(path: str | Path, *, max_bytes: int) -> bytes:
    """The bytes of a file somebody named. Raises UserError when it cannot be read or is larger than `max_bytes`."""
    try:
        with open(path, "rb") as file:
            content = file.read(max_bytes + 1)
    except OSError as exc:
        raise UserError(f"{path} cannot be read: {exc.strerror}. Check the name and try again.") from exc
    if len(content) > max_bytes:
        raise UserError(f"{path} is larger than {max_bytes / 1_000_000:g} MB. Cut it into smaller files.")
    return content


def table(rows: Sequence[Sequence[object]], *, headings: Sequence[str]) -> str:
    """Rows as text in columns as wide as their longest cell, headings first."""
    lines = [[str(heading) for heading in headings], *(["" if c is None else str(c) for c in row] for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(headings))]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip() for line in lines)
