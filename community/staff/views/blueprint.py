"""The blueprint that the views of this room share, and how they send a letter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask import Blueprint, current_app

bp = Blueprint("staff", __name__, url_prefix="/staff")
SENDER: Final = "staff_sender"


def sender() -> Callable[[str, str, str], None] | None:
    """send(to, subject, words); None where no letter would arrive."""
    found: Callable[[str, str, str], None] | None = current_app.extensions[SENDER]
    return found
