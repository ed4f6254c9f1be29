"""Commands of the insights room."""

from __future__ import annotations

from flask.cli import AppGroup

insights_cli = AppGroup("insights", help="What people said, with bases and ranges.")
