"""The blueprint that the desk's views hang on, and how large a file it takes."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, request

from community.shared.workbook_parts import MAX_BYTES

bp = Blueprint("havens_desk", __name__, url_prefix="/staff/havens")

SEE_OTHER: Final = 303
Errors = list[tuple[str, str]]
MAX_UPLOAD: Final = MAX_BYTES + 20_000
"""The file and the rest of the form around it; every other page takes 64 KB."""


@bp.before_request
def take_a_file() -> None:
    if request.endpoint == "havens_desk.bring_in":
        request.max_content_length = MAX_UPLOAD
