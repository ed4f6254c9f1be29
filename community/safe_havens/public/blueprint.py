"""Where the public pages of Safe Havens are, and what they may ask of a browser."""

from __future__ import annotations

from flask import Blueprint, Response
from flask_babel import gettext as _

from community.safe_havens.public import words
from community.shared.same_site import only_from_our_own_pages

bp = Blueprint("safe_havens", __name__)
bp.before_request(only_from_our_own_pages)
# a poster's page and a survey's end name venues too
bp.record_once(lambda state: state.app.jinja_env.globals.update(say_haven=words))


def demo_words(is_demo: bool) -> str:
    """What stands above a page with a made-up venue on it; "" above others."""
    return str(_("This is a demonstration. The places here are made up: do not go there.")) if is_demo else ""


def may_ask_where(response: Response) -> Response:
    """Let a page ask the phone where it is, when somebody taps for it. What the phone says stays on the page: no form
    and no request of ours carries it."""
    response.headers["Permissions-Policy"] = "geolocation=(self), camera=(), microphone=()"
    return response
