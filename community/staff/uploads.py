"""A file that an officer sends: its name, and what to do when it is too large."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, request
from werkzeug.datastructures import FileStorage

from community.shared.workbook_parts import MAX_BYTES

TOO_LARGE: Final = "The file is larger than 1 MB."
_MOST_READ_AWAY: Final = 20 * 1024 * 1024
_MAX_UPLOAD: Final = MAX_BYTES + 20_000


def take_files(bp: Blueprint, endpoint: str) -> None:
    """Let one page of a desk take a spreadsheet and the rest of the form around it; every other takes 64 KB."""

    @bp.before_request
    def take_a_file() -> None:
        if request.endpoint == f"{bp.name}.{endpoint}":
            request.max_content_length = _MAX_UPLOAD


def sent_file(field: str) -> tuple[str, FileStorage] | None:
    """The file sent in a field with its bare name; None when none was chosen."""
    sent = request.files.get(field)
    if sent is None or not sent.filename:
        return None
    return sent.filename.replace("\\", "/").rpartition("/")[2][:100], sent


def read_away() -> None:
    """Read what is left of a body that is too large: browsers send a file to its end before they listen, and would show
    a connection that broke off instead of our page."""
    left = min(request.content_length or 0, _MOST_READ_AWAY)
    while left > 0 and (chunk := request.environ["wsgi.input"].read(min(left, 65_536))):
        left -= len(chunk)
