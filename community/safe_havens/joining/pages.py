"""A page of the application: what was filled in goes with it, sealed; one that shows contacts leaves no copy."""

from __future__ import annotations

from typing import Any, Final

from flask import Response, make_response, render_template

from community.safe_havens.joining import screens
from community.safe_havens.joining.filling import Filling, seal
from community.safe_havens.venue_pages import keep_nothing
from community.shared.clock import london_today
from community.shared.runtime import runtime

SAVE: Final = "save"
"""Stands for the screen that asks where to send the link."""
SHOW_CONTACTS: Final = frozenset({"contact", "deputy", screens.CHECK, SAVE})
"""Screens with names and addresses in plain sight. The others may be kept, so that a browser's Back works there."""


def page(template: str, status: int = 200, *, filling: Filling | None = None, **values: Any) -> Response:
    """A page of this folder."""
    if filling is not None:
        values["state"] = seal(filling, runtime().keys, today=london_today())
    response = make_response(render_template(f"safe_havens/joining/{template}", **values), status)
    return keep_nothing(response) if filling is not None and filling.screen in SHOW_CONTACTS else response
