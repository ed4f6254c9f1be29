"""The blueprint that the desk's views hang on."""

from __future__ import annotations

from flask import Blueprint

from community.staff.uploads import take_files

bp = Blueprint("questionnaire_desk", __name__, url_prefix="/staff/questionnaires")
take_files(bp, "bring_in")
