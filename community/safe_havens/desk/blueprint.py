"""The blueprint that the desk's views hang on."""

from __future__ import annotations

from typing import Final

from flask import Blueprint

from community.staff.uploads import take_files

bp = Blueprint("havens_desk", __name__, url_prefix="/staff/havens")
take_files(bp, "bring_in")

SEE_OTHER: Final = 303
Errors = list[tuple[str, str]]
