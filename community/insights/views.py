"""Public pages about results: so far, whether a poster is ours."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("insights", __name__)
