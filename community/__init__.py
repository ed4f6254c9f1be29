"""Community voice: surveys from posters, support by text, Safe Havens. `create_app` is loaded only when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from community.config import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """The WSGI application; see `community.app`."""
    from community.app import create_app as build
    from community.config import SettingsError

    try:
        return build(settings)
    except SettingsError as exc:
        raise SystemExit(str(exc)) from exc
